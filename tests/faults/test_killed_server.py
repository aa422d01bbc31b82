"""A server killed in the middle of work: what was acknowledged is there, an import is whole or absent."""

import json
import subprocess
import sys
import threading
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from tests.faults.server import Server, prepared_environment_for

TOKEN = "0123456789abcdef0123456789abcdef01234567"
OWNER = ["--username", "owner@example.com", "--password", "correct horse 9", "--user-token", TOKEN]
CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="mood" toName="text"><Choice value="good"/></Choices></View>"""
RESULT = [{"from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["good"]}}]
TASKS = 300


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(prepared_environment_for(tmp_path / "data"))


def call(server: Server, method: str, path: str, body: object = None) -> Any:
    headers = {"Authorization": f"Token {TOKEN}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(server.url + path, data=data, headers=headers, method=method), timeout=30) as answer:
        return json.load(answer)


def make_project(server: Server, tasks: int) -> int:
    project = int(call(server, "POST", "/api/projects/", {"title": "Faults", "label_config": CONFIG})["id"])
    if tasks:
        call(server, "POST", f"/api/projects/{project}/import", [{"text": f"t{i}"} for i in range(tasks)])
    return project


def exit_code_of_check(server: Server) -> int:
    command = [sys.executable, "-m", "postil", "check"]
    return subprocess.run(command, env=server.environment, check=False, capture_output=True, timeout=60).returncode


def test_acknowledged_annotations_survive_a_kill(server: Server) -> None:
    server.start(*OWNER)
    project = make_project(server, TASKS)
    first = call(server, "GET", f"/api/tasks/?project={project}&page_size=1")["tasks"][0]["id"]
    acknowledged: list[int] = []
    enough = threading.Event()

    def work() -> None:
        for number in range(TASKS):
            try:
                body = {"result": RESULT}
                answer = call(server, "POST", f"/api/tasks/{first + number}/annotations/", body)
            except (OSError, HTTPException):
                return
            acknowledged.append(answer["id"])
            if len(acknowledged) == 40:
                enough.set()

    worker = threading.Thread(target=work)
    worker.start()
    assert enough.wait(60)
    server.kill()
    worker.join()
    server.start()
    for number in acknowledged[-3:]:
        assert call(server, "GET", f"/api/annotations/{number}/")["result"][0]["value"] == {"choices": ["good"]}
    stored = call(server, "GET", f"/api/projects/{project}/")["total_annotations_number"]
    assert stored in {len(acknowledged), len(acknowledged) + 1}  # the last one may have been stored but not answered
    server.stop()
    assert exit_code_of_check(server) == 0


def test_an_import_under_way_is_whole_or_absent(server: Server) -> None:
    server.start(*OWNER)
    project = make_project(server, 0)
    tasks = [{"text": f"a longer text {i} " * 20} for i in range(60_000)]
    worker = threading.Thread(target=_import_until_killed, args=(server, project, tasks))
    worker.start()
    worker.join(1.0)
    server.kill()
    worker.join()
    server.start()
    assert call(server, "GET", f"/api/projects/{project}/")["task_number"] in {0, len(tasks)}
    server.stop()
    assert exit_code_of_check(server) == 0


def _import_until_killed(server: Server, project: int, tasks: list[dict[str, str]]) -> None:
    try:
        call(server, "POST", f"/api/projects/{project}/import", tasks)
    except (OSError, HTTPException):
        return
