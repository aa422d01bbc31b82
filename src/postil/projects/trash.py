"""The trash: deleting marks rows with one entry, restoring takes the marks away.

What else must happen on restoring (counters, events) is known to the package that owns the kind of thing; it registers
a function here in its `apps.ready`.
"""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from postil.accounts import audit
from postil.accounts.access import Actor
from postil.core.clock import now
from postil.core.errors import Conflict, NotFound
from postil.infra.db import let_others_write
from postil.infra.expressions import IsAmong
from postil.projects.models import Project, Trashable, TrashEntry

# So many rows an erasing transaction takes: others wait for less than a tenth of a second.
ERASED_AT_ONCE = 250
ERASE_EVERY_S = 3600.0

Restore = Callable[[TrashEntry], object]
RestoreSome = Callable[[TrashEntry], int | None]
Erase = Callable[[TrashEntry], bool]
_restorers: dict[str, Restore] = {}
_erasers: dict[str, Erase] = {}
_steps: dict[str, RestoreSome] = {}


def register_trash(kind: str, *, restore: Restore, erase: Erase, restore_some: RestoreSome | None = None) -> None:
    """Say how things of this kind come back, and how they go for good.

    `erase` takes some of them away and says whether there may be more. Where an act may have taken very many,
    `restore_some` brings some of them back, in a transaction of its own, and says how many, or None when none are left;
    `restore` does what is to be done at the end.
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
    entry = _begin_restoring(entry)
    step = _steps.get(entry.kind)
    while step is not None and (count := step(entry)) is not None:
        after_step(count)
        let_others_write()
    return _restore_rest(who, entry)


@transaction.atomic
def _begin_restoring(entry: TrashEntry) -> TrashEntry:
    entry = TrashEntry.objects.select_for_update(of=("self",)).select_related("project").get(pk=entry.pk)
    _check(entry)
    # Whoever erases what is old passes it over from now on.
    TrashEntry.objects.filter(pk=entry.pk).update(deleted_at=now())
    return entry


def is_restored_in_steps(entry: TrashEntry) -> bool:
    """Whether `restore_entry` counts what comes back."""
    return entry.kind in _steps


def _check(entry: TrashEntry) -> None:
    if entry.erasing_at is not None:
        raise Conflict(f"This was in the trash for {settings.CONFIG.trash_days} days and is being erased for good.")
    if entry.kind != "project" and entry.project is not None and entry.project.deleted_at is not None:
        raise Conflict("Restore the project first; this belongs to it.")


@transaction.atomic
def _restore_rest(who: Actor, entry: TrashEntry) -> TrashEntry:
    entry = TrashEntry.objects.select_for_update(of=("self",)).select_related("project").get(pk=entry.pk)
    _check(entry)
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


def erase_some(rows: QuerySet[Any]) -> bool:
    """Erase some rows for good, with what hangs on them; whether there may be more. For use inside a transaction."""
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:ERASED_AT_ONCE])
    rows.model.all_objects.filter(IsAmong("id", ids)).delete()
    return len(ids) == ERASED_AT_ONCE


def erase_old(days: int | None = None, *, stop: threading.Event | None = None) -> int:
    """Erase for good what has been in the trash longer than `days` (the setting by default); returns how many acts.

    Each takes many short transactions, so that others can write meanwhile; one that was stopped is gone on with.
    """
    keep = settings.CONFIG.trash_days if days is None else days
    before = now() - timedelta(days=keep)
    due = TrashEntry.objects.filter(Q(deleted_at__lt=before) | Q(erasing_at__isnull=False))
    ids = due.order_by("pk").values_list("pk", flat=True)
    return sum(_erase(pk, before, stop or threading.Event()) for pk in list(ids))


def _erase(entry_id: int, before: datetime, stop: threading.Event) -> bool:
    """Erase one act; whether that was brought to its end."""
    # Somebody may have begun to bring it back.
    TrashEntry.objects.filter(pk=entry_id, erasing_at=None, deleted_at__lt=before).update(erasing_at=now())
    entry = TrashEntry.objects.filter(pk=entry_id, erasing_at__isnull=False).first()
    is_more = entry is not None
    while entry is not None and is_more and not stop.is_set():
        with transaction.atomic():
            is_more = _erasers[entry.kind](entry)
            if not is_more:
                TrashEntry.objects.filter(pk=entry.pk).delete()
        let_others_write()
    return entry is not None and not is_more


def keep_erasing(stop: threading.Event) -> None:
    """Erase what is due, once an hour, until `stop` is set."""
    while not stop.is_set():
        erase_old(stop=stop)
        stop.wait(ERASE_EVERY_S)
