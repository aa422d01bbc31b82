"""A line keeps its connection, notices when the other end hung up, and never calls an address that was not checked."""

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from postil.core.errors import Invalid
from postil.infra import outgoing
from postil.infra.outgoing import Line, OutgoingError


class Receiver(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.heard: list[tuple[int, bytes]] = []  # the port of the caller says which connection it was
        self.hangs_up = False
        self.gate = threading.Event()
        self.gate.set()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.client_address[1], body))
        self.server.gate.wait(10)
        turns = self.path == "/turn"
        self.send_response(307 if turns else 200)
        if turns:
            self.send_header("Location", "/there")
        self.send_header("Content-Length", "2")
        if self.server.hangs_up:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.gate.set()
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture(autouse=True)
def _allowed(settings: Any) -> None:
    settings.CONFIG = replace(settings.CONFIG, allowed_private_hosts=("127.0.0.1",))


def line_to(address: str, timeout_s: float = 10.0) -> Any:
    return closing(Line(address, purpose="webhook", timeout_s=timeout_s))


def test_calls_share_a_connection(receiver: Receiver) -> None:
    with line_to(f"{receiver.url}/hook") as line:
        answers = [line.post(b"%d" % number, {"X-Team": "blue"}) for number in range(3)]
    assert [(answer.status_code, answer.content) for answer in answers] == [(200, b"ok")] * 3
    assert [body for _, body in receiver.heard] == [b"0", b"1", b"2"]
    assert len({port for port, _ in receiver.heard}) == 1


def test_a_receiver_that_hangs_up_is_called_anew(receiver: Receiver) -> None:
    receiver.hangs_up = True
    with line_to(f"{receiver.url}/hook") as line:
        assert [line.post(b"x", {}).status_code for _ in range(2)] == [200, 200]
    assert len({port for port, _ in receiver.heard}) == 2


def test_a_connection_that_broke_meanwhile_costs_no_call(receiver: Receiver) -> None:
    with line_to(f"{receiver.url}/hook") as line:
        line.post(b"first", {})
        line._kept.link.close()
        assert line.post(b"second", {}).status_code == 200
    assert [body for _, body in receiver.heard] == [b"first", b"second"]


def test_after_some_seconds_the_address_is_looked_up_again(receiver: Receiver, monkeypatch: Any) -> None:
    monkeypatch.setattr(outgoing, "LINE_S", -1.0)
    with line_to(f"{receiver.url}/hook") as line:
        line.post(b"x", {})
        line.post(b"x", {})
    assert len({port for port, _ in receiver.heard}) == 2


def test_a_redirect_is_followed_with_the_body(receiver: Receiver) -> None:
    with line_to(f"{receiver.url}/turn") as line:
        assert line.post(b"x", {}).status_code == 200
    assert {body for _, body in receiver.heard} == {b"x"}


def test_a_receiver_that_hangs_is_given_up_in_time(receiver: Receiver) -> None:
    receiver.gate.clear()
    with line_to(f"{receiver.url}/hook", timeout_s=0.2) as line, pytest.raises(OutgoingError, match="in time"):
        line.post(b"x", {})


def test_nobody_there_and_addresses_inside_are_refused(receiver: Receiver) -> None:
    with line_to("http://127.0.0.1:9/hook") as line, pytest.raises(OutgoingError, match="could not be reached"):
        line.post(b"x", {})
    with line_to("http://10.0.0.1/hook") as line, pytest.raises(Invalid):
        line.post(b"x", {})
    assert receiver.heard == []
