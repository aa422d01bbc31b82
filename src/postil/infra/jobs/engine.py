"""Runs jobs: the one task that the engine below (Django's tasks) knows, and what becomes of a job.

queued -> running -> completed | failed | cancelled. A job whose process died, stops, or lost its database goes from
running back to queued; the third time it fails.
"""

import logging
import threading
import uuid
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django_tasks import task, task_backends

from postil.core.clock import now
from postil.core.errors import Cancelled, PostilError
from postil.infra.jobs import channel, liveness, specs
from postil.infra.jobs.run import Interrupted, JobRun
from postil.infra.models import Job, JobError, JobState

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 3
DATABASE, REDIS, IMMEDIATE = "DatabaseBackend", "RQBackend", "ImmediateBackend"
wake = threading.Event()


def engine_name() -> str:
    """Return which engine is configured: `DATABASE`, `REDIS` or `IMMEDIATE` (tests)."""
    return type(task_backends["default"]).__name__


@task()
def run_job(job_id: str) -> None:
    """Run the job with this id, if nobody else does."""
    execute(UUID(job_id))


def push(job_id: UUID) -> None:
    """Hand a queued job to the engine: with the transaction that wants it, never before its commit."""
    if engine_name() == DATABASE:
        run_job.enqueue(str(job_id))
        transaction.on_commit(wake.set)
    else:
        transaction.on_commit(lambda: _push_now(job_id))


def _push_now(job_id: UUID) -> None:
    try:
        run_job.enqueue(str(job_id))
    except OSError:  # Redis is away: the row stays queued, and a worker pushes it again
        logger.exception("job %s could not be handed to the queue", job_id)


def execute(job_id: UUID) -> None:
    """Claim and run one job to its end. Safe to call twice: only one caller gets the job."""
    job = _claim(job_id)
    if job is None:
        return
    link = channel.open_channel(job.pk)
    run = JobRun(job.pk, job.created_by_id, link)
    try:
        run.check_cancelled()
        spec, handler = specs.load(job.kind, job.payload)
        result = handler(spec, run)
    except Cancelled:
        _finish(job, run, JobState.CANCELLED)
    except Interrupted:
        _back(job, uncounted=True)
    except PostilError as error:
        _finish(job, run, JobState.FAILED, error=error.detail)
    except (OperationalError, InterfaceError) as error:
        logger.warning("job %s lost its database", job.pk, exc_info=error)
        _back(job, error="The database could not be reached.")
    except Exception:
        error_id = uuid.uuid4()
        logger.exception("job %s (%s) failed, error id %s", job.pk, job.kind, error_id)
        _finish(job, run, JobState.FAILED, error=f"Something went wrong on the server (error id {error_id}).")
    except BaseException:
        _back(job, uncounted=True)
        raise
    else:
        _finish(job, run, JobState.COMPLETED, result=result)
    finally:
        link.close()


def _claim(job_id: UUID) -> Job | None:
    moment = now()
    taken = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
        state=JobState.RUNNING,
        attempts=F("attempts") + 1,
        started_at=moment,
        heartbeat_at=moment,
        worker=liveness.identity(),
        done=0,
    )
    return Job.objects.get(pk=job_id) if taken else None


def _finish(job: Job, run: JobRun, state: JobState, *, error: str = "", result: dict[str, Any] | None = None) -> None:
    """Write the outcome, unless another process has taken the job over meanwhile."""
    with transaction.atomic():
        written = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, worker=job.worker).update(
            state=state,
            error=error,
            result=result or {},
            done=run.done,
            total=run.total,
            error_count=run.error_count,
            finished_at=now(),
        )
        if written:
            JobError.objects.filter(job=job).delete()
            rows = [JobError(job=job, where=e.where[:200], field=e.field[:200], reason=e.reason) for e in run.errors]
            JobError.objects.bulk_create(rows, batch_size=500)


def _back(job: Job, *, error: str = "", uncounted: bool = False) -> None:
    """Put a job back into the queue, or fail it after the last attempt."""
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, worker=job.worker)
    if job.attempts >= MAX_ATTEMPTS and not uncounted:
        mine.update(state=JobState.FAILED, error=error or "The server stopped while this ran.", finished_at=now())
        return
    attempts = F("attempts") - 1 if uncounted else F("attempts")
    with transaction.atomic():
        if mine.update(state=JobState.QUEUED, attempts=attempts, worker="", heartbeat_at=now()):
            push(job.pk)


def recover() -> int:
    """Put jobs of dead processes back into the queue; return how many."""
    lost = [job for job in Job.objects.filter(state=JobState.RUNNING) if not liveness.is_alive(job)]
    for job in lost:
        logger.warning("job %s (%s) lost its process %s", job.pk, job.kind, job.worker)
        _back(job, error=f"The server stopped {MAX_ATTEMPTS} times while this ran.")
    return len(lost)


def push_forgotten() -> None:
    """Push queued jobs again that the engine may have lost; a second copy does nothing."""
    if engine_name() != REDIS:
        return
    limit = now() - liveness.SILENT_FOR
    for job_id in Job.objects.filter(state=JobState.QUEUED, heartbeat_at__lt=limit).values_list("pk", flat=True):
        Job.objects.filter(pk=job_id).update(heartbeat_at=now())
        push(job_id)
