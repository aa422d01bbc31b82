"""Storages as Label Studio's JSON, and annotations as the objects of targets."""

from collections.abc import Iterable
from typing import Any, cast

from postil.core.clock import iso
from postil.infra.models import Job, JobState
from postil.storages import shapes
from postil.storages.enums import UNDER_WAY, SyncStatus
from postil.storages.models import Storage
from postil.storages.queries import write_counts
from postil.storages.stores import provider_of, secret_names, secrets_set
from postil.tasks import queries
from postil.tasks.documents import full_annotation_json, moment, stored_task_json
from postil.tasks.models import Annotation, Task

Row = dict[str, Any]
COMMON = ("title", "description", "regex_filter", "use_blob_urls")


def storages_json(storages: Iterable[Storage]) -> list[shapes.Storage]:
    """Return storages as the API shows them; the number of statements is fixed."""
    listed = list(storages)
    counts = write_counts(listed)
    running = [storage.last_sync_job for storage in listed if storage.status in UNDER_WAY and storage.last_sync_job]
    jobs = {job.pk: job for job in Job.objects.filter(pk__in=running)} if running else {}
    return [_storage_json(storage, counts.get(storage.pk, (0, 0)), jobs) for storage in listed]


def storage_json(storage: Storage) -> shapes.Storage:
    """Return one storage as the API shows it."""
    return storages_json([storage])[0]


def _storage_json(storage: Storage, counts: tuple[int, int], jobs: dict[Any, Job]) -> shapes.Storage:
    status, error = _status(storage, jobs)
    hidden = secret_names(storage.kind)
    shown = {
        "id": storage.pk,
        "type": storage.kind,
        "synchronizable": storage.is_synchronizable,
        "project": storage.project_id,
        "created_at": iso(storage.created_at),
        "status": status,
        "traceback": error or None,
        "meta": storage.meta,
        "last_sync": moment(storage.last_sync_at),
        "last_sync_count": storage.last_sync_count,
        "last_sync_job": str(storage.last_sync_job) if storage.last_sync_job else None,
        "sync_every": storage.sync_every_minutes,
        "next_sync_at": moment(storage.next_sync_at),
        "secrets_set": secrets_set(storage),
        **{name: getattr(storage, name) for name in COMMON},
        **{
            name: storage.params.get(name)
            for name in provider_of(storage.kind).params.model_fields
            if name not in hidden
        },
    }
    if storage.is_target:
        own = {
            "can_delete_objects": storage.can_delete_objects,
            "export_format": storage.export_format,
            "waiting_count": counts[0],
            "failed_count": counts[1],
        }
    else:
        own = {
            "presign": storage.presign,
            "presign_ttl": storage.presign_ttl_minutes,
            "recursive_scan": storage.recursive_scan,
        }
    return cast("shapes.Storage", {**shown, **own})  # with the parameters of its kind


def _status(storage: Storage, jobs: dict[Any, Job]) -> tuple[str, str | None]:
    """Return the status; that of a sync whose job ended without a word is failed, with the job's reason."""
    job = jobs.get(storage.last_sync_job)
    if job is not None and job.state in {JobState.FAILED, JobState.CANCELLED}:
        return SyncStatus.FAILED, job.error or "The sync was stopped."
    return storage.status, storage.error


def annotation_documents(ids: Iterable[int]) -> dict[int, Row]:
    """Return annotations with their task and author in full, by id; those in the trash are left out."""
    rows = list(queries.annotation_rows(Annotation.objects.filter(pk__in=list(ids), task__deleted_at=None)))
    task_ids = {row["task_id"] for row in rows}
    tasks = {row["id"]: stored_task_json(row) for row in queries.task_rows(Task.objects.filter(pk__in=task_ids))}
    return {
        row["id"]: {**full_annotation_json(row), "task": tasks[row["task_id"]], "completed_by": _author(row)}
        for row in rows
        if row["task_id"] in tasks
    }


def _author(row: Row) -> Row | None:
    if not row["completed_by_id"]:
        return None
    return {
        "id": row["completed_by_id"],
        "email": row["email"],
        "first_name": row["first_name"],
        "last_name": row["last_name"],
    }
