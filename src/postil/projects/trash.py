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
from postil.infra.db import let_others_write
from postil.projects.models import Project, Trashable, TrashEntry

Restore = Callable[[TrashEntry], object]
RestoreSome = Callable[[TrashEntry], int | None]
Erase = Callable[[TrashEntry], object]
_restorers: dict[str, Restore] = {}
_erasers: dict[str, Erase] = {}
_steps: dict[str, RestoreSome] = {}


def register_trash(kind: str, *, restore: Restore, erase: Erase, restore_some: RestoreSome | None = None) -> None:
    """Say how things of this kind come back, and how they go for good.

    Where an act may have taken very many, `restore_some` brings some of them back, in a transaction of its own, and
    says how many, or None when none are left; `restore` does what is to be done at the end.
    """
    _restorers[kind] = restore
    _erasers[kind] = erase
    if restore_some is not None:
        _steps[kind] = restore_some


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


def restore_entry(*, who: Actor, entry: TrashEntry, after_step: Callable[[int], None] = lambda _: None) -> TrashEntry:
    """Bring back what one act of deleting took. Raises `Conflict` if what it hung on is itself in the trash.

    Many things come back in steps, so that others can write meanwhile; `after_step` hears how many each brought.
    """
    entry = TrashEntry.objects.select_related("project").get(pk=entry.pk)
    _check_project(entry)
    step = _steps.get(entry.kind)
    while step is not None and (count := step(entry)) is not None:
        after_step(count)
        let_others_write()
    return _restore_rest(who, entry)


def is_restored_in_steps(entry: TrashEntry) -> bool:
    """Whether `restore_entry` counts what comes back."""
    return entry.kind in _steps


def _check_project(entry: TrashEntry) -> None:
    if entry.kind != "project" and entry.project is not None and entry.project.deleted_at is not None:
        raise Conflict("Restore the project first; this belongs to it.")


@transaction.atomic
def _restore_rest(who: Actor, entry: TrashEntry) -> TrashEntry:
    entry = TrashEntry.objects.select_for_update(of=("self",)).select_related("project").get(pk=entry.pk)
    _check_project(entry)
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
