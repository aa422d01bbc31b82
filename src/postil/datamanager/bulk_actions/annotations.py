"""Bulk actions on the annotations of tasks."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from postil.accounts.access import Actor
from postil.accounts.audit import record
from postil.accounts.permissions import Permission
from postil.core.errors import Invalid
from postil.datamanager.access import scope_of
from postil.datamanager.bulk_action import BulkAction, Call
from postil.datamanager.catalog import annotators_of
from postil.infra.events import emit
from postil.labels.actions import rename_everywhere
from postil.projects.models import Project
from postil.projects.trash import move_to_trash, open_entry
from postil.tasks.events import AnnotationsDeleted
from postil.tasks.models import Annotation, Draft
from postil.tasks.recount import counted


@transaction.atomic
def _delete_annotations(call: Call) -> dict[str, Any]:
    """Put the annotations of the tasks into the trash as one act, of one person or of everybody; drafts are dropped."""
    task_ids = list(call.tasks.order_by("pk").values_list("pk", flat=True))
    author = _person(call.parameters.get("annotator"))
    annotations: QuerySet[Annotation] = Annotation.objects.filter(project=call.project)
    drafts = Draft.objects.filter(task__project=call.project)
    if author is not None:
        annotations, drafts = annotations.filter(completed_by_id=author), drafts.filter(user_id=author)
    wanted = set(task_ids)
    by_task: dict[int, list[int]] = {}
    for annotation_id, task_id in annotations.order_by("pk").values_list("pk", "task_id"):
        if task_id in wanted:
            by_task.setdefault(task_id, []).append(annotation_id)
    ids = [annotation_id for found in by_task.values() for annotation_id in found]
    if ids:
        entry = open_entry(
            who=call.who,
            project=call.project,
            kind="annotation",
            object_id=ids[0] if len(ids) == 1 else None,
            title=f"{len(ids)} annotations of {len(by_task)} tasks",
            count=len(ids),
        )
        for task_id, found in by_task.items():
            with counted(task_id, editor=call.who.user):
                move_to_trash(Annotation.objects.filter(pk__in=found), entry=entry)
        emit(AnnotationsDeleted(project_id=call.project.pk, annotation_ids=tuple(ids)))
    for task_id in task_ids:
        drafts.filter(task_id=task_id).delete()
    record(
        call.who, "annotation.deleted", object_type="project", object_id=call.project.pk, project_id=call.project.pk,
        details={"count": len(ids)},
    )  # fmt: skip
    return {"processed_items": len(ids), "detail": f"Deleted {len(ids)} annotations"}


def _person(value: Any) -> int | None:
    if value in (None, ""):
        return None
    text = str(value)
    if isinstance(value, bool) or not text.isascii() or not text.isdecimal() or len(text) > 18:
        raise Invalid.field("annotator", "The id of a user is needed.")
    return int(text)


def _annotator_form(who: Actor, project: Project) -> list[dict[str, Any]]:
    people = annotators_of(scope_of(who, project))
    options = [{"value": str(user_id), "label": name} for user_id, name in people]
    field = {
        "type": "select",
        "name": "annotator",
        "label": "Annotator",
        "options": options,
        "placeholder": "All",
        "searchable": True,
    }
    return [{"columnCount": 1, "fields": [field]}]


def _rename_labels(call: Call) -> dict[str, Any]:
    """Replace one label by another in all annotations of the project."""
    old, new = (call.parameters.get(key) for key in ("old_label_name", "new_label_name"))
    if not isinstance(old, str) or not old or not isinstance(new, str) or not new:
        raise Invalid.items(["old_label_name and new_label_name are needed."])
    count = rename_everywhere(who=call.who, projects=[call.project], old=[old], new=[new])
    return {"detail": f"Updated {count} annotations"}


DELETE_ANNOTATIONS = BulkAction(
    id="delete_tasks_annotations",
    title="Delete Annotations",
    order=101,
    permissions=(Permission.TASK_CHANGE, Permission.ANNOTATION_DELETE_ALL),
    run=_delete_annotations,
    text="All annotations of the selected tasks go to the trash. They can be restored from there.",
    form=_annotator_form,
)
RENAME_LABELS = BulkAction(
    id="rename_labels",
    title="Rename Labels",
    order=110,
    permissions=(Permission.LABEL_CHANGE, Permission.ANNOTATION_CHANGE_ALL),
    run=_rename_labels,
    is_listed=False,
    is_destructive=False,
    is_experimental=True,
)
