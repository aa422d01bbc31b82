"""Fixtures for tests of the command line: each command runs as a process with a data folder of its own."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.server import environment_for, prepare

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a fresh installation on SQLite."""
    return {**environment_for(tmp_path / "data"), "POSTIL_SQLITE_SYNCHRONOUS": "OFF"}


@pytest.fixture
def postil(environment: dict[str, str]) -> Run:
    """A function that runs one command to its end."""

    def run(*arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "postil", *arguments]
        return subprocess.run(
            command, env={**environment, **more}, capture_output=True, text=True, timeout=60, check=False, input=""
        )

    return run


@pytest.fixture
def owned(postil: Run, environment: dict[str, str]) -> Run:
    """The same, with an owner who has an account."""
    prepare(Path(environment["POSTIL_DATA_DIR"]))
    done = postil("user", "create", "owner@example.com", "--role", "owner", POSTIL_PASSWORD="correct horse 9")
    assert (done.returncode, done.stdout) == (0, "Made owner@example.com, owner.\n"), done.stderr
    return postil
