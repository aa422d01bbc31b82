"""`postil service`: start, use, stop, with the file in between."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from tests.faults.server import free_port

Service = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def service(environment: dict[str, str], tmp_path: Path) -> Iterator[Service]:
    """A function that runs `postil service …` in a folder of its own; what it started is stopped at the end."""

    def run(*arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "postil", "service", *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env={**environment, **more}, capture_output=True, text=True, timeout=90, check=False
        )

    yield run
    run("stop")


def connection(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "label_studio_localhost_connection.json").read_text())
    return found


def get(info: dict[str, Any], path: str) -> Any:
    request = Request(info["api_url"] + path, headers={"Authorization": f"Token {info['api_key']}"})
    with urlopen(request, timeout=10) as answer:
        return json.load(answer)


def test_a_service_from_start_to_stop(service: Service, tmp_path: Path) -> None:
    port = free_port()
    done = service("start", "--port", str(port), "--create-test-project")
    assert done.returncode == 0, done.stderr
    info = connection(tmp_path)
    assert info["api_url"] == f"http://localhost:{port}"
    assert stat.S_IMODE((tmp_path / "label_studio_localhost_connection.json").stat().st_mode) == 0o600
    assert get(info, "/api/current-user/whoami")["email"] == "owner@example.com"
    project = get(info, f"/api/projects/{info['project_id']}/")
    assert (project["title"], project["task_number"]) == ("Test project", 1)

    assert service("start", "--port", str(free_port())).returncode == 0
    assert connection(tmp_path) == info
    assert f"Project {info['project_id']} has" in service("test-project").stdout

    shown = service("status")
    assert (shown.returncode, json.loads(shown.stdout)["running"]) == (0, True)
    assert info["password"] not in shown.stdout
    assert info["api_key"] not in shown.stdout

    assert service("test-project", "--delete").stdout == f"Deleted project {info['project_id']}.\n"
    assert connection(tmp_path)["project_id"] is None
    assert "There is no test project" in service("test-project", "--delete").stderr

    assert service("stop").stdout == "Stopped.\n"
    assert service("stop").stdout == "It was not running.\n"
    assert service("status").returncode == 1


def test_an_existing_file_wins_over_arguments(service: Service, tmp_path: Path) -> None:
    port = free_port()
    token = "0f8fad5b-d9cb-469f-a165-70867728950e"
    known = {
        "api_token": token,
        "username": "dj@example.com",
        "password": "dj-Passw0rd",
        "api_url": f"http://localhost:{port}",
    }
    (tmp_path / "label_studio_localhost_connection.json").write_text(json.dumps(known))
    done = service("start", "--port", "1", "--username", "other@example.com", "--api-key", "f" * 40)
    assert done.returncode == 0, done.stderr
    info = connection(tmp_path)
    assert (info["api_url"], info["api_key"], info["username"]) == (known["api_url"], token, "dj@example.com")
    assert get(info, "/api/current-user/whoami")["email"] == "dj@example.com"


@pytest.mark.parametrize(
    ("text", "arguments", "words"),
    [
        ("{", ("start",), "is no JSON"),
        ("[]", ("status",), "must hold a JSON object"),
        ("{}", ("stop",), "names no server"),
        (None, ("test-project",), "names no server"),
        (None, ("start", "--using", "magic"), "--using must be embedded, pip or docker"),
    ],
)
def test_what_is_wrong_is_said(
    service: Service, tmp_path: Path, text: str | None, arguments: tuple[str, ...], words: str
) -> None:
    if text is not None:
        (tmp_path / "label_studio_localhost_connection.json").write_text(text)
    done = service(*arguments)
    assert done.returncode == 1
    assert words in done.stderr


def test_a_server_that_ends_at_once_is_said(service: Service, tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "postil.sqlite3").write_text("no database" * 1000)
    done = service("start", "--port", str(free_port()), "--data-dir", str(folder))
    assert done.returncode == 1
    assert "service.log" in done.stderr


def test_a_foreign_process_is_not_ended(service: Service, tmp_path: Path) -> None:
    known = {"api_url": "http://localhost:1", "api_key": "k", "pid": os.getppid()}
    (tmp_path / "label_studio_localhost_connection.json").write_text(json.dumps(known))
    with subprocess.Popen(["tail", "-f", "/dev/null"]) as stranger:
        known["pid"] = stranger.pid
        (tmp_path / "label_studio_localhost_connection.json").write_text(json.dumps(known))
        assert service("stop").stdout == "It was not running.\n"
        assert stranger.poll() is None
        stranger.terminate()


def test_docker_is_asked_as_its_manual_says(service: Service, tmp_path: Path, environment: dict[str, str]) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    docker = folder / "docker"
    # Stands where Docker would: writes down what it is asked, and starts the server as the image would.
    docker.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" >> "{tmp_path}/asked"\n'
        'if [ "$1" = run ]; then for a in "$@"; do case "$a" in 127.0.0.1:*) p=${a#*:}; p=${p%%:*};; esac; done\n'
        f'"{sys.executable}" -m postil start --no-browser --port $p > /dev/null 2>&1 &\n'
        f'echo $! > "{tmp_path}/pid"; else kill $(cat "{tmp_path}/pid"); fi\n'
    )
    docker.chmod(0o755)
    port = free_port()
    path = {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    done = service("start", "--using", "docker", "--port", str(port), "--image", "postil:test", **path)
    assert done.returncode == 0, done.stderr
    info = connection(tmp_path)
    assert (info["using"], info["container"]) == ("docker", f"postil-service-{port}")
    assert get(info, "/api/current-user/whoami")["email"] == "owner@example.com"
    asked = (tmp_path / "asked").read_text()
    assert info["password"] not in asked
    assert asked.split()[-1] == "postil:test"
    assert f"127.0.0.1:{port}:8080" in asked
    assert service("stop", **path).stdout == "Stopped.\n"
    assert (tmp_path / "asked").read_text().split()[-2:] == ["stop", f"postil-service-{port}"]
