"""What a handler sees of its job: progress, cancel, errors about single items."""

import threading
from typing import Protocol
from uuid import UUID

from postil.core.clock import monotonic_s
from postil.core.errors import Cancelled
from postil.core.result import ItemError
from postil.infra.jobs.channel import Channel

WRITE_EVERY_S = 0.5
CHECK_EVERY_S = 0.25
MAX_ERRORS = 1_000


class Interrupted(Exception):
    """The process is about to stop: the job goes back into the queue."""


class Run(Protocol):
    """What handlers may call; the same for a job and for work done inside a request."""

    errors: list[ItemError]
    error_count: int

    def progress(self, done: int, total: int | None = None) -> None:
        """Say how far the work is; cheap enough for each item. Raises `Cancelled` like `check_cancelled`."""

    def check_cancelled(self) -> None:
        """Raise `Cancelled` if a person stopped the job, so that the handler's transaction is rolled back."""

    def item_error(self, error: ItemError) -> None:
        """Note one item that could not be taken; the first thousand are kept, all are counted."""


class NullRun:
    """For work done inside the request: nobody watches or cancels; errors are collected."""

    def __init__(self) -> None:
        self.errors: list[ItemError] = []
        self.error_count = 0

    def progress(self, done: int, total: int | None = None) -> None:
        """Do nothing."""

    def check_cancelled(self) -> None:
        """Do nothing."""

    def item_error(self, error: ItemError) -> None:
        """Collect the error."""
        self.error_count += 1
        if len(self.errors) < MAX_ERRORS:
            self.errors.append(error)


class JobRun(NullRun):
    """A running job. Progress goes out by its own way, so it is seen while the handler's transaction is open."""

    def __init__(self, job_id: UUID, user_id: int | None, channel: Channel) -> None:
        super().__init__()
        self.job_id = job_id
        self.user_id = user_id
        self.done = 0
        self.total: int | None = None
        self._channel = channel
        self._written_s = self._checked_s = float("-inf")

    def progress(self, done: int, total: int | None = None) -> None:
        """Remember the numbers and show them at most twice a second."""
        self.done = done
        self.total = total if total is not None else self.total
        moment = monotonic_s()
        if moment - self._written_s >= WRITE_EVERY_S:
            self._written_s = moment
            self._channel.write_progress(self.done, self.total)
        self.check_cancelled()

    def check_cancelled(self) -> None:
        """Raise `Cancelled` when a person stopped the job, `Interrupted` when the process stops."""
        if any(stop.is_set() for stop in _stops):
            raise Interrupted
        moment = monotonic_s()
        if moment - self._checked_s >= CHECK_EVERY_S:
            self._checked_s = moment
            if self._channel.is_cancel_asked():
                raise Cancelled


_stops: list[threading.Event] = []


def interrupt_on(stop: threading.Event) -> None:
    """Make running jobs of this process go back into the queue once `stop` is set."""
    _stops[:] = [known for known in _stops if not known.is_set()] + [stop]


def no_longer(stop: threading.Event) -> None:
    """Undo `interrupt_on`."""
    _stops[:] = [known for known in _stops if known is not stop]
