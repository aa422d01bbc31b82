"""Gives a copy of one annotation to other tasks."""

from typing import Any

from postil.accounts.access import Actor
from postil.accounts.permissions import Permission
from postil.core.errors import Invalid, NotFound
from postil.datamanager.bulk_action import BulkAction, Call, selected_ids
from postil.infra.db import RawJson
from postil.projects.models import Project
from postil.tasks.access import get_annotation
from postil.tasks.enums import VersionAction
from postil.tasks.many import NewAnnotation, annotate_many
from postil.tasks.models import Annotation
from postil.tasks.queries import visible_annotations

# So many annotations the form offers, the newest.
OFFERED = 100


def _source(call: Call) -> Annotation:
    """Return the annotation to copy; raises `Invalid` or `NotFound` for one that cannot be."""
    source_id = str(call.parameters.get("source_annotation_id") or "")
    if not source_id.isascii() or not source_id.isdecimal() or len(source_id) > 18:
        raise Invalid.field("source_annotation_id", "The id of an annotation is needed.")
    source = get_annotation(call.who, int(source_id))
    if source.project_id != call.project.pk:
        raise NotFound("No Annotation matches the given query.")
    if source.was_cancelled:
        raise Invalid.field("source_annotation_id", "This annotation skips its task, so it says nothing to copy.")
    return source


def _check(call: Call) -> None:
    _source(call)


def _others(call: Call) -> list[int]:
    """Return the selected tasks without that of the annotation itself."""
    own = _source(call).task_id
    return [task_id for task_id in selected_ids(call) if task_id != own]


def _count(call: Call) -> int:
    return call.tasks.order_by().exclude(pk=_source(call).task_id).count()


def _propagate(call: Call, ids: list[int]) -> int:
    """Give tasks a copy of the annotation, as the caller's own."""
    source = _source(call)
    texts = Annotation.objects.filter(pk=source.pk).annotate(raw=RawJson("result")).values_list("raw", "result_count")
    text, count = texts[0]
    wanted = [NewAnnotation(task_id, text or "[]", count, parent_annotation_id=source.pk) for task_id in ids]
    made = annotate_many(call.project, call.who.user.pk, wanted, VersionAction.PROPAGATED)
    call.traces.made.extend(made)
    return len(made)


def _created(_call: Call, count: int) -> dict[str, Any]:
    return {"detail": f"Created {count} annotations"}


def _form(who: Actor, project: Project) -> list[dict[str, Any]]:
    newest = visible_annotations(who).filter(project=project, was_cancelled=False, result_count__gt=0)
    rows = newest.select_related("task", "completed_by").order_by("-pk")[:OFFERED]
    options = [
        {
            "value": str(row.pk),
            "label": f"{row.pk} · task {row.task.inner_id}"
            + (f" · {row.completed_by.get_full_name() or row.completed_by.email}" if row.completed_by else ""),
        }
        for row in rows
    ]
    field = {"type": "select", "name": "source_annotation_id", "label": "Annotation to copy", "options": options}
    return [{"columnCount": 1, "fields": [field]}]


PROPAGATE_ANNOTATIONS = BulkAction(
    id="propagate_annotations",
    title="Propagate Annotation",
    order=98,
    permissions=(Permission.TASK_CHANGE, Permission.ANNOTATION_CREATE),
    check=_check,
    plan=_others,
    step=_propagate,
    answer=_created,
    count=_count,
    audited_as="annotations.propagated",
    text="Each of the other selected tasks gets a copy of this annotation, as yours.",
    is_undoable=True,
    form=_form,
)
