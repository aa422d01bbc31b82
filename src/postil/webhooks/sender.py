"""Sends what is owed to webhooks.

Deliveries of one receiver go out one after the other in a lane of their own, so that a dead receiver delays nobody;
a receiver that just failed is left alone until its next try is due. The server sends at once what its own requests
owe; the worker sends what is due again, and what a killed server left. A lease keeps them from sending the same.
A program that caused a call hears of its own request when the call was made, if the receiver is quick: scripts count on
the order of what they do and what their receivers hear. People do not wait, and nobody waits for a receiver that failed
or was slow last time.
"""

import hashlib
import hmac
import threading
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import timedelta

from postil.core.clock import monotonic_s, now
from postil.core.errors import PostilError
from postil.infra.jobs import runs_at_once
from postil.infra.outbox import Lanes, Outlet, keep_sending
from postil.infra.outgoing import Line
from postil.infra.secrets import decrypt
from postil.infra.waiting import patience
from postil.webhooks.actions import Outcome, claim, give_back, note_outcomes
from postil.webhooks.models import Delivery, Webhook
from postil.webhooks.queries import due_deliveries
from postil.webhooks.sealing import opened_headers

BATCH = 500
TIMEOUT_S = 10.0
LEASE = timedelta(seconds=30)
PATIENCE_S = 1.0
CHUNK, CHUNK_S = 50, 0.2
_awaited: dict[int, threading.Event] = {}
_slow: set[int] = set()


def run_lane(deliveries: Iterable[Delivery]) -> int:
    """Send to one receiver, in order, until a call fails; returns how many were tried. The rest stays due.

    Some are claimed and noted together: a commit for each would cost more than the call.
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
        mine = claim(some, LEASE)
        outcomes = _try_some(mine, line)
        _note(outcomes)
        tried += len(outcomes)
        if len(outcomes) < len(mine):
            give_back(mine[len(outcomes) :], some[0].next_at)
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


def send_now(deliveries: Sequence[Delivery]) -> None:
    """Have these sent; a program waits a moment until they are. Call it after the commit."""
    if runs_at_once():
        return  # tests send by themselves
    with patience() as may_wait:
        quick = [] if not may_wait else [each for each in deliveries if each.webhook_id not in _slow]
        events = {each.pk: threading.Event() for each in quick}
        _awaited.update(events)
        outlet.open()
        until = monotonic_s() + PATIENCE_S
        for each in quick:
            if not events[each.pk].wait(max(0.0, until - monotonic_s())):
                _slow.add(each.webhook_id)
            _awaited.pop(each.pk)


def signature(secret: str, body: bytes) -> str:
    """Return `sha256=<hex>`: the HMAC of the body, by which a receiver knows that the call is ours."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _lanes() -> Lanes[Delivery]:
    return Lanes(
        "webhook",
        due=lambda busy: due_deliveries(now(), BATCH, except_for=busy),
        receiver_of=lambda delivery: delivery.webhook_id,
        run=run_lane,
    )


def send_in_background(stop: threading.Event) -> None:
    """Send what is owed until `stop` is set."""
    keep_sending(_lanes(), stop)


outlet = Outlet("webhooks", _lanes)
