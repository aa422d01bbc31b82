"""A script's receiver has heard of a single act when its answer comes; one that hangs holds nobody up for long."""

import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.faults.server import Server, prepared_environment_for

SINGLE_ACTS = 12  # as in webhooks/sender.py
TOKEN = "0123456789abcdef0123456789abcdef01234567"
OWNER = ["--username", "owner@example.com", "--password", "correct horse 9", "--user-token", TOKEN]
CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="mood" toName="text"><Choice value="good"/></Choices></View>"""


class Receiver(ThreadingHTTPServer):
    """Keeps what it hears; holds its answers back while `gate` is closed."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.heard: list[int] = []
        self.news = threading.Condition()
        self.gate = threading.Event()
        self.gate.set()
        self.url = f"http://127.0.0.1:{self.server_port}/"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.news:
            self.server.heard.append(body["task"]["id"])
            self.server.news.notify_all()
        assert self.server.gate.wait(60)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
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


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server({**prepared_environment_for(tmp_path / "data"), "POSTIL_ALLOWED_PRIVATE_HOSTS": "127.0.0.1"})
    with made.running(*OWNER):
        yield made


def call(server: Server, path: str, body: object) -> Any:
    link = HTTPConnection("127.0.0.1", server.port, timeout=30)
    headers = {"Authorization": f"Token {TOKEN}", "Content-Type": "application/json"}
    link.request("POST", path, json.dumps(body), headers)
    answer = link.getresponse()
    content = answer.read()
    link.close()
    assert answer.status in (200, 201), content
    return json.loads(content)


def annotate(server: Server, task: int) -> None:
    value = {"from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["good"]}}
    call(server, f"/api/tasks/{task}/annotations/", {"result": [value]})


def tasks_with_webhook(server: Server, url: str) -> list[int]:
    project = call(server, "/api/projects/", {"title": "Heard", "label_config": CONFIG})["id"]
    hook = {"project": project, "url": url, "send_for_all_actions": False, "actions": ["ANNOTATION_CREATED"]}
    call(server, "/api/webhooks/", hook)
    tasks = [{"text": str(number)} for number in range(SINGLE_ACTS + 4)]
    ids: list[int] = call(server, f"/api/projects/{project}/import?return_task_ids=true", tasks)["task_ids"]
    return ids


def test_a_receiver_has_heard_of_single_acts_when_they_are_answered_and_of_many_soon(
    server: Server, receiver: Receiver
) -> None:
    ids = tasks_with_webhook(server, receiver.url)
    for number, task in enumerate(ids[:SINGLE_ACTS], 1):
        annotate(server, task)
        assert receiver.heard == ids[:number]
    for task in ids[SINGLE_ACTS:]:
        annotate(server, task)
    with receiver.news:
        assert receiver.news.wait_for(lambda: len(receiver.heard) == len(ids), timeout=30)
    assert receiver.heard == ids


def test_requests_are_answered_while_a_receiver_hangs(server: Server, receiver: Receiver) -> None:
    ids = tasks_with_webhook(server, receiver.url)
    receiver.gate.clear()
    for task in ids:
        annotate(server, task)
    # No call was ever answered; those that took too long were given up one after the other.
    assert receiver.heard == ids[: len(receiver.heard)]
    assert 0 < len(receiver.heard) < len(ids)
