"""The one client for everything that the server fetches or calls. No other module opens a connection.

The name is resolved once and checked (`infra.addresses`), and the connection goes to the address that was checked; each
redirect is checked the same way. Time and size are bounded; what comes back packed is counted unpacked.
"""

import http.client
import socket
import ssl
import zlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader, RawIOBase
from typing import Any, BinaryIO, cast
from urllib.parse import urljoin

from postil.core.clock import monotonic_s
from postil.core.errors import PostilError
from postil.infra import addresses
from postil.infra.addresses import Target
from postil.infra.waiting import waiting_for_others

CONNECT_S = 5.0
FIRST_BYTE_S = 15.0
WHOLE_S = 60.0
MAX_REDIRECTS = 3
CHUNK = 64 * 1024
LINE_S = 10.0
MAX_ANSWER_BYTES = 64 * 1024 * 1024
REDIRECTS = frozenset({301, 302, 303, 307, 308})
KEEP_METHOD = frozenset({307, 308})
# What another origin hears after a redirect; any other header may be a key that was given for the first one only.
PLAIN_HEADERS = frozenset({"accept", "accept-encoding", "content-type", "range", "user-agent"})
AGENT = "Postil"


class OutgoingError(PostilError):
    """A call that failed on the way or at the other end; one sentence, no content of the answer."""

    status = 400
    code = "outgoing_failed"


@dataclass(slots=True)
class Reply:
    """An answer whose body is still to come: iterate `chunks` once."""

    status: int
    headers: Mapping[str, str]
    url: str
    chunks: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how large a call may be."""

    max_bytes: int
    connect_s: float = CONNECT_S
    first_byte_s: float = FIRST_BYTE_S
    whole_s: float = WHOLE_S
    redirects: int = MAX_REDIRECTS


@dataclass(slots=True)
class _Call:
    method: str
    url: str
    purpose: str
    headers: dict[str, str]
    content: bytes | None
    limits: Limits
    deadline_s: float

    def left_s(self, at_most: float) -> float:
        """Return how long the next step may take; raises when the time is over."""
        left = min(at_most, self.deadline_s - monotonic_s())
        if left <= 0:
            raise OutgoingError(f"{_host(self.url)} did not answer in time.")
        return left


def check_address(url: str, *, purpose: str) -> None:
    """Raise `Invalid` for an address that may not be called; for the moment when somebody saves it."""
    with waiting_for_others():
        addresses.check(url, purpose=purpose)


def send(
    method: str,
    url: str,
    *,
    purpose: str,
    headers: Mapping[str, str] | None = None,
    content: bytes | None = None,
    timeout_s: float = WHOLE_S,
    auth: tuple[str, str] | None = None,
    max_bytes: int = MAX_ANSWER_BYTES,
) -> Answer:
    """Call an address and return its whole answer, whatever its status. `auth` is a name and a password."""
    named = dict(headers or {})
    if auth is not None:
        named["Authorization"] = "Basic " + b64encode(":".join(auth).encode()).decode()
    limits = Limits(max_bytes, first_byte_s=timeout_s, whole_s=timeout_s)
    with stream(method, url, purpose=purpose, limits=limits, headers=named, content=content) as reply:
        return Answer(reply.status, reply.headers, b"".join(reply.chunks))


@contextmanager
def download(url: str, *, purpose: str, max_bytes: int) -> Iterator[BinaryIO]:
    """Give the file at an address as a stream with `read`; raises `OutgoingError` for an answer that is no file."""
    with stream("GET", url, purpose=purpose, limits=Limits(max_bytes)) as reply:
        if not 200 <= reply.status < 300:
            raise OutgoingError(f"{_host(url)} answered {reply.status}.")
        with BufferedReader(_ChunkReader(reply.chunks), CHUNK) as file:
            yield cast("BinaryIO", file)


class _ChunkReader(RawIOBase):
    """Makes a file of pieces."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer with what has come; 0 at the end."""
        while not self._rest:
            piece = next(self._chunks, None)
            if piece is None:
                return 0
            self._rest = piece
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


