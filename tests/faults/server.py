"""A real server in a process of its own, for tests that stop, kill and start it again."""

import atexit
import functools
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

START_S = 45
STOP_S = 15


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`postil start` with one data folder and one port; the port stays the same over restarts."""

    def __init__(self, environment: dict[str, str], *, python: str = sys.executable) -> None:
        self.environment = dict(environment)
        self._python = python
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.output = ""
        self.code: int | None = None
        self.seconds_to_health = 0.0
        self._process: subprocess.Popen[str] | None = None

    @property
    def pid(self) -> int:
        """The parent process."""
        assert self._process is not None
        return self._process.pid

    @contextmanager
    def running(self, *arguments: str) -> Iterator[None]:
        """Start, and stop in order at the end."""
        self.start(*arguments)
        try:
            yield
        finally:
            self.stop()

    def start(self, *arguments: str) -> None:
        """Start and wait for /health and for the worker."""
        command = [self._python, "-m", "postil", "start", "--no-browser", "--port", str(self.port), *arguments]
        began = time.monotonic()
        self._process = subprocess.Popen(
            command, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True,
        )  # fmt: skip
        try:
            self._await_health(began)
            self.worker()
        except BaseException:  # whoever asked gets no server to stop
            self.kill()
            raise

    def _await_health(self, began: float) -> None:
        assert self._process is not None
        while not self._answers():
            assert self._process.poll() is None, self._process.stdout.read() if self._process.stdout else ""
            assert time.monotonic() < began + START_S, "the server does not answer"
            select.select([], [], [], 0.02)
        self.seconds_to_health = time.monotonic() - began

    def read(self, path: str) -> bytes:
        """Return the body of an address that needs no account."""
        with urlopen(self.url + path, timeout=10) as answer:
            return bytes(answer.read())

    def stop(self) -> None:
        """Ask for an orderly stop; keep what was printed and the exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        self.wait()

    def kill(self) -> None:
        """Kill the parent at once; its children follow."""
        assert self._process is not None
        self._process.kill()
        self.wait()

    def wait(self) -> None:
        """Wait for the end of the parent."""
        assert self._process is not None
        self.output, _nothing = self._process.communicate(timeout=STOP_S)
        self.code = self._process.returncode

    def children(self) -> list[int]:
        """Return the processes that the parent started."""
        threads = Path(f"/proc/{self.pid}/task").iterdir()
        return sorted({child for thread in threads for child in children_of(thread)})

    def worker(self, *, other_than: int = 0) -> int:
        """Return the process of the worker, as soon as there is one."""
        deadline = time.monotonic() + START_S
        while True:
            for child in self.children():
                if child != other_than and b"\0worker\0" in command_of(child):
                    return child
            assert time.monotonic() < deadline, "there is no worker"
            select.select([], [], [], 0.02)

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


def cpu_seconds(pid: int) -> float:
    """Return how long a process has had the processor for."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def children_of(thread: Path) -> list[int]:
    """Return the processes that a thread started, nothing for a thread that has ended meanwhile."""
    try:
        return [int(child) for child in (thread / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def command_of(pid: int) -> bytes:
    """Return the command line of a process, nothing for one that is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def prepared_environment_for(folder: Path) -> dict[str, str]:
    """Return the environment of an installation on SQLite in `folder`, whose tables are there already."""
    prepare(folder)
    return environment_for(folder)


def prepare(folder: Path) -> None:
    """Make the data folder of an installation in which nobody worked yet."""
    shutil.copytree(_empty_installation(), folder)


def environment_for(folder: Path) -> dict[str, str]:
    """Return the environment of an installation on SQLite in `folder`, which may be yet to make."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("POSTIL_", "LABEL_STUDIO_"))}
    plain.pop("PYTHONDONTWRITEBYTECODE", None)  # every start would compile everything anew
    return {**plain, "POSTIL_DATA_DIR": str(folder), "COLUMNS": "200"}


@functools.cache
def _empty_installation() -> Path:
    """Return a data folder for copying: to make the tables takes longer than most tests."""
    parent = Path(tempfile.mkdtemp(prefix="postil-empty-"))
    atexit.register(shutil.rmtree, parent, ignore_errors=True)
    made = parent / "data"
    command = [sys.executable, "-m", "postil", "migrate"]
    subprocess.run(command, env=environment_for(made), check=True, stdout=subprocess.DEVNULL)
    return made
