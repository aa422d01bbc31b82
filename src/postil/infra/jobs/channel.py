"""How a running job and its watchers reach each other while the handler holds a transaction open.

On SQLite there is one writer, and it is the handler: progress and the wish to cancel are small files in the data
folder. On PostgreSQL they are columns of the job, written on a connection of their own, together with the heartbeat.
"""

import json
import threading
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from postil.core.clock import now
from postil.infra.db import is_postgres
from postil.infra.models import Job

BEAT_EVERY_S = 10.0


class Channel(Protocol):
    """The side of the job."""

    def write_progress(self, done: int, total: int | None) -> None:
        """Show how far the work is."""

    def is_cancel_asked(self) -> bool:
        """Whether somebody wants the job to stop."""

    def close(self) -> None:
        """Give back what the channel holds."""


def open_channel(job_id: UUID) -> Channel:
    """Return the channel for a job that is about to run."""
    return DatabaseChannel(job_id) if is_postgres() else FileChannel(job_id)


def ask_cancel(job_id: UUID) -> None:
    """Say that the job should stop; never waits for the job's transaction."""
    if is_postgres():
        Job.objects.filter(pk=job_id).update(is_cancel_requested=True)
    else:
        _folder().joinpath(f"{job_id}.cancel").touch(mode=0o600)


def is_cancel_asked(job_id: UUID) -> bool:
    """Whether somebody wants the job to stop; for one that does not run yet."""
    if is_postgres():
        return Job.objects.filter(pk=job_id, is_cancel_requested=True).exists()
    return _folder().joinpath(f"{job_id}.cancel").exists()


def live_progress(job_id: UUID) -> tuple[int, int | None] | None:
    """Return what a running job last showed beside the database, or None."""
    if is_postgres():
        return None
    try:
        done, total = json.loads(_folder().joinpath(f"{job_id}.progress").read_text())
    except (OSError, ValueError):
        return None
    return done, total


def clear(job_id: UUID) -> None:
    """Remove what a job left beside the database."""
    for ending in ("progress", "cancel"):
        _folder().joinpath(f"{job_id}.{ending}").unlink(missing_ok=True)


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "jobs"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


class FileChannel:
    """Progress and cancel as files."""

    def __init__(self, job_id: UUID) -> None:
        self._progress = _folder() / f"{job_id}.progress"
        self._cancel = _folder() / f"{job_id}.cancel"

    def write_progress(self, done: int, total: int | None) -> None:
        """Replace the file in one step, so that a reader never sees half of it."""
        fresh = self._progress.with_suffix(f".{uuid4().hex}")
        try:
            fresh.write_text(json.dumps([done, total]))
            fresh.replace(self._progress)
        except OSError:  # a full disk must not end the work: the number is only shown
            fresh.unlink(missing_ok=True)

    def is_cancel_asked(self) -> bool:
        """Look for the file."""
        return self._cancel.exists()

    def close(self) -> None:
        """Remove both files."""
        self._progress.unlink(missing_ok=True)
        self._cancel.unlink(missing_ok=True)


class DatabaseChannel:
    """Progress, cancel and heartbeat on a second connection, which a thread keeps beating."""

    def __init__(self, job_id: UUID) -> None:
        self._job_id = job_id
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._connection: BaseDatabaseWrapper = connection.copy()
        self._connection.inc_thread_sharing()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat-{job_id}", daemon=True)
        self._thread.start()

    def write_progress(self, done: int, total: int | None) -> None:
        """Write the numbers and the heartbeat."""
        sql = "UPDATE infra_job SET done = %s, total = %s, heartbeat_at = %s WHERE id = %s"
        self._execute(sql, [done, total, now(), self._job_id])

    def is_cancel_asked(self) -> bool:
        """Read the column as others see it."""
        rows = self._execute("SELECT is_cancel_requested FROM infra_job WHERE id = %s", [self._job_id])
        return bool(rows and rows[0][0])

    def close(self) -> None:
        """Stop the heartbeat and close the connection."""
        self._over.set()
        self._thread.join()
        with self._lock:
            self._connection.close()

    def _beat(self) -> None:
        while not self._over.wait(BEAT_EVERY_S):
            self._execute("UPDATE infra_job SET heartbeat_at = %s WHERE id = %s", [now(), self._job_id])

    def _execute(self, sql: str, values: list[Any]) -> list[tuple[object, ...]]:
        with self._lock:
            try:
                with self._connection.cursor() as cursor:
                    cursor.execute(sql, values)
                    return list(cursor.fetchall()) if cursor.description else []
            except DatabaseError:  # the handler will meet the same trouble and say so
                self._connection.close()
                return []
