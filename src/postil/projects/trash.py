"""The trash: deleting marks rows with one entry, restoring takes the marks away.

What else must happen on restoring (counters, events) is known to the package that owns the kind of thing; it registers
a function here in its `apps.ready`.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from postil.accounts import audit
from postil.accounts.access import Actor
from postil.core.clock import now
from postil.core.errors import Conflict, NotFound
from postil.projects.models import Project, Trashable, TrashEntry

Restore = Callable[[TrashEntry], object]
Erase = Callable[[TrashEntry], object]
_restorers: dict[str, Restore] = {}
_erasers: dict[str, Erase] = {}


def register_trash(kind: str, *, restore: Restore, erase: Erase) -> None:
    """Say how things of this kind come back, and how they go for good."""
    _restorers[kind] = restore
    _erasers[kind] = erase


def open_entry(
    *,
    who: Actor,
    project: Project,
    kind: str,
    object_id: int | None,
    title: str,
    count: int,
    details: dict[str, Any] | None = None,
) -> TrashEntry:
    """Begin one act of deleting."""
    return TrashEntry.objects.create(
        organization_id=project.organization_id,
        project=project,
        kind=kind,
        object_id=object_id,
        title=title[:200],
        count=count,
        details=details or {},
        deleted_by=who.user,
    )


def move_to_trash(rows: QuerySet[Any], *, entry: TrashEntry) -> int:
    """Mark the rows as deleted by this act; returns how many."""
    return rows.filter(deleted_at=None).update(deleted_at=now(), trash=entry)


def take_out(model: type[Trashable], entry: TrashEntry) -> int:
    """Take the marks of this act away; returns how many rows came back."""
    marked: QuerySet[Any] = model.all_objects.filter(trash=entry)  # type: ignore[attr-defined]  # each subclass has it
    return marked.update(deleted_at=None, trash=None)


@transaction.atomic
def restore_entry(*, who: Actor, entry: TrashEntry) -> TrashEntry:
    """Bring back what one act of deleting took. Raises `Conflict` if what it hung on is itself in the trash."""
    entry = TrashEntry.objects.select_for_update(of=("self",)).select_related("project").get(pk=entry.pk)
    if entry.kind != "project" and entry.project is not None and entry.project.deleted_at is not None:
        raise Conflict("Restore the project first; this belongs to it.")
    _restorers[entry.kind](entry)
    audit.record(
        who,
        f"{entry.kind}.restored",
        object_type=entry.kind,
        object_id=entry.object_id or "",
        project_id=entry.project_id,
        details={"title": entry.title, "count": entry.count},
    )
    TrashEntry.objects.filter(pk=entry.pk).delete()
    return entry


def entry_of(row: Trashable) -> TrashEntry:
    """Return the act that deleted this row; raises `NotFound` when it is not in the trash."""
    if row.trash is None:
        raise NotFound("This is not in the trash (any more).")
    return row.trash


def erase_old(days: int | None = None) -> int:
    """Erase for good what has been in the trash longer than `days` (the setting by default); returns how many acts."""
    keep = settings.CONFIG.trash_days if days is None else days
    old = TrashEntry.objects.filter(deleted_at__lt=now() - timedelta(days=keep)).order_by("pk")
    count = 0
    for entry in old.iterator():
        with transaction.atomic():
            _erasers[entry.kind](entry)
            TrashEntry.objects.filter(pk=entry.pk).delete()
        count += 1
    return count
