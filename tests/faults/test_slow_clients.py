"""Clients that announce a body and keep it to themselves."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.faults.server import Server, prepared_environment_for

THREADS = 4
TOKEN = "0123456789abcdef0123456789abcdef01234567"
OWNER = ["--username", "owner@example.com", "--password", "correct horse 9", "--user-token", TOKEN]
AT_ONCE_S = 10.0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server({**prepared_environment_for(tmp_path / "data"), "POSTIL_THREADS": str(THREADS)})
    with made.running(*OWNER):
        yield made


def begin(server: Server, path: str, body: bytes, length: int) -> socket.socket:
    """Send the head of a request and a part of its body."""
    link = socket.create_connection(("127.0.0.1", server.port))
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Token {TOKEN}\r\n"
    link.sendall(f"{head}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n".encode() + body)
    return link


def call(server: Server, method: str, path: str, body: object = None) -> tuple[int, object]:
    link = HTTPConnection("127.0.0.1", server.port, timeout=AT_ONCE_S)
    try:
        headers = {"Authorization": f"Token {TOKEN}", "Content-Type": "application/json"}
        link.request(method, path, None if body is None else json.dumps(body), headers)
        answer = link.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        link.close()


def test_strangers_who_keep_their_bodies_back_stop_nobody(server: Server) -> None:
    with ExitStack() as stack:
        for _ in range(3 * THREADS):
            stack.enter_context(begin(server, "/api/session/", b"{", 500))
        began = time.monotonic()
        assert call(server, "GET", "/health")[0] == 200
        assert call(server, "POST", "/api/projects/", {"title": "Meanwhile"})[0] == 201
        assert time.monotonic() - began < AT_ONCE_S


def test_members_who_keep_their_bodies_back_stop_nobody_from_reading(server: Server) -> None:
    with ExitStack() as stack:
        for _ in range(3 * THREADS):
            stack.enter_context(begin(server, "/api/projects/", b"{", 500))
        began = time.monotonic()
        assert call(server, "GET", "/health")[0] == 200
        assert call(server, "GET", "/api/projects/")[0] == 200
        status, said = call(server, "POST", "/api/projects/", {"title": "Meanwhile"})
        assert (status, time.monotonic() - began < AT_ONCE_S) == (503, True), said
    while (status := call(server, "POST", "/api/projects/", {"title": "Afterwards"})[0]) == 503:
        assert time.monotonic() - began < 3 * AT_ONCE_S
    assert status == 201


def test_a_body_that_breaks_off_changes_nothing(server: Server) -> None:
    with begin(server, "/api/projects/", b'{"title": "Half of it"}', 500) as link:
        link.shutdown(socket.SHUT_WR)
        link.settimeout(AT_ONCE_S)
        link.recv(1000)  # an answer, or the end
    assert call(server, "GET", "/api/projects/")[1]["count"] == 0
