"""Sends what is owed to webhooks.

Deliveries of one receiver go out one after the other in a lane of their own, so that a dead receiver delays nobody;
a receiver that just failed is left alone until its next try is due. The server sends at once what its own requests
owe; the worker sends what is due again, and what a killed server left. A lease keeps them from sending the same.
"""

import hashlib
import hmac
import threading
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

from django.db import connection

from postil.core.clock import monotonic_s, now
from postil.core.errors import PostilError
from postil.infra.jobs import runs_at_once
from postil.infra.outgoing import send
from postil.infra.secrets import decrypt
from postil.webhooks.actions import claim, note_outcome
from postil.webhooks.models import Delivery
from postil.webhooks.queries import due_deliveries
from postil.webhooks.sealing import opened_headers

LANES = 16
BATCH = 500
TIMEOUT_S = 10.0
POLL_S = 0.3
LEASE = timedelta(seconds=30)


class Sender:
    """Lives as long as the worker: knows which receivers are being called just now."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=LANES, thread_name_prefix="webhook")
        self._busy: set[int] = set()

    def start_due(self) -> list[Future[int]]:
        """Start a lane for every idle receiver that is owed a call; never waits for one."""
        lanes: dict[int, list[Delivery]] = defaultdict(list)
        for delivery in due_deliveries(now(), BATCH, except_for=self._busy):
            lanes[delivery.webhook_id].append(delivery)
        return [self._start(webhook_id, deliveries) for webhook_id, deliveries in lanes.items()]

    def close(self) -> None:
        """Let the running calls finish and start no more."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _start(self, webhook_id: int, deliveries: list[Delivery]) -> Future[int]:
        self._busy.add(webhook_id)
        lane = self._pool.submit(run_lane, deliveries)
        lane.add_done_callback(lambda _lane: self._busy.discard(webhook_id))
        return lane


def run_lane(deliveries: Iterable[Delivery]) -> int:
    """Send to one receiver, in order, until a call fails; returns how many were tried. The rest stays due."""
    tried = 0
    try:
        for delivery in deliveries:
            if not claim(delivery, LEASE):
                continue
            tried += 1
            if attempt(delivery).error:
                break
    finally:
        connection.close()
    return tried


def attempt(delivery: Delivery) -> Delivery:
    """Try one delivery and store how it went."""
    webhook = delivery.webhook
    body = delivery.body.encode()
    headers = {**opened_headers(webhook), "Content-Type": "application/json", "X-Postil-Delivery": str(delivery.pk)}
    if webhook.secret:
        headers["X-Postil-Signature"] = signature(decrypt(webhook.secret), body)
    started = monotonic_s()
    status: int | None = None
    error = ""
    try:
        answer = send("POST", webhook.url, purpose="webhook", headers=headers, content=body, timeout_s=TIMEOUT_S)
        status = answer.status_code
        if not 200 <= status < 300:
            error = f"The receiver answered {status}."
    except PostilError as problem:
        error = problem.detail
    return note_outcome(delivery, status=status, error=error, duration_ms=round((monotonic_s() - started) * 1000))


def signature(secret: str, body: bytes) -> str:
    """Return `sha256=<hex>`: the HMAC of the body, by which a receiver knows that the call is ours."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def send_in_background(stop: threading.Event) -> None:
    """Send what is owed until `stop` is set."""
    sender = Sender()
    try:
        while not stop.is_set():
            if not sender.start_due():
                stop.wait(POLL_S)
    finally:
        sender.close()


class Outlet:
    """Sends at once what the requests of this process owe; its thread starts with the first of them."""

    def __init__(self) -> None:
        self._wanted = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def open(self) -> None:
        """Have what is owed sent now. Call it after the commit; it never waits."""
        if runs_at_once():
            return  # tests send by themselves
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)
                self._thread.start()
        self._wanted.set()

    def _run(self) -> None:
        sender = Sender()
        while True:
            self._wanted.wait()
            self._wanted.clear()
            try:
                lanes = sender.start_due()
            finally:
                connection.close()
            for lane in lanes:
                # What came meanwhile for this receiver had to wait for its lane.
                lane.add_done_callback(lambda _lane: self._wanted.set())


outlet = Outlet()
