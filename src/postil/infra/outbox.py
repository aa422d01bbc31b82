"""Sending what is owed: rows of an outbox go out in lanes, one lane for each receiver.

A row is written in the transaction of what happened. A lane serves one receiver at a time, so that a dead receiver
delays nobody. The server sends at once what its own requests owe (`Outlet`); the worker sends what is due again, and
what a killed server left (`keep_sending`). Leases in the rows keep them from sending the same.
"""

import threading
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, wait
from typing import Generic, TypeVar

from django.db import connection

from postil.infra.db import quick_commits
from postil.infra.helpers import Helpers
from postil.infra.jobs import runs_at_once

LANES = 16
POLL_S = 0.3
PACE_S = 0.05
MOST_HANDED = 2_000
LAST_CALLS_S = 2.0
T = TypeVar("T")


class Lanes(Generic[T]):
    """Knows which receivers are being served just now.

    `due` gives rows whose time has come, without those of the receivers it is handed; `receiver_of` says whose a row
    is; `run` sends the rows of one receiver and returns how many it tried.
    """

    def __init__(
        self,
        name: str,
        *,
        due: Callable[[Collection[int]], Sequence[T]],
        receiver_of: Callable[[T], int],
        run: Callable[[Sequence[T]], int],
    ) -> None:
        self._due = due
        self._receiver_of = receiver_of
        self._send = run
        self._pool = Helpers(LANES, name)
        self._busy: set[int] = set()
        self._running: set[Future[int]] = set()

    def start_due(self) -> list[Future[int]]:
        """Start a lane for every idle receiver that is owed something; never waits for one."""
        lanes: dict[int, list[T]] = defaultdict(list)
        for row in self._due(self._busy.copy()):
            lanes[self._receiver_of(row)].append(row)
        return [self._start(receiver, rows) for receiver, rows in lanes.items()]

    def close(self) -> None:
        """Start no more, and give the running calls a moment to finish; what is cut off is due again later."""
        self._pool.close()
        wait(self._running, timeout=LAST_CALLS_S)

    def _start(self, receiver: int, rows: Sequence[T]) -> Future[int]:
        self._busy.add(receiver)
        lane = self._pool.submit(self._run, rows)
        self._running.add(lane)
        lane.add_done_callback(lambda _lane: self._busy.discard(receiver))
        lane.add_done_callback(self._running.discard)
        return lane

    def _run(self, rows: Sequence[T]) -> int:
        # A note that is lost when the power fails is a call that goes out twice: receivers are ready for that.
        with quick_commits():
            return self._send(rows)


class Handed(Generic[T]):
    """Rows that the requests of this process owe, in memory: nobody need look for them in the table.

    Only the newest are kept, should a receiver hang for long; the worker sends the others when their lease ends.
    """

    def __init__(self, receiver_of: Callable[[T], int]) -> None:
        self._receiver_of = receiver_of
        self._rows: deque[T] = deque(maxlen=MOST_HANDED)
        self._lock = threading.Lock()

    def put(self, rows: Collection[T]) -> None:
        """Have these rows sent when their receivers are idle."""
        with self._lock:
            self._rows.extend(rows)

    def take(self, busy: Collection[int]) -> Sequence[T]:
        """Return the rows of idle receivers, oldest first, and forget them."""
        with self._lock:
            taken = [row for row in self._rows if self._receiver_of(row) not in busy]
            left = [row for row in self._rows if self._receiver_of(row) in busy]
            self._rows.clear()
            self._rows.extend(left)
        return taken


def keep_sending(lanes: Lanes[T], stop: threading.Event) -> None:
    """Send what is owed until `stop` is set; closes the lanes."""
    try:
        while not stop.is_set():
            if not lanes.start_due():
                stop.wait(POLL_S)
    finally:
        lanes.close()


class Outlet(Generic[T]):
    """Sends at once what the requests of this process owe; its thread starts with the first of them.

    What comes right after goes out together a moment later: one look and one note for many cost no more than for one.
    """

    def __init__(self, name: str, make: Callable[[], Lanes[T]]) -> None:
        self._name = name
        self._make = make
        self._wanted = threading.Event()
        self._hurry = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def open(self, *, is_awaited: bool = False) -> None:
        """Have what is owed sent now, without the pause if somebody waits for it. Call it after the commit."""
        if runs_at_once():
            return  # tests send by themselves
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
        self._wanted.set()
        if is_awaited:
            self._hurry.set()

    def _run(self) -> None:
        lanes = self._make()
        while True:
            self._wanted.wait()
            self._wanted.clear()
            self._hurry.clear()
            try:
                started = lanes.start_due()
            finally:
                connection.close()
            for lane in started:
                # What came meanwhile for this receiver had to wait for its lane.
                lane.add_done_callback(lambda _lane: self._wanted.set())
            self._hurry.wait(PACE_S)
