"""Reacts to events and jobs: owes annotations to targets, syncs storages, starts syncs whose time has come."""

import threading
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from postil.accounts.permissions import Permission
from postil.core.clock import iso, now
from postil.core.errors import PostilError
from postil.imports.handlers import author_of
from postil.infra.jobs import Interrupted, Run
from postil.projects.access import get_project
from postil.storages import actions, exporting, queries, syncing, targets
from postil.storages.enums import SyncStatus, WriteAction
from postil.storages.jobs import SyncStorage
from postil.storages.models import Storage
from postil.storages.provider import sentence
from postil.storages.sender import outlet
from postil.tasks.events import (
    AnnotationCreated,
    AnnotationsCreated,
    AnnotationsDeleted,
    AnnotationsUpdated,
    AnnotationUpdated,
    TasksDeleted,
)
from postil.tasks.models import Annotation

POLL_S = 5.0
SHOWN_ERRORS = 10


def annotation_saved(event: AnnotationCreated | AnnotationUpdated) -> None:
    """Owe an annotation to every target of its project."""
    _owe(event.project_id, (event.annotation_id,))


def annotations_saved(event: AnnotationsCreated | AnnotationsUpdated) -> None:
    """Owe several annotations."""
    _owe(event.project_id, event.annotation_ids)


def annotations_deleted(event: AnnotationsDeleted) -> None:
    """Have the objects of deleted annotations deleted where that is allowed."""
    _owe(event.project_id, event.annotation_ids, WriteAction.DELETE)


def tasks_deleted(event: TasksDeleted) -> None:
    """The same for the annotations of deleted tasks."""
    if queries.live_targets(event.project_id):
        ids = Annotation.all_objects.filter(task_id__in=event.task_ids).values_list("pk", flat=True)
        _owe(event.project_id, list(ids), WriteAction.DELETE)


def _owe(project_id: int, ids: Collection[int], action: WriteAction = WriteAction.WRITE) -> None:
    found = queries.live_targets(project_id)
    for storage in found:
        if action == WriteAction.DELETE and not storage.can_delete_objects:
            targets.drop_wishes(storage, ids)
        else:
            targets.owe(storage, ids, action)
    if found:
        transaction.on_commit(outlet.open)


def sync_storage(spec: SyncStorage, run: Run) -> dict[str, Any]:
    """Sync a storage as a job; its status says how it went. May run twice."""
    storage = Storage.objects.select_related("project").get(pk=spec.storage_id)
    started = now()
    meta = {**storage.meta, "time_in_progress": iso(started), "time_last_ping": iso(started)}
    _save(storage, status=SyncStatus.IN_PROGRESS, meta=meta)
    try:
        who = author_of(spec.user_id, spec.organization_id)
        get_project(who, storage.project_id, Permission.STORAGE_CHANGE)
        if storage.is_target:
            count = _write(storage, spec, run, who)
            told: dict[str, Any] = {"total_annotations": count}
        else:
            outcome = syncing.sync_source(who=who, storage=storage, run=run)
            count, told = outcome.tasks, {"tasks_existed": outcome.existed, "objects_seen": outcome.seen}
    except Interrupted:
        raise
    except PostilError as problem:
        _failed(storage, started, sentence(problem))
        raise
    except Exception:
        _failed(storage, started, "Something went wrong on the server; its log says what.")
        raise
    told["errors"] = [{"where": error.where, "reason": error.reason} for error in run.errors[:SHOWN_ERRORS]]
    if run.error_count and not count:
        _failed(storage, started, _summary(run), told)
    else:
        _done(storage, started, count, run, told)
    return {"storage": storage.pk, "count": count, **told}


def _write(storage: Storage, spec: SyncStorage, run: Run, who: Any) -> int:
    if storage.export_format:
        return exporting.write_export(who=who, storage=storage, run=run)
    return exporting.write_all(storage=storage, asked_at=datetime.fromisoformat(spec.asked_at), run=run)


def _done(storage: Storage, started: datetime, count: int, run: Run, told: dict[str, Any]) -> None:
    moment = now()
    took = {"time_completed": iso(moment), "duration": (moment - started).total_seconds(), **told}
    _save(
        storage,
        status=SyncStatus.COMPLETED_WITH_ERRORS if run.error_count else SyncStatus.COMPLETED,
        error=_summary(run) if run.error_count else None,
        last_sync_at=moment,
        last_sync_count=count,
        meta={**storage.meta, **took},
    )


def _failed(storage: Storage, started: datetime, reason: str, told: dict[str, Any] | None = None) -> None:
    moment = now()
    took = {"time_failure": iso(moment), "duration": (moment - started).total_seconds(), **(told or {})}
    _save(storage, status=SyncStatus.FAILED, error=reason[:2_000], meta={**storage.meta, **took})


def _save(storage: Storage, **values: Any) -> None:
    """Write the outcome alone: somebody may have changed the rest meanwhile."""
    Storage.objects.filter(pk=storage.pk).update(**values)
    for name, value in values.items():
        setattr(storage, name, value)


def _summary(run: Run) -> str:
    first = run.errors[0]
    more = f" (and {run.error_count - 1} more)" if run.error_count > 1 else ""
    return f"{first.where}: {first.reason}{more}"


def start_scheduled() -> int:
    """Ask for the syncs that are due; returns how many."""
    count = 0
    for storage in queries.scheduled_storages(now()):
        moment = now() + timedelta(minutes=max(storage.sync_every_minutes, 1))
        due = Storage.objects.filter(pk=storage.pk, next_sync_at=storage.next_sync_at)
        if not due.update(next_sync_at=moment if storage.sync_every_minutes else None) or storage.created_by_id is None:
            continue
        try:
            who = author_of(storage.created_by_id, storage.project.organization_id)
        except PostilError as problem:
            Storage.objects.filter(pk=storage.pk).update(status=SyncStatus.FAILED, error=problem.detail)
            continue
        actions.request_sync(who=who, storage=storage)
        count += 1
    return count


def sync_when_due(stop: threading.Event) -> None:
    """Start scheduled syncs until `stop` is set."""
    while not stop.is_set():
        start_scheduled()
        stop.wait(POLL_S)
