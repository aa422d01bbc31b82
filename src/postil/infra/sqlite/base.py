"""Transactions queue for their turn to write, instead of asking SQLite again and again.

SQLite has one writer; who comes second sleeps for longer and longer naps until the first is done. With eight writers
these naps are most of the time. Threads of one process wait for a lock instead, which wakes the next one at once; whose
turn it is looks every few milliseconds whether another process is done. SQLite's own naps grow to a tenth of a second:
who works in short steps with breaks between them would hardly let anybody else in.
"""

import sqlite3
import threading
import time
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

LOOK_EVERY_S = 0.003
_turns: dict[str, threading.Lock] = {}
_making = threading.Lock()


def _turn_of(database: str) -> threading.Lock:
    with _making:
        return _turns.setdefault(database, threading.Lock())


def _is_busy(error: OperationalError) -> bool:
    cause = error.__cause__
    return isinstance(cause, sqlite3.OperationalError) and cause.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that takes its turn when a transaction begins, and gives it up when that ends."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: threading.Lock | None = None

    def _start_transaction_under_autocommit(self) -> None:
        turn = _turn_of(str(self.settings_dict["NAME"]))
        if not turn.acquire(timeout=self.settings_dict["OPTIONS"]["timeout"]):
            raise OperationalError("database is locked")
        self._turn = turn
        try:
            self._begin()
        except BaseException:
            self._give_up_turn()
            raise

    def _begin(self) -> None:
        timeout_s = self.settings_dict["OPTIONS"]["timeout"]
        end = time.monotonic() + timeout_s
        self.connection.execute("PRAGMA busy_timeout=0")
        try:
            while True:
                try:
                    super()._start_transaction_under_autocommit()  # type: ignore[misc] # not in the stubs
                except OperationalError as error:
                    if not _is_busy(error) or time.monotonic() > end:
                        raise
                else:
                    return
                time.sleep(LOOK_EVERY_S)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout={int(timeout_s * 1000)}")

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
            turn.release()
