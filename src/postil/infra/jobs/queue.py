"""Asking for work, watching it, stopping it."""

import time
from uuid import UUID

from django.db import DatabaseError, connection, models

from postil.core.clock import iso, monotonic_s, now
from postil.infra import shapes
from postil.infra.db import let_go, without_waiting
from postil.infra.jobs import channel, engine, specs
from postil.infra.models import Job, JobState

ENDED = (JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED)
LOOK_EVERY_S = 0.05


def enqueue(
    spec: object,
    *,
    who: models.Model | None,
    organization_id: int | None,
    project_id: int | None = None,
    unit: str = "tasks",
) -> Job:
    """Put work into the queue, inside the caller's transaction: it runs once that is committed.

    `who` is the person who asked for it.
    """
    job = Job.objects.create(
        kind=specs.kind_of(type(spec)),
        payload=specs.payload_of(spec),
        created_by_id=who.pk if who is not None else None,
        organization_id=organization_id,
        project_id=project_id,
        unit=unit,
        heartbeat_at=now(),
    )
    engine.push(job.pk)
    return job


def runs_at_once() -> bool:
    """Whether jobs run where they are asked for, as in tests: then nothing goes on in the background."""
    return engine.engine_name() == engine.IMMEDIATE


def wait(job: Job, timeout_s: float) -> Job:
    """Return the job as it is once it ended, or after `timeout_s`. Call it outside of any transaction."""
    if engine.engine_name() == engine.IMMEDIATE:
        engine.execute(job.pk)
    deadline = monotonic_s() + timeout_s
    fresh = Job.objects.get(pk=job.pk)
    while fresh.state not in ENDED and monotonic_s() < deadline and not connection.in_atomic_block:
        time.sleep(LOOK_EVERY_S)
        fresh = Job.objects.get(pk=job.pk)
    return fresh


def cancel(job_id: UUID) -> Job:
    """Stop a job: at once if it is queued, soon if it runs. One that ended stays as it is."""
    job = Job.objects.get(pk=job_id)
    if job.state in ENDED:
        return job
    channel.ask_cancel(job_id)
    try:
        with without_waiting():
            ended = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
                state=JobState.CANCELLED, finished_at=now()
            )
    except DatabaseError as error:  # somebody writes for long; the wish is noted and found when the job's turn comes
        let_go(error)
        ended = 0
    if ended:
        channel.clear(job_id)
    return Job.objects.get(pk=job_id)


def job_json(job: Job) -> shapes.Job:
    """Return a job as the API shows it; `created_by` is an id. A running one has its newest progress."""
    live = channel.live_progress(job.pk) if job.state == JobState.RUNNING else None
    done, total = live or (job.done, job.total)
    return {
        "id": str(job.pk),
        "kind": job.kind,
        "title": job.payload.get("title", ""),
        "project": job.project_id,
        "state": job.state,
        "progress": {"done": done, "total": total, "unit": job.unit},
        "error": job.error,
        "error_count": job.error_count,
        "result": job.result,
        "created_at": iso(job.created_at),
        "started_at": iso(job.started_at) if job.started_at else None,
        "finished_at": iso(job.finished_at) if job.finished_at else None,
        "created_by": job.created_by_id,
    }
