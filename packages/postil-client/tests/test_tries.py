"""What is tried again, and what is not: against a server that refuses as told."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from tests.faults.server import free_port

from postil_client import Client, Invalid, NotFound, ServerError, TooManyRequests, Unreachable, _http

Seen = list[tuple[str, str]]
BROKEN = -1
NO_JSON = -2


@contextmanager
def answers(*statuses: int, retry_after: str = "0") -> Iterator[tuple[str, Seen]]:
    """Give the address of a server that answers with these statuses, one after the other, and what it was sent.

    An answer that is BROKEN ends in its middle.
    """
    left, seen = list(statuses), []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            seen.append((self.headers["Idempotency-Key"], body))
            status = left.pop(0)
            answer = b"<h1>Hello</h1>" if status == NO_JSON else b'{"id": 5, "title": "x", "detail": "no"}'
            self.send_response(status if status > 0 else 200)
            self.send_header("Content-Length", str(len(answer)))
            self.send_header("Retry-After", retry_after)
            self.end_headers()
            self.wfile.write(answer[:5] if status == BROKEN else answer)

        do_GET = do_DELETE = do_POST

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_busy_server_is_asked_again_with_the_same_key() -> None:
    with answers(503, 429, 201) as (url, seen), Client(url, "key") as client:
        assert client.create_project("Title").id == 5
    assert len(seen) == 3
    assert len({key for key, _ in seen}) == 1
    assert len({body for _, body in seen}) == 1


def test_two_calls_have_two_keys() -> None:
    with answers(201, 201) as (url, seen), Client(url, "key") as client:
        client.create_project("Title")
        client.create_project("Title")
    assert len({key for key, _ in seen}) == 2


def test_the_last_refusal_is_raised() -> None:
    with answers(503, 503) as (url, seen), Client(url, "key", tries=2) as client, pytest.raises(ServerError):
        client.create_project("Title")
    assert len(seen) == 2


def test_a_long_pause_is_not_waited_for() -> None:
    with (
        answers(429, retry_after="3600") as (url, seen),
        Client(url, "key") as client,
        pytest.raises(TooManyRequests, match="no"),
    ):
        client.create_project("Title")
    assert len(seen) == 1


@pytest.mark.parametrize(("status", "kind"), [(400, Invalid), (422, Invalid), (500, ServerError)])
def test_other_refusals_are_final(status: int, kind: type[Exception]) -> None:
    with answers(status) as (url, seen), Client(url, "key") as client, pytest.raises(kind):
        client.create_project("Title")
    assert len(seen) == 1


def test_an_answer_that_breaks_off_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_http, "FIRST_PAUSE_S", 0.01)
    with answers(BROKEN, BROKEN, 201) as (url, seen), Client(url, "key") as client:
        assert client.create_project("Title").id == 5
    assert len({key for key, _ in seen}) == 1
    with answers(BROKEN, BROKEN) as (url, _), Client(url, "key", tries=2) as client, pytest.raises(Unreachable):
        client.create_project("Title")


def test_what_the_first_try_deleted_is_deleted() -> None:
    with answers(503, 404) as (url, _), Client(url, "key") as client:
        client.delete_task(7)
    with answers(404) as (url, _), Client(url, "key") as client, pytest.raises(NotFound):
        client.delete_task(7)


def test_an_export_that_breaks_off_is_no_export(tmp_path: Path) -> None:
    with answers(201, BROKEN, BROKEN) as (url, _), Client(url, "key") as client:
        project = client.create_project("Title")
        with pytest.raises(Unreachable):
            list(project.export_tasks())
        with pytest.raises(Unreachable):
            project.export_file(tmp_path / "all.json")
    assert list(tmp_path.iterdir()) == []


def test_another_server_is_told_from_ours() -> None:
    with answers(NO_JSON) as (url, _), Client(url, "key") as client, pytest.raises(Unreachable, match="is no JSON"):
        client.check()


def test_a_server_that_is_away_is_named() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with Client(url, "key", tries=2) as client, pytest.raises(Unreachable, match=url):
        client.check()
