"""Bulk actions on whole tasks."""

import hashlib
from typing import Any

from django.db import transaction

from postil.accounts.audit import record
from postil.accounts.permissions import Permission
from postil.core.clock import now
from postil.datamanager.bulk_action import BulkAction, Call
from postil.datamanager.models import View
from postil.infra.db import RawJson
from postil.projects.trash import move_to_trash, open_entry
from postil.tasks.actions import delete_tasks
from postil.tasks.models import Annotation, Draft, Prediction, Task
from postil.tasks.next_task.hand_out import next_task
from postil.tasks.reading import handed_out_json
from postil.tasks.recount import counted

BATCH = 1_000


@transaction.atomic
def _delete_tasks(call: Call) -> dict[str, Any]:
    """Put the tasks into the trash; a project without tasks needs no views either."""
    entry = delete_tasks(project=call.project, who=call.who, tasks=call.tasks)
    count = entry.count if entry is not None else 0
    is_empty = count > 0 and not Task.objects.filter(project=call.project).exists()
    if is_empty:
        views = View.objects.filter(project=call.project)
        number = views.count()
        if number:
            views_entry = open_entry(
                who=call.who, project=call.project, kind="view", object_id=None, title=f"{number} views", count=number
            )
            move_to_trash(views, entry=views_entry)
    return {"processed_items": count, "reload": is_empty, "detail": f"Deleted {count} tasks"}


def _next_task(call: Call) -> dict[str, Any]:
    """Return the next task to label: of those selected in their order, or of the project's queue if nobody chose."""
    is_chosen = any(call.parameters.get(key) for key in ("filters", "ordering", "selectedItems"))
    chosen = call.tasks if is_chosen or not call.is_everything else None
    return handed_out_json(call.who, call.project, next_task(call.project, call.who, chosen=chosen))


@transaction.atomic
def _remove_duplicates(call: Call) -> dict[str, Any]:
    """Keep the oldest task of equal data; what hangs on the others moves to it, then they go to the trash."""
    kept: dict[bytes, int] = {}
    moves: dict[int, list[int]] = {}
    rows = call.tasks.order_by("pk").annotate(raw=RawJson("data")).values_list("pk", "raw")
    for task_id, raw in rows.iterator(BATCH):
        digest = hashlib.sha256(raw.encode()).digest()
        original = kept.setdefault(digest, task_id)
        if original != task_id:
            moves.setdefault(original, []).append(task_id)
    for original, copies in moves.items():
        _merge(call, original, copies)
    removed = [task_id for copies in moves.values() for task_id in copies]
    if removed:
        delete_tasks(project=call.project, who=call.who, tasks=Task.objects.filter(pk__in=removed))
    record(
        call.who, "tasks.deduplicated", object_type="project", object_id=call.project.pk, project_id=call.project.pk,
        details={"count": len(removed)},
    )  # fmt: skip
    return {"processed_items": len(removed), "detail": f"Removed {len(removed)} duplicates"}


def _merge(call: Call, original: int, copies: list[int]) -> None:
    with counted(original, editor=call.who.user):
        for copy in copies:
            with counted(copy):
                Annotation.objects.filter(task_id=copy).update(task_id=original, updated_at=now())
    Draft.objects.filter(task_id__in=copies).update(task_id=original)
    count = Prediction.objects.filter(task_id__in=copies).update(task_id=original)
    if count:
        Task.objects.filter(pk__in=copies).update(prediction_count=0)
        Task.objects.filter(pk=original).update(prediction_count=Prediction.objects.filter(task_id=original).count())


DELETE_TASKS = BulkAction(
    id="delete_tasks",
    title="Delete Tasks",
    order=100,
    permissions=(Permission.TASK_DELETE,),
    run=_delete_tasks,
    text="The selected tasks go to the trash with their annotations. They can be restored from there.",
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
    run=_remove_duplicates,
    text="Of tasks with the same data the oldest stays and takes over all annotations; the others go to the trash.",
    is_experimental=False,
)
