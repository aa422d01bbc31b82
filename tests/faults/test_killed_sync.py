"""A server that is killed in the middle of a storage sync: after the restart it goes on, and no object comes twice."""

import json
import select
import time
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.faults.server import Server, prepared_environment_for

TOKEN = "0123456789abcdef0123456789abcdef01234567"
OWNER = ("--username", "owner@example.com", "--password", "correct horse 9", "--user-token", TOKEN)
IMAGES = '<View><Image name="image" value="$image"/></View>'
FILES = 12_000
PATIENCE_S = 100


def call(server: Server, method: str, path: str, body: Any = None) -> Any:
    content = json.dumps(body).encode() if body is not None else None
    headers = {"Authorization": f"Token {TOKEN}", "Content-Type": "application/json"}
    with urlopen(Request(server.url + path, content, headers, method=method), timeout=60) as answer:
        return json.loads(answer.read())


def task_count(server: Server, project: int) -> int:
    return int(call(server, "GET", f"/api/projects/{project}/")["task_number"])


def until(server: Server, project: int, path: str, enough: int) -> dict[str, Any]:
    """Wait until so many tasks are there, or the sync has ended; return its state."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        state: dict[str, Any] = call(server, "GET", path)
        if task_count(server, project) >= enough or state["status"] not in {"queued", "in_progress"}:
            return state
        assert time.monotonic() < deadline, state
        select.select([], [], [], 0.02)


def test_a_killed_sync_goes_on_after_the_restart(tmp_path: Path) -> None:
    folder = tmp_path / "root" / "set"
    folder.mkdir(parents=True)
    for number in range(FILES):
        (folder / f"{number:05}.png").write_bytes(b"x")
    opened = {"POSTIL_LOCAL_FILES_ENABLED": "true", "POSTIL_LOCAL_FILES_ROOT": str(folder.parent)}
    server = Server({**prepared_environment_for(tmp_path / "data"), **opened})
    server.start(*OWNER)
    project = call(server, "POST", "/api/projects/", {"title": "Killed", "label_config": IMAGES})["id"]
    body = {"project": project, "path": str(folder), "use_blob_urls": True}
    path = f"/api/storages/localfiles/{call(server, 'POST', '/api/storages/localfiles/', body)['id']}/"
    call(server, "POST", f"{path}sync/?mode=job")
    until(server, project, path, 1)
    server.kill()
    with server.running():
        before = task_count(server, project)
        assert before > 0
        state = until(server, project, path, FILES + 1)
        assert (state["status"], task_count(server, project)) == ("completed", FILES)
        assert state["meta"]["tasks_existed"] + state["last_sync_count"] == FILES
        again = call(server, "POST", f"{path}sync/")
        assert (again["last_sync_count"], again["meta"]["tasks_existed"]) == (0, FILES)
