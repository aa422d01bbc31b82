"""Servers that take a call and never answer: who does not need them must not feel it."""

import json
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.faults.server import Server, prepared_environment_for

TOKEN = "0123456789abcdef0123456789abcdef01234567"
OWNER = ["--username", "owner@example.com", "--password", "correct horse 9", "--user-token", TOKEN]
CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="mood" toName="text"><Choice value="good"/></Choices></View>"""
THREADS, ROOM = 4, 2
AT_ONCE_S = 3.0


class Hole:
    """Takes calls, says nothing, and hangs up when it is told to."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._taken: list[socket.socket] = []
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/"

    def take(self, count: int) -> None:
        """Wait until so many have called."""
        self._listener.settimeout(10)
        for _ in range(count):
            self._taken.append(self._listener.accept()[0])

    def hang_up(self) -> None:
        """Let everybody go."""
        while self._taken:
            self._taken.pop().close()

    def close(self) -> None:
        """Take no more calls."""
        self.hang_up()
        self._listener.close()


@pytest.fixture
def hole() -> Iterator[Hole]:
    made = Hole()
    yield made
    made.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    allowed = {"POSTIL_ALLOWED_PRIVATE_HOSTS": "127.0.0.1", "POSTIL_THREADS": str(THREADS)}
    made = Server({**prepared_environment_for(tmp_path / "data"), **allowed})
    with made.running(*OWNER):
        yield made


def call(server: Server, method: str, path: str, body: object = None) -> tuple[int, Any, float]:
    """Return status, JSON and time of a request as the browser sends it: a POST has a key of its own."""
    headers = {"Authorization": f"Token {TOKEN}", "Content-Type": "application/json"}
    if method == "POST":
        headers["Idempotency-Key"] = str(uuid.uuid4())
    link = HTTPConnection("127.0.0.1", server.port, timeout=60)
    began = time.monotonic()
    try:
        link.request(method, path, None if body is None else json.dumps(body), headers)
        answer = link.getresponse()
        return answer.status, json.loads(answer.read() or b"null"), time.monotonic() - began
    finally:
        link.close()


def test_a_hanging_model_server_holds_up_nobody_else(server: Server, hole: Hole) -> None:
    project = call(server, "POST", "/api/projects/", {"title": "Faults", "label_config": CONFIG})[1]["id"]
    task = call(server, "POST", "/api/tasks/", {"project": project, "data": {"text": "a"}})[1]["id"]
    connect = {"project": project, "url": hole.url}
    with ThreadPoolExecutor(ROOM) as pool:
        hung: list[Future[Any]] = [pool.submit(call, server, "POST", "/api/ml/", connect) for _ in range(ROOM)]
        try:
            hole.take(ROOM)
            status, body, took_s = call(server, "POST", "/api/ml/", connect)
            assert (status, took_s < AT_ONCE_S) == (503, True), body
            assert body["detail"].startswith("Other servers are slow")
            result = [{"from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["good"]}}]
            for method, path, sent, expected in (
                ("GET", "/health", None, 200),
                ("GET", f"/api/projects/{project}/next/", None, 200),
                ("POST", f"/api/tasks/{task}/annotations/", {"result": result}, 201),
                ("PATCH", f"/api/projects/{project}/", {"title": "Still here"}, 200),
                ("POST", "/api/projects/", {"title": "Another", "label_config": CONFIG}, 201),
            ):
                status, body, took_s = call(server, method, path, sent)
                assert (status, took_s < AT_ONCE_S) == (expected, True), (path, body, took_s)
            assert not any(future.done() for future in hung)
        finally:
            hole.hang_up()
        assert [future.result()[0] for future in hung] == [400] * ROOM


def test_when_a_neighbor_is_back_there_is_room_again(server: Server, hole: Hole) -> None:
    project = call(server, "POST", "/api/projects/", {"title": "Faults", "label_config": CONFIG})[1]["id"]
    stop = threading.Event()

    def hang_up_on_everybody() -> None:
        while not stop.is_set():
            try:
                hole.take(1)
            except OSError:
                return
            hole.hang_up()

    helper = threading.Thread(target=hang_up_on_everybody)
    helper.start()
    try:
        connect = {"project": project, "url": hole.url}
        assert [call(server, "POST", "/api/ml/", connect)[0] for _ in range(ROOM * 3)] == [400] * (ROOM * 3)
    finally:
        stop.set()
        socket.create_connection(("127.0.0.1", int(hole.url.split(":")[2].strip("/")))).close()
        helper.join(10)
    assert call(server, "GET", "/health")[0] == 200
