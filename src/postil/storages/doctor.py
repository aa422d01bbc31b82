"""Tries a storage step by step and says which step fails and what to change."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from postil.core.clock import now
from postil.core.errors import Invalid, PostilError
from postil.formats.detect import content_type_of
from postil.infra.outgoing import Answer, send
from postil.storages.filters import wanted
from postil.storages.models import Storage
from postil.storages.provider import Params, Store, StoredObject, StoreFailed
from postil.storages.stores import open_store, provider_of

State = Literal["ok", "failed", "skipped", "warning"]
HEAD_BYTES = 64
PRESIGNED_S = 300
MAX_SKEW_S = 60
PAGES_LOOKED_AT = 5
TITLES = {
    "list": "List objects",
    "read": "Read an object",
    "range": "Read a part of an object",
    "presign": "Open an object by a presigned address",
    "cors": "Let this page open objects (CORS)",
    "clock": "Compare the clocks",
    "write": "Write an object",
    "delete": "Delete the object again",
}


@dataclass(frozen=True, slots=True)
class Step:
    """How one step went. `fix` is the line to change, `about` the field of the form."""

    name: str
    state: State
    detail: str
    fix: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All steps, and an address that a browser may try by itself."""

    steps: list[Step]
    browser_url: str | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return all(step.state != "failed" for step in self.steps)


def diagnose(storage: Storage, params: Params, *, origin: str) -> Diagnosis:
    """Try everything that the storage will be used for. `origin` is that of our pages."""
    try:
        store = open_store(storage.kind, params)
    except PostilError as problem:
        return Diagnosis([_failed("list", problem)])
    if storage.is_target:
        return Diagnosis([*_try_writing(storage, params, store), _clock(store.server_time)])
    return _Source(storage, store, origin).diagnosis()


def first_problem(storage: Storage, params: Params) -> None:
    """Raise `Invalid` with the reason when the place cannot be listed; the quick check of clients."""
    try:
        next(open_store(storage.kind, params).pages(recursive=storage.recursive_scan), None)
    except StoreFailed as problem:
        # LS: clients find the reason under `non_field_errors`; people see it at the field, with what to do.
        fields = {"non_field_errors": [problem.detail.removesuffix(".")]}
        if problem.about:
            fields[problem.about] = [f"{problem.detail} {problem.fix}".strip()]
        raise Invalid(fields=fields) from problem


def preview(storage: Storage, params: Params, limit: int) -> tuple[list[StoredObject], bool]:
    """Return the first objects that a sync would look at, and whether there are more."""
    store, is_wanted = open_store(storage.kind, params), wanted(storage.regex_filter)
    found: list[StoredObject] = []
    try:
        for number, page in enumerate(store.pages(recursive=storage.recursive_scan)):
            found += [each for each in page if is_wanted(each.key)]
            if len(found) > limit or number >= 100:
                return found[:limit], True
    except StoreFailed as problem:
        raise Invalid.items([problem.detail]) from problem
    return found, False


