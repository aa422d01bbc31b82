"""Reads of storages and of what is owed to them."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from postil.accounts.access import Actor
from postil.infra.jobs import ENDED
from postil.infra.models import Job
from postil.infra.prepared import PreparedRows, Slot
from postil.projects.models import Project
from postil.projects.queries import visible_projects
from postil.storages.enums import UNDER_WAY, WriteState
from postil.storages.models import Storage, StorageLink, StorageWrite

_TARGETS = PreparedRows[Storage](
    lambda: Storage.objects.filter(project_id=Slot("project"), is_target=True, export_format="").order_by("pk")
)


def visible_storages(who: Actor, *, is_target: bool, kind: str | None = None) -> QuerySet[Storage]:
    """Return the storages of projects that `who` may see."""
    found = Storage.objects.filter(project__in=visible_projects(who), is_target=is_target)
    return found.filter(kind=kind) if kind is not None else found


def sources_of(project: Project) -> QuerySet[Storage]:
    """Return the sources of a project."""
    return Storage.objects.filter(project=project, is_target=False)


def sources_by_project(project_id: int) -> list[Storage]:
    """Return the sources of a project, oldest first."""
    return list(Storage.objects.filter(project_id=project_id, is_target=False).order_by("pk"))


def syncing(project_id: int) -> tuple[bool, bool]:
    """Return whether a source, and whether a target, of a project is being synced or waits for it."""
    moving = Storage.objects.filter(project_id=project_id, status__in=UNDER_WAY).exclude(last_sync_job=None)
    jobs = {job: is_target for job, is_target in moving.values_list("last_sync_job", "is_target") if job is not None}
    if not jobs:
        return False, False
    alive = Job.objects.filter(pk__in=list(jobs)).exclude(state__in=ENDED).values_list("pk", flat=True)
    directions = {jobs[job] for job in alive}
    return False in directions, True in directions


def live_targets(project_id: int) -> list[Storage]:
    """Return the targets that want every annotation of a project as it is made."""
    return _TARGETS.all(project=project_id)


def known_versions(storage: Storage, keys: Iterable[str]) -> dict[str, tuple[int, str, int]]:
    """Return, for those of these objects that were read before, id of the first link, version and number of tasks."""
    links = StorageLink.objects.filter(storage=storage, key__in=list(keys), row_index=0)
    return {
        key: (pk, version, count) for key, pk, version, count in links.values_list("key", "pk", "version", "row_count")
    }


def due_writes(moment: datetime, limit: int, *, except_for: Collection[int] = ()) -> list[StorageWrite]:
    """Return writes whose time has come, oldest first, without those of the storages `except_for`."""
    due = StorageWrite.objects.filter(state=WriteState.PENDING, next_at__lte=moment, storage__project__deleted_at=None)
    if except_for:
        due = due.exclude(storage_id__in=list(except_for))
    return list(due.order_by("next_at", "pk").only("pk", "storage_id")[:limit])


def write_counts(storages: Iterable[Storage]) -> dict[int, tuple[int, int]]:
    """Return how many annotations wait to be written and how many were given up, by storage."""
    targets = [storage.pk for storage in storages if storage.is_target]
    if not targets:
        return {}
    rows = StorageWrite.objects.filter(storage__in=targets, state__in=[WriteState.PENDING, WriteState.FAILED])
    counted = rows.values("storage").annotate(
        waiting=Count("pk", filter=Q(state=WriteState.PENDING)), failed=Count("pk", filter=Q(state=WriteState.FAILED))
    )
    return {row["storage"]: (row["waiting"], row["failed"]) for row in counted}


def scheduled_storages(moment: datetime) -> QuerySet[Storage]:
    """Return the storages whose next sync is due."""
    due = Storage.objects.filter(next_sync_at__lte=moment, is_synchronizable=True, project__deleted_at=None)
    return due.select_related("project")
