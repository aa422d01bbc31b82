"""With one setting, background work runs on a real Redis: what comes in and goes out through it is whole."""

import json
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import redis

from postil.storages.tests.servers import redis_server
from tests.faults.server import Server, prepared_environment_for

TOKEN = "0123456789abcdef0123456789abcdef01234567"
OWNER = ["--username", "owner@example.com", "--password", "correct horse 9", "--user-token", TOKEN]
CONFIG = '<View><Text name="text" value="$text"/></View>'
TASKS = [{"text": f"Sentence {number}"} for number in range(3_000)]
PATIENCE_S = 60.0


class Api:
    """One connection to a server."""

    def __init__(self, server: Server) -> None:
        self._link = HTTPConnection("127.0.0.1", server.port, timeout=60)

    def close(self) -> None:
        """Close the connection."""
        self._link.close()

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Return the JSON of an answer, which must be a good one."""
        headers = {"Authorization": f"Token {TOKEN}", "Content-Type": "application/json"}
        self._link.request(method, path, json.dumps(body).encode() if body is not None else None, headers)
        answer = self._link.getresponse()
        content = answer.read()
        assert 200 <= answer.status < 300, content
        return json.loads(content)

    def ended(self, job: dict[str, Any]) -> dict[str, Any]:
        """Return a job once it is over."""
        deadline = time.monotonic() + PATIENCE_S
        while job["state"] in {"queued", "running"}:
            assert time.monotonic() < deadline, job
            time.sleep(0.05)  # the job is another process's work: there is nothing to wait on but its state
            job = self.call("GET", f"/api/jobs/{job['id']}/")
        return job


@pytest.fixture
def redis_port() -> Iterator[int]:
    try:
        with redis_server() as port:
            yield port
    except LookupError as missing:
        pytest.skip(str(missing))


def test_imports_and_exports_go_through_redis(tmp_path: Path, redis_port: int) -> None:
    address = f"redis://127.0.0.1:{redis_port}/3"
    server = Server(prepared_environment_for(tmp_path / "data") | {"POSTIL_REDIS_URL": address})
    with server.running(*OWNER), redis.Redis.from_url(address) as queue, closing(Api(server)) as api:
        project = api.call("POST", "/api/projects/", {"title": "By Redis", "label_config": CONFIG})["id"]
        job = api.ended(api.call("POST", f"/api/projects/{project}/import?mode=job", TASKS)["job"])
        assert (job["state"], job["error"], job["result"]["task_count"]) == ("completed", "", len(TASKS))
        made = api.call("POST", f"/api/projects/{project}/exports/", {"title": "all"})
        deadline = time.monotonic() + PATIENCE_S
        while (made := api.call("GET", f"/api/projects/{project}/exports/{made['id']}"))["status"] != "completed":
            assert made["status"] in {"created", "in_progress"}
            assert time.monotonic() < deadline, made
            time.sleep(0.05)  # as above
        exported = api.call("GET", f"/api/projects/{project}/exports/{made['id']}/download")
        assert [task["data"] for task in exported] == TASKS
        assert [name for name in queue.keys("rq:*") if b"default" in name or b"worker" in name], "RQ was not used"
