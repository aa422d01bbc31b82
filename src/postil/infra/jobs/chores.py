"""Housekeeping: what the worker does once an hour. Each chore is logged when it fails and tried again the next time."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django_tasks_db.models import DBTaskResult

from postil.core.clock import now
from postil.infra import idempotency
from postil.infra.jobs.queue import ENDED
from postil.infra.models import Job

logger = logging.getLogger(__name__)
JOBS_KEPT = timedelta(days=30)
ENGINE_ROWS_KEPT = timedelta(days=1)
_chores: list[Callable[[], object]] = []


def register_chore(chore: Callable[[], object]) -> None:
    """Let the worker call `chore` once an hour; wiring twice is the same as once."""
    if chore not in _chores:
        _chores.append(chore)


def do_chores() -> None:
    """Call every chore."""
    for chore in (prune_jobs, idempotency.forget_old, *_chores):
        try:
            chore()
        except Exception:
            logger.exception("the chore %s failed", getattr(chore, "__qualname__", chore))


def prune_jobs() -> None:
    """Delete jobs that ended long ago, and what the engine keeps of yesterday's."""
    Job.objects.filter(state__in=ENDED, finished_at__lt=now() - JOBS_KEPT).delete()
    running = set(Job.objects.exclude(state__in=ENDED).values_list("pk", flat=True))
    old = DBTaskResult.objects.filter(enqueued_at__lt=now() - ENGINE_ROWS_KEPT)
    for row in old.iterator():
        if row.args_kwargs["args"][0] not in {str(job_id) for job_id in running}:
            row.delete()
