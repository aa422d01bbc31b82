"""Sends what is owed to webhooks.

Deliveries of one receiver go out one after the other in a lane of their own, so that a dead receiver delays nobody;
a receiver that just failed is left alone until its next try is due. The server sends at once what its own requests
owe; the worker sends what is due again, and what a killed server left. A lease keeps them from sending the same.
"""

import hashlib
import hmac
import threading
from collections.abc import Iterable
from datetime import timedelta

from postil.core.clock import monotonic_s, now
from postil.core.errors import PostilError
from postil.infra.outbox import Lanes, Outlet, keep_sending
from postil.infra.outgoing import send
from postil.infra.secrets import decrypt
from postil.webhooks.actions import claim, note_outcome
from postil.webhooks.models import Delivery
from postil.webhooks.queries import due_deliveries
from postil.webhooks.sealing import opened_headers

BATCH = 500
TIMEOUT_S = 10.0
LEASE = timedelta(seconds=30)


def run_lane(deliveries: Iterable[Delivery]) -> int:
    """Send to one receiver, in order, until a call fails; returns how many were tried. The rest stays due."""
    tried = 0
    for delivery in deliveries:
        if not claim(delivery, LEASE):
            continue
        tried += 1
        if attempt(delivery).error:
            break
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
