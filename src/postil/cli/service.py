"""`postil service`: a server for scripts, started in the background, with a file that tells how to connect.

The file is the whole state: address, key, account, process, test project. What it says already wins over arguments, so
that a script that runs again meets the same server and the same account.
"""

import contextlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
import venv
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import httpx

import postil
from postil.cli.errors import CommandError

CONNECTION_FILE = Path("label_studio_localhost_connection.json")
EMBEDDED, PIP, DOCKER = "embedded", "pip", "docker"
IMAGE = f"postil:{postil.__version__}"
START_S, PIP_START_S, STOP_S = 60.0, 600.0, 30.0
LOOK_EVERY_S = 0.1
TEST_TITLE = "Test project"
TEST_CONFIG = """<View>
  <Text name="text" value="$text"/>
  <Choices name="sentiment" toName="text">
    <Choice value="Positive"/><Choice value="Negative"/><Choice value="Neutral"/>
  </Choices>
</View>"""
TEST_TASK = {"text": "The coffee was excellent, the train was late."}


@dataclass(frozen=True, slots=True)
class Connection:
    """What the file holds. `api_key` is a token; `pid` the server's process, or 0 in a container."""

    api_url: str
    api_key: str
    username: str
    password: str
    using: str = EMBEDDED
    pid: int = 0
    container: str = ""
    project_id: int | None = None


def read(path: Path) -> dict[str, Any]:
    """Return what a connection file says, with other names for the key; raises `CommandError` if it is broken."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise CommandError(f"{path} is no JSON ({error}). Mend it or remove it.") from None
    if not isinstance(found, dict):
        raise CommandError(f"{path} must hold a JSON object.")
    known = {**found, "api_key": found.get("api_key") or found.get("api_token"), "api_url": found.get("api_url")}
    names = {field.name for field in fields(Connection)}
    return {name: value for name, value in known.items() if name in names and value is not None}


def load(path: Path) -> Connection:
    """Return the connection of a service that was started; raises `CommandError` if there is none."""
    found = read(path)
    if not {"api_url", "api_key"} <= found.keys():
        raise CommandError(f"{path} names no server. Start one with `postil service start`.")
    return Connection(**{"username": "", "password": "", **found})


def save(path: Path, connection: Connection) -> None:
    """Write the file in one step, for the owner's eyes only."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(json.dumps(asdict(connection), indent=2) + "\n")
    fresh.replace(path)


def start(
    path: Path, *, port: int, using: str, data_dir: Path, given: Mapping[str, str | None], image: str
) -> Connection:
    """Start a server unless the file's one answers; returns how to connect. The file is written before it starts."""
    if using not in (EMBEDDED, PIP, DOCKER):
        raise CommandError(f"--using must be {EMBEDDED}, {PIP} or {DOCKER}.")
    known = read(path)
    made = {"username": "owner@example.com", "password": secrets.token_urlsafe(12), "api_key": secrets.token_hex(20)}
    asked = {name: value for name, value in given.items() if value}
    url = known.get("api_url") or f"http://localhost:{port}"
    connection = Connection(**{"using": using, **made, **asked, **known, "api_url": url})
    if is_up(connection):
        return connection
    environment = {
        **os.environ,
        "POSTIL_USERNAME": connection.username,
        "POSTIL_PASSWORD": connection.password,
        "POSTIL_USER_TOKEN": connection.api_key,
    }
    data_dir.mkdir(parents=True, exist_ok=True)
    number = httpx.URL(url).port or 80
    if connection.using == DOCKER:
        connection = replace(connection, pid=0, container=f"postil-service-{number}")
        save(path, connection)
        _run_container(connection, number, data_dir, environment, image)
    else:
        save(path, connection)
        program = _installed(data_dir) if connection.using == PIP else [sys.executable, "-m", "postil"]
        pid = _spawn([*program, "start", "--no-browser", "--port", str(number)], data_dir, environment)
        connection = replace(connection, pid=pid)
        save(path, connection)
    _wait_until_up(connection, data_dir)
    return connection


def _installed(data_dir: Path) -> list[str]:
    """Return the command of a virtual environment of its own with the published package, made on the first call."""
    folder = data_dir / "venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        venv.create(folder, with_pip=True)
        command = [str(python), "-m", "pip", "install", "--quiet", f"postil=={postil.__version__}"]
        if subprocess.run(command, check=False, timeout=PIP_START_S).returncode != 0:
            shutil.rmtree(folder)
            raise CommandError("pip could not install Postil; its reason stands above.")
    return [str(python), "-m", "postil"]