@contextmanager
def stream(
    method: str,
    url: str,
    *,
    purpose: str,
    limits: Limits,
    headers: Mapping[str, str] | None = None,
    content: bytes | None = None,
) -> Iterator[Reply]:
    """Call an address and give its answer with the body as a stream; raises `OutgoingError` or `Invalid`."""
    named = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity", **(headers or {})}
    call = _Call(method, url, purpose, named, content, limits, monotonic_s() + limits.whole_s)
    with waiting_for_others():
        yield from _streamed(call)


def _streamed(call: _Call) -> Iterator[Reply]:
    connection: _Connection | None = None
    answer: http.client.HTTPResponse | None = None
    try:
        connection, answer = _follow(call)
        names = {name.lower(): value for name, value in answer.getheaders()}
        yield Reply(answer.status, names, call.url, _chunks(call, connection, answer, names))
    except (OSError, http.client.HTTPException) as error:
        raise _said(call.url, error) from error
    finally:
        if answer is not None:
            answer.close()
        if connection is not None:
            connection.close()


def _follow(call: _Call) -> tuple["_Connection", http.client.HTTPResponse]:
    for _ in range(call.limits.redirects + 1):
        target = addresses.check(call.url, purpose=call.purpose)
        connection, answer = _send(call, target)
        place = answer.getheader("Location")
        if answer.status not in REDIRECTS or not place:
            return connection, answer
        answer.close()
        connection.close()
        _turn_to(call, urljoin(call.url, place), answer.status, target)
    raise OutgoingError(f"{_host(call.url)} redirects too often.")


def _send(call: _Call, target: Target) -> tuple["_Connection", http.client.HTTPResponse]:
    connection = _Connection(target, call.left_s(call.limits.connect_s))
    try:
        connection.connect()
        connection.link.settimeout(call.left_s(call.limits.first_byte_s))
        connection.request(call.method, target.path, body=call.content, headers=call.headers)
        return connection, connection.getresponse()
    except BaseException:
        connection.close()
        raise


def _turn_to(call: _Call, url: str, status: int, before: Target) -> None:
    call.url = url
    if status not in KEEP_METHOD and call.method not in {"GET", "HEAD"}:
        call.method, call.content = "GET", None
    if addresses.origin_of(url) != before.origin:
        call.headers = {name: value for name, value in call.headers.items() if name.lower() in PLAIN_HEADERS}


def _chunks(
    call: _Call, connection: "_Connection", answer: http.client.HTTPResponse, headers: Mapping[str, str]
) -> Iterator[bytes]:
    announced = headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > call.limits.max_bytes:
        raise _too_large(call)
    packing = headers.get("content-encoding", "identity").lower()
    if packing not in {"identity", "", "gzip", "deflate"}:
        raise OutgoingError(f"{_host(call.url)} answers packed in a way that is not understood ({packing[:20]}).")
    unpacker = zlib.decompressobj(wbits=47) if packing in {"gzip", "deflate"} else None
    received = 0
    while True:
        connection.link.settimeout(call.left_s(call.limits.first_byte_s))
        data = answer.read1(CHUNK)
        if not data:
            return
        for piece in _unpacked(unpacker, data):
            received += len(piece)
            if received > call.limits.max_bytes:
                raise _too_large(call)
            yield piece
        if answer.isclosed():
            return


def _unpacked(unpacker: "zlib._Decompress | None", data: bytes) -> Iterator[bytes]:
    if unpacker is None:
        yield data
        return
    while data:
        try:
            yield unpacker.decompress(data, CHUNK)
        except zlib.error:
            raise OutgoingError("The answer is packed wrongly.") from None
        data = unpacker.unconsumed_tail


