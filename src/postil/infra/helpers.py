"""Threads that wait for other servers, and that nobody waits for when the process ends.

The standard library's pools are joined at the end of a process: one call that hangs would hold up an orderly stop. What
these threads do must be safe to be cut off anywhere, and done again later.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")
A = TypeVar("A")
_Work = tuple["Future[Any]", Callable[[], Any]]


class Helpers:
    """At most `count` threads, started when they are needed; they end with `close`, or with the process."""

    def __init__(self, count: int, name: str) -> None:
        self._count = count
        self._name = name
        self._work: SimpleQueue[_Work | None] = SimpleQueue()
        self._idle = threading.Semaphore(0)
        self._lock = threading.Lock()
        self._started = 0

    def __enter__(self) -> "Helpers":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def submit(self, act: Callable[..., T], *arguments: Any) -> "Future[T]":
        """Have something done; returns at once."""
        done: Future[T] = Future()
        self._work.put((done, lambda: act(*arguments)))
        if not self._idle.acquire(blocking=False):
            with self._lock:
                if self._started < self._count:
                    self._started += 1
                    threading.Thread(target=self._run, name=f"{self._name}-{self._started}", daemon=True).start()
        return done

    def map(self, act: Callable[[A], T], items: Iterable[A]) -> Iterator[T]:
        """Do something with each item, side by side; yields the results in the order of the items."""
        started = [self.submit(act, item) for item in items]
        return (done.result() for done in started)

    def close(self) -> None:
        """Start no more; what is under way or waits goes on."""
        with self._lock:
            for _ in range(self._started):
                self._work.put(None)

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            done, act = work
            if done.set_running_or_notify_cancel():
                try:
                    done.set_result(act())
                except BaseException as error:
                    done.set_exception(error)
            del work, done, act
            self._idle.release()