def _spawn(command: list[str], data_dir: Path, environment: Mapping[str, str]) -> int:
    with (data_dir / "service.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            env={**environment, "POSTIL_DATA_DIR": str(data_dir)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return process.pid


def _run_container(
    connection: Connection, port: int, data_dir: Path, environment: Mapping[str, str], image: str
) -> None:
    docker = shutil.which("docker")
    if docker is None:
        raise CommandError("Docker is not installed.")
    names = ("POSTIL_USERNAME", "POSTIL_PASSWORD", "POSTIL_USER_TOKEN")
    passed = [part for name in names for part in ("--env", name)]  # by name: nobody sees the values in a process list
    volume = f"{data_dir.resolve()}:/data"
    command = [docker, "run", "--detach", "--rm", "--name", connection.container, *passed]
    done = subprocess.run(
        [*command, "--publish", f"127.0.0.1:{port}:8080", "--volume", volume, image],
        env=dict(environment), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise CommandError(f"Docker refused: {done.stderr.strip()}")


def is_up(connection: Connection) -> bool:
    """Whether the server answers."""
    try:
        return httpx.get(f"{connection.api_url}/health", timeout=3).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def _wait_until_up(connection: Connection, data_dir: Path) -> None:
    until = time.monotonic() + START_S
    while not is_up(connection):
        if connection.pid and not _is_ours(connection.pid):
            raise CommandError(f"The server ended. Its last words stand in {data_dir / 'service.log'}.")
        if time.monotonic() > until:
            raise CommandError(f"The server does not answer at {connection.api_url} after {START_S:.0f} seconds.")
        time.sleep(LOOK_EVERY_S)


def stop(path: Path) -> bool:
    """Stop the file's server; returns whether it ran. The file stays: the next start uses its account and key."""
    connection = load(path)
    if connection.container:
        docker = shutil.which("docker") or "docker"
        done = subprocess.run([docker, "stop", connection.container], capture_output=True, check=False)
        return done.returncode == 0
    if not connection.pid or not _is_ours(connection.pid):
        return False
    os.kill(connection.pid, signal.SIGTERM)
    until = time.monotonic() + STOP_S
    while _is_ours(connection.pid):
        if time.monotonic() > until:
            raise CommandError(f"The server (process {connection.pid}) does not end.")
        time.sleep(LOOK_EVERY_S)
    save(path, replace(connection, pid=0))
    return True


def _is_ours(pid: int) -> bool:
    """Whether this process is a server of ours: numbers of processes are used again."""
    with contextlib.suppress(ChildProcessError):  # an earlier command started it
        os.waitpid(pid, os.WNOHANG)
    done = subprocess.run(
        [shutil.which("ps") or "ps", "-o", "stat=,command=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    words = done.stdout.split(maxsplit=1)
    return len(words) == 2 and not words[0].startswith("Z") and "postil" in words[1]


def make_test_project(path: Path) -> int:
    """Return the id of the test project with its one task; an earlier one that still exists is used again."""
    connection = load(path)
    if connection.project_id is not None and _call(connection, "GET", f"/api/projects/{connection.project_id}/", None):
        return connection.project_id
    project = _call(connection, "POST", "/api/projects/", {"title": TEST_TITLE, "label_config": TEST_CONFIG})
    number = int(project["id"])
    _call(connection, "POST", f"/api/projects/{number}/import", [TEST_TASK])
    save(path, replace(connection, project_id=number))
    return number


def delete_test_project(path: Path) -> int:
    """Put the test project into the trash and return its id; raises `CommandError` if there is none."""
    connection = load(path)
    if connection.project_id is None:
        raise CommandError("There is no test project. Make one with `postil service test-project`.")
    _call(connection, "DELETE", f"/api/projects/{connection.project_id}/", None)
    save(path, replace(connection, project_id=None))
    return connection.project_id


def _call(connection: Connection, method: str, path: str, body: object) -> Any:
    """Return the answer's JSON; None for something that is gone. Raises `CommandError` for any other refusal."""
    headers = {"Authorization": f"Token {connection.api_key}"}
    try:
        answer = httpx.request(method, connection.api_url + path, json=body, headers=headers, timeout=60)
    except httpx.HTTPError as error:
        raise CommandError(f"{connection.api_url} does not answer: {error}") from None
    if answer.status_code == httpx.codes.NOT_FOUND:
        return None
    if not answer.is_success:
        raise CommandError(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
    return answer.json() if answer.content else None
