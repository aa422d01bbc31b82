"""Transactions queue for their turn to write, instead of asking SQLite again and again.

SQLite has one writer; who comes second sleeps for longer and longer naps until the first is done. With eight writers
these naps are most of the time. Threads of one process wait for a lock instead, which wakes the next one at once; whose
turn it is looks every few milliseconds whether another process is done. SQLite's own naps grow to a tenth of a second:
who works in short steps with breaks between them would hardly let anybody else in. Who waits says so, to threads by a
number and to processes by a lock on a file, so that such work breaks off only for somebody.
"""

import fcntl
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

LOOK_EVERY_S = 0.003


class Turn:
    """The right of a thread to write to a database, and how many threads of this process wait for it."""

    def __init__(self, database: str) -> None:
        self.waiting = 0
        self._note = Path(f"{database}-waiting")
        self._lock = threading.Lock()
        self._counting = threading.Lock()

    def take(self, timeout_s: float) -> bool:
        """Wait for the turn; whether it came in time."""
        if self._lock.acquire(blocking=False):
            return True
        with self._counting:
            self.waiting += 1
        try:
            return self._lock.acquire(timeout=timeout_s)
        finally:
            with self._counting:
                self.waiting -= 1

    def give_up(self) -> None:
        """Let the next one have it."""
        self._lock.release()

    @contextmanager
    def announced(self) -> Iterator[None]:
        """Let other processes know that this one waits for them."""
        with self._note.open("ab") as note:
            fcntl.flock(note, fcntl.LOCK_SH)
            yield

    def is_wanted(self) -> bool:
        """Whether a thread or another process waits."""
        if self.waiting:
            return True
        with self._note.open("ab") as note:
            try:
                fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False


_turns: dict[str, Turn] = {}
_making = threading.Lock()


def turn_of(database: str) -> Turn:
    """Return the turn of a database file, the same for all threads."""
    with _making:
        return _turns.setdefault(database, Turn(database))


def _is_busy(error: OperationalError) -> bool:
    cause = error.__cause__
    return isinstance(cause, sqlite3.OperationalError) and cause.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that takes its turn when a transaction begins, and gives it up when that ends."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: Turn | None = None

    def _start_transaction_under_autocommit(self) -> None:
        turn = turn_of(str(self.settings_dict["NAME"]))
        if not turn.take(self.settings_dict["OPTIONS"]["timeout"]):
            raise OperationalError("database is locked")
        self._turn = turn
        try:
            self._begin(turn)
        except BaseException:
            self._give_up_turn()
            raise

    def _begin(self, turn: Turn) -> None:
        timeout_s = self.settings_dict["OPTIONS"]["timeout"]
        self.connection.execute("PRAGMA busy_timeout=0")
        try:
            if not self._can_begin():
                with turn.announced():
                    self._begin_until(time.monotonic() + timeout_s)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout={int(timeout_s * 1000)}")

    def _begin_until(self, end_s: float) -> None:
        time.sleep(LOOK_EVERY_S)
        while not self._can_begin(must=time.monotonic() > end_s):
            time.sleep(LOOK_EVERY_S)

    def _can_begin(self, *, must: bool = False) -> bool:
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc] # not in the stubs
        except OperationalError as error:
            if must or not _is_busy(error):
                raise
            return False
        return True

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc] # not in the stubs
        self._give_up_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc] # not in the stubs
        finally:
            self._give_up_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc] # not in the stubs
        finally:
            self._give_up_turn()

    def _give_up_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.give_up()
