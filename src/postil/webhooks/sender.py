"""Sends what is owed to webhooks.

Deliveries of one receiver go out one after the other in a lane of their own, so that a dead receiver delays nobody;
a receiver that just failed is left alone until its next try is due. The server itself sends what a
request waits for: such rows are made with a lease, and handed over in memory. The worker sends everything else, what is
due again, and what a killed server left. Leases keep them from sending the same.
A program that does a single thing hears of its own request when the call was made, if the receiver is quick: scripts
count on the order of what they do and what their receivers hear. Whoever works through many things does not wait for
each of them, people never wait, and nobody waits for a receiver that failed or was slow last time: such calls are the
worker's, which has a process of its own and looks for them every moment.
"""

import hashlib
import hmac
import threading
from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import timedelta

from postil.core.clock import monotonic_s, now
from postil.core.errors import PostilError
from postil.infra.jobs import runs_at_once
from postil.infra.outbox import Handed, Lanes, Outlet, keep_sending
from postil.infra.outgoing import Line
from postil.infra.secrets import decrypt
from postil.infra.waiting import a_program_asks, is_serving, patience
from postil.webhooks.actions import Outcome, claim, give_back, note_outcomes
from postil.webhooks.models import Delivery, Webhook
from postil.webhooks.queries import due_deliveries
from postil.webhooks.sealing import opened_headers

BATCH = 500
TIMEOUT_S = 10.0
LEASE = timedelta(seconds=30)
PATIENCE_S = 1.0
CHUNK, CHUNK_S = 50, 0.2
# So many requests a second wait for the same receiver; then the worker has it, until it is calm again.
SINGLE_ACTS, SINGLE_S, CALM_S = 12, 1.0, 2.0
_awaited: dict[int, threading.Event] = {}
_waits: dict[int, deque[float]] = {}
_left_at: dict[int, float] = {}
_slow: set[int] = set()


def run_lane(deliveries: Iterable[Delivery]) -> int:
    """Send to one receiver, in order, until a call fails or a chunk takes long; returns how many were tried.

    The rest stays due. Some are claimed and noted together: a commit for each would cost more than the call.
    """
    due = list(deliveries)
    if not due:
        return 0
    with closing(_line_to(due[0].webhook)) as line:
        return _send_all(due, line)


def _send_all(due: list[Delivery], line: Line) -> int:
    tried = 0
    while due:
        some, due = due[:CHUNK], due[CHUNK:]
        mine = some if all(_is_ours(delivery) for delivery in some) else claim(some, LEASE)
        outcomes = _try_some(mine, line)
        _note(outcomes)
        tried += len(outcomes)
        if len(outcomes) < len(mine):
            give_back(mine[len(outcomes) :], some[0].next_at)
            break  # what comes later must not overtake them
        if outcomes and outcomes[-1].error:
            break
    return tried


def _try_some(deliveries: Sequence[Delivery], line: Line) -> list[Outcome]:
    """Try deliveries until one fails, or for as long as nobody should wait for the log."""
    outcomes: list[Outcome] = []
    started = monotonic_s()
    for delivery in deliveries:
        outcomes.append(_try(delivery, line))
        if outcomes[-1].error or monotonic_s() - started > CHUNK_S:
            break
    return outcomes


def _is_ours(delivery: Delivery) -> bool:
    """Whether a delivery was left to this process when it was made, for long enough to try it."""
    return delivery.next_at - now() > LEASE / 2


def attempt(delivery: Delivery) -> Delivery:
    """Try one delivery and store how it went."""
    with closing(_line_to(delivery.webhook)) as line:
        _note([_try(delivery, line)])
    return delivery


def _note(outcomes: Sequence[Outcome]) -> None:
    note_outcomes(outcomes)
    for outcome in outcomes:
        done = _awaited.get(outcome.delivery.pk)
        if done is not None:
            done.set()


def _line_to(webhook: Webhook) -> Line:
    return Line(webhook.url, purpose="webhook", timeout_s=TIMEOUT_S)


def _try(delivery: Delivery, line: Line) -> Outcome:
    webhook = delivery.webhook
    body = delivery.body.encode()
    headers = {**opened_headers(webhook), "Content-Type": "application/json", "X-Postil-Delivery": str(delivery.pk)}
    if webhook.secret:
        headers["X-Postil-Signature"] = signature(decrypt(webhook.secret), body)
    started = monotonic_s()
    status: int | None = None
    error = ""
    try:
        answer = line.post(body, headers)
        status = answer.status_code
        if not 200 <= status < 300:
            error = f"The receiver answered {status}."
    except PostilError as problem:
        error = problem.detail
    spent_s = monotonic_s() - started
    (_slow.add if error or spent_s > PATIENCE_S else _slow.discard)(delivery.webhook_id)
    return Outcome(delivery, status, error, round(spent_s * 1000))


def is_sent_here(webhook_id: int) -> bool:
    """Whether what is owed now is sent by this process: what its own jobs owe, and what a request should wait for.

    Once calls are left to the worker, those right after them are, too: they arrive in order.
    """
    if not is_serving():
        return True
    moment_s = monotonic_s()
    if (
        a_program_asks()
        and moment_s - _left_at.get(webhook_id, -CALM_S) >= CALM_S
        and is_worth_waiting(webhook_id, moment_s)
    ):
        return True
    _left_at[webhook_id] = moment_s
    return False


def head_start_s() -> float:
    """Return for how long the worker should leave alone what this process sends."""
    return LEASE.total_seconds() if is_serving() and not runs_at_once() else 0


def send_now(deliveries: Sequence[Delivery]) -> None:
    """Have these sent; a request waits a moment until they are. Call it after the commit."""
    if runs_at_once():
        return  # tests send by themselves
    with patience() as may_wait:
        quick = deliveries if may_wait else []
        events = {each.pk: threading.Event() for each in quick}
        _awaited.update(events)
        _handed.put(deliveries)
        outlet.open(is_awaited=bool(quick))
        until = monotonic_s() + PATIENCE_S
        for each in quick:
            if not events[each.pk].wait(max(0.0, until - monotonic_s())):
                _slow.add(each.webhook_id)
            _awaited.pop(each.pk)


def is_worth_waiting(webhook_id: int, moment_s: float) -> bool:
    """Whether a program should wait for this receiver now: it is quick, and not one of many calls in a row."""
    if webhook_id in _slow:
        return False
    waits = _waits.setdefault(webhook_id, deque(maxlen=SINGLE_ACTS))
    if len(waits) == SINGLE_ACTS and moment_s - waits[0] < SINGLE_S:
        return False
    waits.append(moment_s)
    return True


def signature(secret: str, body: bytes) -> str:
    """Return `sha256=<hex>`: the HMAC of the body, by which a receiver knows that the call is ours."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _receiver_of(delivery: Delivery) -> int:
    return delivery.webhook_id


def send_in_background(stop: threading.Event) -> None:
    """Send what is owed until `stop` is set."""
    due = Lanes(
        "webhook",
        due=lambda busy: due_deliveries(now(), BATCH, except_for=busy),
        receiver_of=_receiver_of,
        run=run_lane,
    )
    keep_sending(due, stop)


_handed = Handed[Delivery](_receiver_of)
outlet = Outlet("webhooks", lambda: Lanes("webhook", due=_handed.take, receiver_of=_receiver_of, run=run_lane))
