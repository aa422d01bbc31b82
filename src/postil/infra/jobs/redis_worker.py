"""The worker on Redis: RQ's own, without its signal handlers, so that it runs in a thread."""

import threading

import django_rq
from django_tasks_rq import Job
from redis.exceptions import RedisError
from rq.timeouts import TimerDeathPenalty
from rq.worker import SimpleWorker

IDLE_S = 1
TROUBLE_PAUSE_S = 2.0


class _Worker(SimpleWorker):
    death_penalty_class = TimerDeathPenalty

    def _install_signal_handlers(self) -> None:
        """Leave signals to the process."""


def work(stop: threading.Event) -> None:
    """Run one job, or wait for one for a second at most; so that a stop is seen between two jobs."""
    try:
        queue = django_rq.get_queue("default", job_class=Job)
        worker = _Worker([queue], connection=queue.connection, job_class=Job)
        worker.work(burst=False, max_idle_time=IDLE_S, max_jobs=1, logging_level="WARNING")
    except RedisError:
        stop.wait(TROUBLE_PAUSE_S)
