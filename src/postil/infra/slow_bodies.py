"""Bodies that come slowly, or break off.

Who reads a body waits for its sender, and has a thread meanwhile. One thread is kept for requests without a body, so
that senders who keep theirs back do not stop people from reading, and strangers get half of the others, so that they do
not stop people from saving. While all wait and nobody comes or goes, a body is refused; a server that is merely busy
lets it wait. A body that ends before its announced length is none: half a request is never carried out.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from io import RawIOBase
from typing import Any, Protocol

from django.conf import settings

from postil.core.clock import monotonic_s
from postil.core.errors import Invalid, PostilError, Unavailable

PATIENCE_S = 1.0
FULL = "Many requests come slowly right now. Try again in a moment."
TOO_SHORT = "The request ended before its body was complete."
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
KNOWN = "postil.known"  # in the environment of a request: who sends it was found out


class Places:
    """Room for so many at a time."""

    def __init__(self, count: int) -> None:
        self._free = count
        self._moved_at = monotonic_s()
        self._moved = threading.Condition()

    def __enter__(self) -> None:
        """Take a place; raises `Unavailable` if there is none and nobody has moved for a while."""
        with self._moved:
            while self._free == 0:
                patience = self._moved_at + PATIENCE_S - monotonic_s()
                if patience <= 0:
                    raise Unavailable(FULL)
                self._moved.wait(patience)
            self._move(-1)

    def __exit__(self, *_: object) -> None:
        """Give the place back."""
        with self._moved:
            self._move(1)
            self._moved.notify_all()

    def _move(self, change: int) -> None:
        self._free += change
        self._moved_at = monotonic_s()


_places = Places(max(1, settings.CONFIG.threads - 1))
_places_of_strangers = Places(max(1, settings.CONFIG.threads // 2))


class Stream(Protocol):
    """What a server gives to read a body from."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes; none at the end."""
        ...


class BodyStopped(OSError):
    """A body did not come; its only argument is the error that a person may read, which Django passes on."""


class WholeBody(RawIOBase):
    """A body of known length; reading raises `BodyStopped` if it ends too early or if there is no place to wait."""

    def __init__(self, stream: Stream, length: int, environ: Mapping[str, Any]) -> None:
        self._stream = stream
        self._left = length
        self._environ = environ
        self._problem: PostilError | None = None

    def read(self, size: int | None = -1, /) -> bytes:
        """Return `size` bytes, or what is left."""
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        pieces: list[bytes] = []
        while wanted > 0:
            piece = self._piece(wanted)
            pieces.append(piece)
            wanted -= len(piece)
            self._left -= len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def _piece(self, size: int) -> bytes:
        if self._problem is not None:
            raise BodyStopped(self._problem)
        gates = [_places] if self._environ.get(KNOWN) else [_places_of_strangers, _places]
        with ExitStack() as entered:
            try:
                for gate in gates:
                    entered.enter_context(gate)
            except Unavailable as problem:
                raise self._stopped(problem) from None
            piece = self._stream.read(size)
        if not piece:
            raise self._stopped(Invalid(TOO_SHORT))
        return piece

    def _stopped(self, problem: PostilError) -> BodyStopped:
        self._problem = problem
        return BodyStopped(problem)


def bounded(application: Application) -> Application:
    """Return a WSGI application that reads whole bodies only."""

    def outer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        text = environ.get("CONTENT_LENGTH") or "0"
        if text.isdecimal() and int(text) > 0:
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(text), environ)
        return application(environ, start_response)

    return outer
