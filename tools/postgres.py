"""A PostgreSQL server of our own in a temporary folder, for tests and benches."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from system_deps import find

USER = "postil"
# A test server may forget everything in a power cut.
FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
SAFE = "-c synchronous_commit=on"


class NoPostgresError(Exception):
    """PostgreSQL's programs are not installed."""


@contextmanager
def server(*, safe: bool = False, keep: Path | None = None) -> Iterator[str]:
    """Start a server and yield the address of a database: an empty one, removed at the end, or the one in `keep`."""
    if find("initdb") is None:
        raise NoPostgresError("PostgreSQL is not installed; run python tools/system_deps.py")
    folder = keep or Path(tempfile.mkdtemp(prefix="postil-pg-"))
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        data = folder / "data"
        is_new = not (data / "PG_VERSION").exists()
        if is_new:
            run(
                folder, "initdb", "-D", str(data), "-U", USER, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8",
                "--no-sync",
            )  # fmt: skip
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=60 {SAFE if safe else FAST}"
        run(folder, "pg_ctl", "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start")
        try:
            if is_new:
                run(folder, "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", USER, "postil")
            yield f"postgresql://{USER}@127.0.0.1:{port}/postil"
        finally:
            run(folder, "pg_ctl", "-D", str(data), "-m", "fast" if keep else "immediate", "stop")
    finally:
        if keep is None:
            shutil.rmtree(folder, ignore_errors=True)


def run(folder: Path, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; it refuses to run as root."""
    path = find(program) or program
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run(
        [*prefix, path, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    )


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
