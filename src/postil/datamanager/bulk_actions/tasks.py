"""Bulk actions on whole tasks."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Count

from postil.accounts.permissions import Permission
from postil.core.clock import now
from postil.datamanager.bulk_action import MOST_COMPARED, BulkAction, Call, count_deleted
from postil.datamanager.models import View
from postil.datamanager.returning import moved
from postil.infra.db import RawJson
from postil.projects.trash import move_to_trash
from postil.tasks.many import trash_tasks
from postil.tasks.models import Annotation, Draft, Prediction, Task
from postil.tasks.next_task.hand_out import next_task
from postil.tasks.reading import handed_out_json
from postil.tasks.recount_many import counted_many
from postil.tasks.shapes import NextTask

BATCH = 1_000


def _delete(call: Call, ids: list[int]) -> int:
    """Put tasks into the trash."""
    entry = call.trash("task")
    count = trash_tasks(call.project, ids, entry)
    count_deleted(entry, count, "tasks")
    return count


def _deleted(call: Call, count: int) -> dict[str, Any]:
    """A project without tasks needs no views either."""
    is_empty = count > 0 and not Task.objects.filter(project=call.project).exists()
    views = View.objects.filter(project=call.project)
    if is_empty and views.exists():
        entry = call.trash("view")
        count_deleted(entry, move_to_trash(views, entry=entry), "views")
    return {"processed_items": count, "reload": is_empty, "detail": f"Deleted {count} tasks"}


def _next_task(call: Call) -> NextTask:
    """Return the next task to label: of those selected in their order, or of the project's queue if nobody chose."""
    is_chosen = any(call.parameters.get(key) for key in ("filters", "ordering", "selectedItems"))
    chosen = call.in_order() if is_chosen or not call.is_everything else None
    return handed_out_json(call.who, call.project, next_task(call.project, call.who, chosen=chosen))


def _duplicates(call: Call) -> list[int]:
    """Return pairs: a task too many, and the one of the same data that stays: the first labeled one, else the first."""
    groups: defaultdict[bytes, list[int]] = defaultdict(list)
    labeled: set[int] = set()
    for task_id, raw, annotations in _raw_data(call):
        groups[hashlib.sha256(raw.encode()).digest()].append(task_id)
        if annotations:
            labeled.add(task_id)
    pairs: list[int] = []
    for members in groups.values():
        kept = next((task_id for task_id in members if task_id in labeled), members[0])
        for task_id in members:
            if task_id != kept:
                pairs += (task_id, kept)
    return pairs


def _count_duplicates(call: Call) -> int | None:
    """Return how many tasks would go; None where looking takes longer than a preview may."""
    if call.tasks.order_by()[: MOST_COMPARED + 1].count() > MOST_COMPARED:
        return None
    return len(_duplicates(call)) // 2


def _raw_data(call: Call) -> Iterator[tuple[int, str, int]]:
    rows = call.tasks.order_by("pk").annotate(raw=RawJson("data"))
    yield from rows.values_list("pk", "raw", "annotation_count").iterator(BATCH)


def _merge(call: Call, pairs: list[int]) -> int:
    """Move what hangs on the copies to the tasks that stay, and put the copies into the trash."""
    kept_by_copy = dict(zip(pairs[::2], pairs[1::2], strict=True))
    live = set(Task.objects.filter(project=call.project, pk__in=pairs).values_list("pk", flat=True))
    moves = {copy: kept for copy, kept in kept_by_copy.items() if copy in live and kept in live}
    by_kept: defaultdict[int, list[int]] = defaultdict(list)
    for copy, kept in moves.items():
        by_kept[kept].append(copy)
    with counted_many(call.project, sorted({*moves, *by_kept}), editor_id=call.who.user.pk):
        used = set(Annotation.all_objects.filter(task_id__in=moves).values_list("task_id", flat=True))
        for kept, copies in by_kept.items():
            if used.intersection(copies):
                rows = Annotation.objects.filter(task_id__in=copies)
                call.traces.rewritten.extend(moved("moved annotation", rows, kept))
                rows.update(task_id=kept, updated_at=now())
    _move_others(call, by_kept)
    entry = call.trash("task")
    count = trash_tasks(call.project, sorted(moves), entry)
    count_deleted(entry, count, "duplicates")
    return count


def _move_others(call: Call, by_kept: dict[int, list[int]]) -> None:
    copies = [copy for members in by_kept.values() for copy in members]
    with_drafts = set(Draft.objects.filter(task_id__in=copies).values_list("task_id", flat=True))
    predicted = set(Prediction.objects.filter(task_id__in=copies).values_list("task_id", flat=True))
    for kept, members in by_kept.items():
        if with_drafts.intersection(members):
            drafts = Draft.objects.filter(task_id__in=members)
            call.traces.rewritten.extend(moved("moved draft", drafts, kept))
            drafts.update(task_id=kept)
        if predicted.intersection(members):
            predictions = Prediction.objects.filter(task_id__in=members)
            call.traces.rewritten.extend(moved("moved prediction", predictions, kept))
            predictions.update(task_id=kept)
    if predicted:
        Task.objects.filter(project=call.project, pk__in=copies).update(prediction_count=0)
        touched = [kept for kept, members in by_kept.items() if predicted.intersection(members)]
        counts = Prediction.objects.filter(task_id__in=touched).order_by().values("task_id").annotate(n=Count("pk"))
        for task_id, count in counts.values_list("task_id", "n"):
            Task.objects.filter(pk=task_id).update(prediction_count=count)


def _merged(_call: Call, count: int) -> dict[str, Any]:
    return {"processed_items": count, "detail": f"Removed {count} duplicates"}


DELETE_TASKS = BulkAction(
    id="delete_tasks",
    title="Delete Tasks",
    order=100,
    permissions=(Permission.TASK_DELETE,),
    step=_delete,
    answer=_deleted,
    audited_as="task.deleted",
    text="The selected tasks go to the trash with their annotations. They can be restored from there.",
    is_undoable=True,
    reloads=True,
)
NEXT_TASK = BulkAction(
    id="next_task",
    title="Next Task",
    order=0,
    permissions=(Permission.ANNOTATION_CREATE,),
    run=_next_task,
    is_listed=False,
    is_destructive=False,
)
REMOVE_DUPLICATES = BulkAction(
    id="remove_duplicates",
    title="Remove Duplicated Tasks",
    order=95,
    permissions=(Permission.PROJECT_CHANGE, Permission.TASK_DELETE),
    plan=_duplicates,
    width=2,
    count=_count_duplicates,
    step=_merge,
    answer=_merged,
    audited_as="tasks.deduplicated",
    text="Of tasks with the same data the labeled one stays, or else the oldest, and takes over all annotations; "
    "the others go to the trash.",
    is_undoable=True,
    is_experimental=False,
)
