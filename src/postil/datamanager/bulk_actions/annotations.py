"""Bulk actions that delete annotations, make them, or mark them."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import orjson
from django.db.models import Max

from postil.accounts.access import Actor
from postil.accounts.permissions import Permission
from postil.core.errors import Invalid
from postil.datamanager.access import scope_of
from postil.datamanager.bulk_action import MOST_COMPARED, BulkAction, Call, answered_ids, count_deleted
from postil.datamanager.catalog import annotators_of
from postil.datamanager.returning import dropped
from postil.infra.expressions import IsAmong
from postil.labeling.results import check_result
from postil.projects.configs import stored_config
from postil.projects.models import Project
from postil.tasks.enums import VersionAction
from postil.tasks.many import Change, NewAnnotation, Stored, annotate_many, change_many, stored, trash_annotations
from postil.tasks.models import Annotation, Draft, Task

Form = list[dict[str, Any]]


def _delete(call: Call, ids: list[int]) -> int:
    """Put the annotations of tasks into the trash, of one person or of everybody; undoing brings drafts back, too."""
    entry = call.trash("annotation")
    author = _person(call.parameters.get("annotator"))
    drafts = Draft.objects.filter(IsAmong("task_id", _live(call, ids)))
    call.traces.rewritten.extend(dropped(drafts if author is None else drafts.filter(user_id=author)))
    count = trash_annotations(call.project, ids, entry, editor_id=call.who.user.pk, author_id=author)
    count_deleted(entry, count, "annotations")
    return count


def _check_annotator(call: Call) -> None:
    _person(call.parameters.get("annotator"))


def _deleted(call: Call, count: int) -> dict[str, Any]:
    if not count and call.traces.trash:
        call.trash("annotation").delete()
        call.traces.trash.clear()
    return {"processed_items": count, "detail": f"Deleted {count} annotations"}


def _count_deleted(call: Call) -> int:
    annotations = Annotation.objects.filter(task_id__in=call.tasks.order_by().values("pk"))
    author = _person(call.parameters.get("annotator"))
    return (annotations if author is None else annotations.filter(completed_by_id=author)).count()


def _person(value: Any) -> int | None:
    if value in (None, ""):
        return None
    text = str(value)
    if isinstance(value, bool) or not text.isascii() or not text.isdecimal() or len(text) > 18:
        raise Invalid.field("annotator", "The id of a user is needed.")
    return int(text)


def _annotator_form(who: Actor, project: Project) -> Form:
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


def _check_classification(call: Call) -> None:
    _classification(call)


def _classification(call: Call) -> list[dict[str, Any]]:
    """Return the result that says what was chosen; raises `Invalid` for a control or a choice that is not there."""
    name, choice = call.parameters.get("control"), call.parameters.get("choice")
    config = stored_config(call.project)
    control = config.controls.get(name) if isinstance(name, str) else None
    if control is None or control.tag != "Choices" or control.is_region:
        raise Invalid.field("control", "The name of a control with choices is needed.")
    chosen = choice if isinstance(choice, list) else [choice]
    if not chosen or not all(isinstance(word, str) and control.knows(word) for word in chosen):
        raise Invalid.field("choice", f'"{choice}" is no choice of "{name}".')
    item = {
        "id": uuid4().hex[:10], "from_name": control.name, "to_name": control.to_name[0], "type": control.type,
        "value": {"choices": chosen}, "origin": "manual",
    }  # fmt: skip
    faults = check_result(config, [item])
    if faults:
        raise Invalid.field("choice", *map(str, faults))
    return [item]


def _classify(call: Call, ids: list[int]) -> int:
    """Give tasks an annotation that says what was chosen."""
    result = orjson.dumps(_classification(call)).decode()
    wanted = [NewAnnotation(task_id, result, 1) for task_id in ids]
    made = annotate_many(call.project, call.who.user.pk, wanted, VersionAction.SUBMITTED)
    call.traces.made.extend(made)
    return len(made)


def _created(_call: Call, count: int) -> dict[str, Any]:
    return {"processed_items": count, "detail": f"Created {count} annotations"}


def _classification_form(_who: Actor, project: Project) -> Form:
    controls = [c for c in stored_config(project).controls.values() if c.tag == "Choices" and not c.is_region]
    options = [{"value": control.name, "label": control.name} for control in controls]
    choices = [
        {"value": word, "label": word, "control": control.name} for control in controls for word in control.labels
    ]
    fields = [
        {"type": "select", "name": "control", "label": "Control", "options": options,
         "value": controls[0].name if controls else None},
        {"type": "select", "name": "choice", "label": "Choice", "options": choices},
    ]  # fmt: skip
    return [{"columnCount": 1, "fields": fields}]


def _mark(call: Call, ids: list[int]) -> int:
    """Mark the newest annotation of each task as ground truth, or take the marks away."""
    is_truth = _truth(call)
    newest: dict[int, Stored] = {}
    changes = []
    for annotation in annotations_of(call, ids, was_cancelled=False):
        newest[annotation.task_id] = annotation
        if annotation.ground_truth:
            changes.append(Change(annotation, ground_truth=False))
    if is_truth:
        kept = {annotation.pk for annotation in newest.values()}
        changes = [change for change in changes if change.annotation.pk not in kept]
        changes += [Change(row, ground_truth=True) for row in newest.values() if not row.ground_truth]
    return note_changes(call, changes)


def _count_marked(call: Call) -> int | None:
    """Return how many annotations get or lose a mark; None where looking for the newest ones would take long."""
    if call.tasks.order_by().filter(annotation_count__gt=0)[: MOST_COMPARED + 1].count() > MOST_COMPARED:
        return None
    found = Annotation.objects.filter(task_id__in=call.tasks.order_by().values("pk"), was_cancelled=False).order_by()
    marked = found.filter(ground_truth=True)
    if not _truth(call):
        return marked.count()
    newest = found.values("task_id").annotate(last=Max("pk"))
    right = marked.filter(pk__in=newest.values("last")).count()
    return newest.count() + marked.count() - 2 * right


def annotations_of(call: Call, ids: list[int], **conditions: Any) -> Iterator[Stored]:
    """Give the annotations of these tasks, as far as they are still there, under their locks."""
    locked = Annotation.objects.select_for_update(of=("self",)).filter(IsAmong("task_id", _live(call, ids)))
    return stored(locked.filter(**conditions).order_by("pk"))


def _live(call: Call, ids: list[int]) -> list[int]:
    # The project is looked at here: as a condition, it would lead SQLite through all its tasks.
    live = Task.objects.filter(IsAmong("id", ids)).values_list("pk", "project_id")
    return [pk for pk, project_id in live if project_id == call.project.pk]


def note_changes(call: Call, changes: list[Change]) -> int:
    """Make the changes and note them for undoing; returns how many."""
    if not changes:
        return 0
    change_many(call.project, call.who.user.pk, changes, VersionAction.UPDATED)
    call.traces.changed.extend((change.annotation.pk, change.annotation.revision + 1) for change in changes)
    return len(changes)


def _truth(call: Call) -> bool:
    word = str(call.parameters.get("value", True)).lower()
    if word not in ("true", "false"):
        raise Invalid.field("value", "Say true or false.")
    return word == "true"


def _check_truth(call: Call) -> None:
    _truth(call)


def _changed(_call: Call, count: int) -> dict[str, Any]:
    return {"processed_items": count, "detail": f"Changed {count} annotations"}


def _truth_form(_who: Actor, _project: Project) -> Form:
    options = [{"value": "true", "label": "Mark"}, {"value": "false", "label": "Take the mark away"}]
    field = {"type": "select", "name": "value", "label": "Ground truth", "options": options, "value": "true"}
    return [{"columnCount": 1, "fields": [field]}]


ANNOTATE_TASKS = BulkAction(
    id="annotate_tasks",
    title="Classify Tasks",
    order=92,
    permissions=(Permission.TASK_CHANGE,),
    check=_check_classification,
    step=_classify,
    answer=_created,
    audited_as="tasks.classified",
    text="Each selected task gets an annotation of yours with this choice.",
    is_undoable=True,
    form=_classification_form,
)
DELETE_ANNOTATIONS = BulkAction(
    id="delete_tasks_annotations",
    title="Delete Annotations",
    order=101,
    permissions=(Permission.TASK_CHANGE, Permission.ANNOTATION_DELETE_ALL),
    check=_check_annotator,
    plan=answered_ids,
    step=_delete,
    answer=_deleted,
    counts="annotations",
    count=_count_deleted,
    audited_as="annotation.deleted",
    text="All annotations of the selected tasks go to the trash and can be restored from there. Unsubmitted work goes "
    "with them; undoing the action brings it back.",
    is_undoable=True,
    form=_annotator_form,
)
SET_GROUND_TRUTH = BulkAction(
    id="set_ground_truth",
    title="Set Ground Truth",
    order=93,
    permissions=(Permission.ANNOTATION_CHANGE_ALL,),
    check=_check_truth,
    plan=answered_ids,
    step=_mark,
    answer=_changed,
    counts="annotations",
    count=_count_marked,
    audited_as="annotations.marked",
    text="The newest annotation of each selected task becomes its ground truth.",
    is_undoable=True,
    form=_truth_form,
)