class _Connection(http.client.HTTPConnection):
    """Connects to the addresses that were checked, and to nothing else.

    `link` stays when http.client hands the socket on to the answer.
    """

    link: socket.socket

    def __init__(self, target: Target, timeout_s: float) -> None:
        super().__init__(target.host, target.port, timeout=timeout_s)
        self.target = target
        self.default_port = addresses.SCHEMES[target.scheme]  # so that the Host header names other ports only

    def connect(self) -> None:
        """Try each address; speak TLS to the name for https."""
        last: OSError | None = None
        for address in self.target.addresses:
            try:
                plain = socket.create_connection((address, self.target.port), self.timeout)
            except OSError as error:
                last = error
                continue
            # Head and body go out in two pieces: the second must not wait until the first is confirmed.
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.target.scheme == "https":
                self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.target.host)
            else:
                self.sock = plain
            self.link = self.sock
            return
        raise last or OSError("no address")


class Line:
    """An address that is called again and again: the connection to the address that was checked is kept for seconds."""

    def __init__(self, url: str, *, purpose: str, timeout_s: float) -> None:
        self._url = url
        self._purpose = purpose
        self._timeout_s = timeout_s
        self._kept: _Connection | None = None
        self._opened_s = 0.0
        self._is_redirected = False

    def post(self, content: bytes, headers: Mapping[str, str]) -> Answer:
        """Post and return the whole answer, whatever its status; raises as `send` does."""
        if self._kept is not None and monotonic_s() - self._opened_s > LINE_S:
            self.close()
        was_kept = self._kept is not None
        if not self._is_redirected:
            with waiting_for_others():
                try:
                    answer = self._exchange(content, headers)
                except TimeoutError as error:
                    self.close()
                    raise _said(self._url, error) from error
                except (OSError, http.client.HTTPException) as error:
                    self.close()
                    if not was_kept:
                        raise _said(self._url, error) from error
                else:
                    if answer.status_code not in REDIRECTS:
                        return answer
                    self._is_redirected = True
        # The other end hung up between two calls, or sends elsewhere.
        return send(
            "POST", self._url, purpose=self._purpose, headers=headers, content=content, timeout_s=self._timeout_s
        )

    def close(self) -> None:
        """Hang up."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    def _exchange(self, content: bytes, headers: Mapping[str, str]) -> Answer:
        limits = Limits(MAX_ANSWER_BYTES, first_byte_s=self._timeout_s, whole_s=self._timeout_s)
        named = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity", **headers}
        call = _Call("POST", self._url, self._purpose, named, content, limits, monotonic_s() + limits.whole_s)
        target = addresses.check(self._url, purpose=self._purpose) if self._kept is None else self._kept.target
        if self._kept is None:
            self._kept = _Connection(target, call.left_s(limits.connect_s))
            self._opened_s = monotonic_s()
            self._kept.connect()
        connection = self._kept
        connection.link.settimeout(call.left_s(limits.first_byte_s))
        connection.request("POST", target.path, body=content, headers=named)
        answer = connection.getresponse()
        names = {name.lower(): value for name, value in answer.getheaders()}
        body = b"".join(_chunks(call, connection, answer, names))
        answer.close()  # it is read; the connection stays
        if answer.will_close:
            self.close()
        return Answer(answer.status, names, body)


def _said(url: str, error: Exception) -> OutgoingError:
    if isinstance(error, ssl.SSLError):
        return OutgoingError(f"{_host(url)} has no valid certificate.")
    if isinstance(error, TimeoutError):
        return OutgoingError(f"{_host(url)} did not answer in time.")
    return OutgoingError(f"{_host(url)} could not be reached.")


def _too_large(call: _Call) -> OutgoingError:
    return OutgoingError(f"{_host(call.url)} sends more than the {call.limits.max_bytes} bytes that are allowed.")


def _host(url: str) -> str:
    return url.split("://", 1)[-1].split("/", 1)[0]