class _Source:
    """One look at a source: each step needs what the one before it found."""

    def __init__(self, storage: Storage, store: Store, origin: str) -> None:
        self._storage = storage
        self._store = store
        self._origin = origin
        self._sample: StoredObject | None = None
        self._answer: Answer | None = None
        self._url: str | None = None

    def diagnosis(self) -> Diagnosis:
        """Return every step."""
        steps = [self._list()]
        if steps[0].state == "failed":
            return Diagnosis(steps)
        if self._sample is None:
            waiting = "There is no object to try it with."
            steps += [Step(name, "skipped", waiting) for name in ("read", "range", "presign", "cors")]
        else:
            steps += [self._try("read", self._read), self._try("range", self._range), *self._presigned(self._sample)]
        steps.append(_clock(self._seen_time()))
        return Diagnosis(steps, self._url)

    def _try(self, name: str, step: Callable[[StoredObject], str]) -> Step:
        if self._sample is None:
            return Step(name, "skipped", "")
        try:
            return Step(name, "ok", step(self._sample))
        except PostilError as problem:
            return _failed(name, problem)

    def _list(self) -> Step:
        is_wanted = wanted(self._storage.regex_filter)
        seen = 0
        try:
            for number, page in enumerate(self._store.pages(recursive=self._storage.recursive_scan)):
                seen += len(page)
                self._sample = next((found for found in page if is_wanted(found.key) and found.size != 0), None)
                if self._sample is not None or number >= PAGES_LOOKED_AT:
                    break
        except PostilError as problem:
            return _failed("list", problem)
        if self._sample is not None:
            return Step("list", "ok", f"Found {self._sample.key[:200]}.")
        if seen:
            return Step("list", "warning", f"None of the first {seen} objects fits the filter.", "", "regex_filter")
        folders = "" if self._storage.recursive_scan else " Folders inside are looked at with a recursive scan only."
        return Step(
            "list", "warning", f"There is no object here.{folders}", "", "recursive_scan" if folders else "prefix"
        )

    def _read(self, sample: StoredObject) -> str:
        content = self._store.read(sample.key)
        next(content.chunks, b"")
        close = getattr(content.chunks, "close", None)
        if close is not None:
            close()
        return f"{sample.key[:200]} has {content.size} bytes."

    def _range(self, sample: StoredObject) -> str:
        content = self._store.read(sample.key, 0, HEAD_BYTES - 1)
        got = len(b"".join(content.chunks))
        expected = min(HEAD_BYTES, content.size)
        if got != expected:
            raise StoreFailed(
                f"Asked for {expected} bytes, got {got}.",
                fix="Let the server answer range requests: players need them.",
            )
        return f"The first {got} bytes came alone."

    def _presigned(self, sample: StoredObject) -> list[Step]:
        if not self._storage.presign or not provider_of(self._storage.kind).can_presign:
            return [Step(name, "skipped", "Objects go through this server.") for name in ("presign", "cors")]
        presign = self._try("presign", self._presign)
        if presign.state == "failed" or self._url is None:
            return [presign, Step("cors", "skipped", "There is no presigned address to try.")]
        return [presign, self._cors()]

    def _presign(self, sample: StoredObject) -> str:
        self._url = self._store.presign(sample.key, PRESIGNED_S, content_type_of(sample.key))
        if self._url is None:
            raise StoreFailed(
                "Addresses cannot be signed without a key.", fix="Give a key, or switch presigned addresses off."
            )
        headers = {"Range": f"bytes=0-{HEAD_BYTES - 1}", "Origin": self._origin}
        self._answer = send("GET", self._url, purpose="storage", headers=headers, timeout_s=15.0)
        status = self._answer.status_code
        if status not in {200, 206}:
            raise StoreFailed(f"The presigned address answers {status}.", fix="Allow reading of objects to this key.")
        return f"It answers {status}."

    def _cors(self) -> Step:
        allowed = self._answer.headers.get("access-control-allow-origin", "") if self._answer is not None else ""
        if allowed in {"*", self._origin}:
            return Step("cors", "ok", f"Allowed for {allowed}.")
        rule = (
            f'Add to the bucket: {{"AllowedOrigins": ["{self._origin}"], "AllowedMethods": ["GET", "HEAD"], '
            '"AllowedHeaders": ["*"], "ExposeHeaders": ["Content-Range", "ETag"]}, or switch presigned addresses off.'
        )
        return Step(
            "cors", "failed", f"The storage does not allow pages of {self._origin} to read objects.", rule, "presign"
        )

    def _seen_time(self) -> datetime | None:
        text = self._answer.headers.get("date", "") if self._answer is not None else ""
        return parsedate_to_datetime(text) if text else self._store.server_time


def _try_writing(storage: Storage, params: Params, store: Store) -> list[Step]:
    """Write a small object and delete it again."""
    key = provider_of(storage.kind).target_key(params, f"postil-check-{secrets.token_hex(6)}")
    try:
        next(store.pages(recursive=False), None)
        listing = Step("list", "ok", "The place can be listed.")
    except PostilError as problem:
        words = _failed("list", problem)
        # Writing may be allowed where listing is not.
        listing = Step("list", "warning", words.detail, words.fix, words.about)
    try:
        store.write(key, b"{}", "application/json")
    except PostilError as problem:
        return [listing, _failed("write", problem)]
    written = Step("write", "ok", f"Wrote {key[:200]}.")
    try:
        store.delete(key)
    except PostilError as problem:
        state: State = "failed" if storage.can_delete_objects else "warning"
        return [
            listing,
            written,
            Step("delete", state, f"{problem.detail} {key[:200]} stays.", getattr(problem, "fix", "")),
        ]
    return [listing, written, Step("delete", "ok", "Deleted it.")]


def _clock(seen: datetime | None) -> Step:
    if seen is None:
        return Step("clock", "skipped", "The storage does not tell its time.")
    skew = abs((now() - seen).total_seconds())
    if skew <= MAX_SKEW_S:
        return Step("clock", "ok", "The clocks agree.")
    return Step(
        "clock",
        "failed",
        f"The clocks differ by {round(skew)} seconds.",
        "Set this server's clock, for example by NTP.",
    )


def _failed(name: str, problem: PostilError) -> Step:
    if isinstance(problem, StoreFailed):
        return Step(name, "failed", problem.detail, problem.fix, problem.about)
    for field, messages in problem.fields.items():
        words = str(messages[0]) if isinstance(messages, list) and messages else problem.detail
        return Step(name, "failed", words, "", "" if field == "non_field_errors" else field)
    return Step(name, "failed", problem.detail)
