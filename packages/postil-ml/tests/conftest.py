"""A labeling server and model servers in processes of their own."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from tests.faults.server import Server, free_port, prepared_environment_for

from postil_client import Client

ROOT = Path(__file__).resolve().parents[3]
TOKEN = "0123456789abcdef0123456789abcdef01234567"
SOURCES = [ROOT / "packages/postil-client/src", ROOT / "packages/postil-ml/src"]
PATIENCE_S = 60


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client of a labeling server that may reach this machine's model servers."""
    folder: Path = tmp_path_factory.mktemp("labels") / "data"
    server = Server({**prepared_environment_for(folder), "POSTIL_ALLOWED_PRIVATE_HOSTS": "127.0.0.1"})
    server.environment["POSTIL_BASE_URL"] = server.url
    owner = ("--username", "owner@example.com", "--password", "correct horse 9", "--user-token", TOKEN)
    with server.running(*owner), Client(server.url, TOKEN) as made:
        yield made


@pytest.fixture
def start_model(tmp_path: Path) -> Iterator[Callable[[Path], str]]:
    """A function that starts the model server of a folder and returns its address."""
    running: list[subprocess.Popen[bytes]] = []

    def start(folder: Path) -> str:
        port = free_port()
        command = [sys.executable, "-m", "postil_ml.cli", "start", str(folder), "--port", str(port)]
        path = os.pathsep.join(map(str, SOURCES))
        process = subprocess.Popen([*command, "--data", str(tmp_path / "data")], env={**os.environ, "PYTHONPATH": path})
        running.append(process)
        url = f"http://127.0.0.1:{port}"
        until = time.monotonic() + PATIENCE_S
        while not _answers(url):
            assert process.poll() is None, "the model server ended"
            assert time.monotonic() < until, "the model server does not answer"
        return url

    yield start
    for process in running:
        process.terminate()
        process.wait(10)


def _answers(url: str) -> bool:
    try:
        with urlopen(f"{url}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
