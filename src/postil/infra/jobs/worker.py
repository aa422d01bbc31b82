"""The worker: takes jobs one after the other until it is told to stop."""

import logging
import threading

from django.db import DatabaseError, close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker as DatabaseWorker
from django_tasks_db.models import DBTaskResult

from postil.core.clock import monotonic_s
from postil.infra.jobs import chores, engine, liveness
from postil.infra.jobs.loops import start_loops
from postil.infra.jobs.run import interrupt_on, no_longer

logger = logging.getLogger(__name__)
POLL_S = 0.1
RECOVER_EVERY_S = 5.0
CHORES_EVERY_S = 3600.0
TROUBLE_PAUSE_S = 2.0


class _Worker(DatabaseWorker):
    """The engine's worker, ended by an event instead of signals: it runs in a thread of any process."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        super().__init__(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=liveness.identity()[:64],
            excluded_queue_names=[],
        )

    @property
    def running(self) -> bool:
        """Whether to take another job."""
        return not self.stop.is_set()

    @running.setter
    def running(self, _value: bool) -> None:
        """Only the event decides."""


def run_worker(stop: threading.Event) -> None:
    """Run jobs until `stop` is set; the job at hand then goes back into the queue. Blocks; call it in a thread."""
    interrupt_on(stop)
    worker = _Worker(stop)
    loops = start_loops(stop)
    recovered_s = chores_s = float("-inf")
    try:
        while not stop.is_set():
            try:
                close_old_connections()
                if monotonic_s() - recovered_s >= RECOVER_EVERY_S:
                    recovered_s = monotonic_s()
                    engine.recover()
                    engine.push_forgotten()
                if monotonic_s() - chores_s >= CHORES_EVERY_S:
                    chores_s = monotonic_s()
                    chores.do_chores()
                _work(worker, stop)
            except DatabaseError:
                logger.warning("the worker cannot reach the database; it tries again", exc_info=True)
                stop.wait(TROUBLE_PAUSE_S)
    finally:
        no_longer(stop)
        for loop in loops:
            loop.join()
        connections.close_all()


def _work(worker: _Worker, stop: threading.Event) -> None:
    if engine.engine_name() == engine.REDIS:
        from postil.infra.jobs import redis_worker

        redis_worker.work(stop)
        return
    if DBTaskResult.objects.ready().exists():
        worker.run()
    if engine.wake.wait(POLL_S):
        engine.wake.clear()
