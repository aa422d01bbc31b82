"""`postil start`: what it makes on the first start and not on the second, and how it ends."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.faults.server import Server, free_port, prepare

TOKEN = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def new_server(environment: dict[str, str]) -> Server:
    return Server(environment)


@pytest.fixture
def server(new_server: Server) -> Server:
    """The same, whose first start is over in a moment."""
    prepare(Path(new_server.environment["POSTIL_DATA_DIR"]))
    return new_server


def read(server: Server, path: str, token: str = "") -> object:
    headers = {"Authorization": f"Token {token}"} if token else {}
    with urlopen(Request(server.url + path, headers=headers), timeout=10) as answer:
        return json.load(answer)


def test_the_owner_and_token_of_the_command_line_work_at_once(new_server: Server) -> None:
    server = new_server
    with server.running("--username", "a@example.com", "--password", "correct horse 9", "--user-token", TOKEN):
        me = read(server, "/api/current-user/whoami", TOKEN)
        assert isinstance(me, dict)
        assert me["email"] == "a@example.com"
        assert read(server, "/api/version") == {"product": "Postil", "edition": "Community"}
        version = read(server, "/api/version", TOKEN)
        assert isinstance(version, dict)
        assert version["release"] == "0.1.0"
    assert server.code == 0


def test_classic_variables_are_taken_and_named(server: Server) -> None:
    server.environment |= {"LABEL_STUDIO_USERNAME": "b@example.com", "LABEL_STUDIO_PASSWORD": "correct horse 9"}
    with server.running():
        assert read(server, "/api/setup/")["needs_owner"] is False  # type: ignore[index]
    assert "Taken from the environment: LABEL_STUDIO_USERNAME, LABEL_STUDIO_PASSWORD" in server.output


def test_only_the_first_start_prepares_anything(new_server: Server) -> None:
    code = (
        "import sys; from postil.cli.environment import load_config; from postil.cli.starting import needs_preparing\n"
        "print(needs_preparing(load_config(), None), 'django.db' in sys.modules)"
    )

    def asked() -> str:
        done = subprocess.run(
            [sys.executable, "-c", code], env=new_server.environment, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    assert asked() == "True False"
    with new_server.running():
        pass
    assert asked() == "False False"  # so the second start forks the server at once


def test_a_code_is_printed_where_strangers_could_come(server: Server) -> None:
    with server.running("--host", "0.0.0.0"):
        answer = read(server, "/api/setup/")
        assert isinstance(answer, dict)
        assert (answer["needs_owner"], answer["needs_code"]) == (True, True)
    assert "The welcome page asks for this code: " in server.output


def test_a_port_in_use_is_named(server: Server, environment: dict[str, str]) -> None:
    with server.running():
        command = [sys.executable, "-m", "postil", "start", "--no-browser", "--port", str(server.port)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 1
    assert f"Port {server.port} on 127.0.0.1 is in use" in done.stderr


def test_pages_and_unknown_addresses(server: Server) -> None:
    with server.running():
        for path in ("/", "/projects/", "/user/login", "/welcome/"):
            with urlopen(server.url + path, timeout=10) as answer:
                assert answer.headers["Content-Type"].startswith("text/html")
                assert "script-src 'self' 'nonce-" in answer.headers["Content-Security-Policy"]
                assert "csrftoken=" in answer.headers["Set-Cookie"]
        with pytest.raises(HTTPError) as refused:
            urlopen(server.url + "/nothing-here", timeout=10)
        with refused.value as error:
            assert error.code == 404
            assert json.load(error)["detail"] == "Not found."


def test_a_killed_server_leaves_no_process_and_no_port(server: Server) -> None:
    server.start()
    children = server.children()
    assert len(children) == 2
    os.kill(server.pid, signal.SIGKILL)
    server.wait()
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{child}").exists() for child in children):
        assert time.monotonic() < deadline, "a child outlived its parent"
        os.sched_yield()
    with server.running():
        assert read(server, "/health") == {"status": "UP"}


def test_a_dead_worker_is_started_again(server: Server) -> None:
    with server.running():
        first = server.worker()
        os.kill(first, signal.SIGKILL)
        second = server.worker(other_than=first)
        assert second != first
        assert read(server, "/health") == {"status": "UP"}
    assert server.code == 0


def test_free_ports_differ() -> None:
    assert free_port() > 1023
