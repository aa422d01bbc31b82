"""Whether a process that took a job still lives: it holds a lock on a file, which the kernel lets go when it dies.

For processes on other machines, whose locks cannot be seen, the heartbeat of the job counts.
"""

import fcntl
import os
import secrets
import socket
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from postil.core.clock import now
from postil.infra.models import Job

SILENT_FOR = timedelta(seconds=60)
_locks: dict[int, tuple[str, int]] = {}  # of this process; a forked child makes its own


def identity() -> str:
    """Return the name of this process among workers; the first call takes its lock."""
    pid = os.getpid()
    known = _locks.pop(pid, None)
    if known is not None and _file_of(known[0]).exists():
        _locks[pid] = known
        return known[0]
    if known is not None:
        os.close(known[1])
    name = f"{socket.gethostname()[:40]}-{pid}-{secrets.token_hex(4)}"
    handle = os.open(_file_of(name), os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(handle, fcntl.LOCK_EX)
    _locks[pid] = (name, handle)
    return name


def is_alive(job: Job) -> bool:
    """Whether the process that runs this job still lives."""
    path = _file_of(job.worker)
    try:
        handle = path.open("r+")
    except FileNotFoundError:
        beaten = job.heartbeat_at
        return beaten is not None and now() - beaten < SILENT_FOR
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    path.unlink(missing_ok=True)
    return False


def _file_of(name: str) -> Path:
    folder = Path(settings.DATA_DIR) / "workers"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"{name or 'nobody'}.lock"
