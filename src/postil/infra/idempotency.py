"""`Idempotency-Key`: a repeated POST gets the first answer again, also when both arrive at once.

Small JSON requests run in one transaction with the row that remembers them, so an act and its answer are kept together
or not at all, and a second arrival waits at the row. Uploads and handlers that wait for jobs cannot hold a transaction
open: there the row is written first, and a second arrival waits for its answer or is told to come back.
An answer may show a new token. So the table holds neither keys nor answers that can be read: a keyed hash of the key,
and the answer sealed with the key, which only the client has.
"""

import hashlib
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from typing import Any, BinaryIO, cast

from cryptography.fernet import Fernet
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from postil.core.clock import monotonic_s, now
from postil.core.errors import Conflict, Invalid, Unprocessable
from postil.infra.db import let_go, one_at_a_time
from postil.infra.models import RememberedAnswer

Run = Callable[[], HttpResponseBase]
MAX_KEY = 255
KEPT = timedelta(days=7)
SMALL_BYTES = 1024 * 1024
MAX_ANSWER_BYTES = 4 * 1024 * 1024
STALE_AFTER = timedelta(minutes=15)  # an upload whose process died may be sent again
CHUNK = 64 * 1024
WAIT_S = 30.0
LOOK_EVERY_S = 0.1
KEPT_HEADERS = ("Content-Type", "ETag", "Location")
FORGOTTEN_STATUS = frozenset({401, 403, 408, 409, 425, 429})  # may turn out otherwise the next time
OTHER_BODY = "This Idempotency-Key was used for another request. Use a new key for a new request."
STILL_RUNNING = "The first request with this Idempotency-Key is still running. Ask again in a moment."


def answer_once(request: HttpRequest, user_id: int, run: Run, *, waits: bool = False) -> HttpResponseBase:
    """Return the answer of `run`, or the remembered one of an earlier POST with the same key."""
    key = request.META.get("HTTP_IDEMPOTENCY_KEY", "")
    if request.method != "POST" or not key:
        return run()
    if len(key) > MAX_KEY or "\0" in key:
        raise Invalid(f"Idempotency-Key: at most {MAX_KEY} characters.")
    where = {"user_id": user_id, "path": request.get_full_path()[:500], "key": _of_key("name", key).hex()}
    seal = Fernet(urlsafe_b64encode(_of_key("seal", key)))
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if waits or length > SMALL_BYTES or request.content_type == "multipart/form-data":
        return _in_two_steps(request, where, seal, run)
    return _in_one_transaction(where, seal, hashlib.sha256(request.body).hexdigest(), run)


def forget_old() -> int:
    """Delete answers that are past their time; return how many."""
    deleted, _ = RememberedAnswer.objects.filter(created_at__lt=now() - KEPT).delete()
    return deleted


def _of_key(purpose: str, key: str) -> bytes:
    return salted_hmac(f"postil.idempotency.{purpose}", key, algorithm="sha256").digest()


def _in_one_transaction(where: dict[str, Any], seal: Fernet, digest: str, run: Run) -> HttpResponseBase:
    with transaction.atomic():
        one_at_a_time(f"{where['user_id']} {where['path']} {where['key']}")
        remembered = RememberedAnswer.objects.filter(**where).first()
        if remembered is not None and remembered.created_at > now() - KEPT:
            return _again(remembered, seal, digest)
        if remembered is not None:
            remembered.delete()
        response = run()
        if _is_kept(response):
            RememberedAnswer.objects.create(**where, body_digest=digest, **_answer(response, seal))
        else:
            transaction.set_rollback(True)
    return response


def _in_two_steps(request: HttpRequest, where: dict[str, Any], seal: Fernet, run: Run) -> HttpResponseBase:
    stream = _HashingStream(request)
    remembered = _claim(where)
    if remembered is not None:
        digest = stream.finish()
        return _again(_answered(remembered), seal, digest)
    try:
        response = run()
        is_kept = _is_kept(response)
        digest = stream.finish() if is_kept else ""
    except BaseException:
        RememberedAnswer.objects.filter(**where).delete()
        raise
    if is_kept:
        RememberedAnswer.objects.filter(**where).update(body_digest=digest, **_answer(response, seal))
    else:
        RememberedAnswer.objects.filter(**where).delete()
    return response


def _claim(where: dict[str, Any]) -> RememberedAnswer | None:
    """Make the row for this request, or return the one that is there."""
    moment = now()
    old = Q(created_at__lt=moment - KEPT) | Q(status=None, created_at__lt=moment - STALE_AFTER)
    RememberedAnswer.objects.filter(old, **where).delete()
    try:
        with transaction.atomic():
            RememberedAnswer.objects.create(**where)
    except IntegrityError as error:
        let_go(error)
        return RememberedAnswer.objects.get(**where)
    return None


def _answered(remembered: RememberedAnswer) -> RememberedAnswer:
    """Return the row with its answer; waits a while for a first request that still runs."""
    deadline = monotonic_s() + WAIT_S
    while remembered.status is None and monotonic_s() < deadline:
        time.sleep(LOOK_EVERY_S)
        fresh = RememberedAnswer.objects.filter(pk=remembered.pk).first()
        if fresh is None:  # the first one failed and was forgotten
            raise Conflict(STILL_RUNNING)
        remembered = fresh
    return remembered


def _again(remembered: RememberedAnswer, seal: Fernet, digest: str) -> HttpResponse:
    if remembered.status is None:
        raise Conflict(STILL_RUNNING)
    if remembered.body_digest != digest:
        raise Unprocessable(OTHER_BODY)
    body = seal.decrypt(bytes(remembered.body))
    response = HttpResponse(body, status=remembered.status, headers=remembered.headers)
    response["Idempotency-Replayed"] = "true"
    return response


def _is_kept(response: HttpResponseBase) -> bool:
    if response.status_code >= 500 or response.status_code in FORGOTTEN_STATUS:
        return False
    return isinstance(response, HttpResponse) and len(response.content) <= MAX_ANSWER_BYTES


def _answer(response: HttpResponseBase, seal: Fernet) -> dict[str, Any]:
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    body = seal.encrypt(cast("HttpResponse", response).content)
    return {"status": response.status_code, "headers": headers, "body": body}


class _HashingStream:
    """Stands between the server and whoever reads the body, and hashes what passes."""

    def __init__(self, request: HttpRequest) -> None:
        self._hash = hashlib.sha256()
        self._inner: BinaryIO | None = None
        if hasattr(request, "_body"):
            self._hash.update(request.body)
        elif hasattr(request, "_stream"):
            self._inner = request._stream
            request._stream = cast("BinaryIO", self)  # Django reads the body through it

    def read(self, *size: int) -> bytes:
        return self._seen(self._inner.read(*size) if self._inner else b"")

    def readline(self, *size: int) -> bytes:
        return self._seen(self._inner.readline(*size) if self._inner else b"")

    def close(self) -> None:
        if self._inner is not None:
            self._inner.close()

    def finish(self) -> str:
        """Read what is left and return the hash of the whole body."""
        while self._inner is not None and self.read(CHUNK):
            pass
        return self._hash.hexdigest()

    def _seen(self, data: bytes) -> bytes:
        self._hash.update(data)
        return data
