"""Writes of tasks, drafts and predictions; those of annotations stand in `annotation_actions`."""

from collections import Counter
from collections.abc import Callable
from typing import Any, TypedDict

from django.db import transaction
from django.db.models import QuerySet

from postil.accounts import audit
from postil.accounts.access import Actor
from postil.core.clock import now
from postil.core.errors import Invalid
from postil.infra.events import emit
from postil.infra.expressions import IsAmong
from postil.labeling.results import check_result, expand_prediction
from postil.labeling.taskdata import check_task_data
from postil.projects.access import require_open
from postil.projects.configs import stored_config
from postil.projects.counters import (
    COUNTERS,
    Counts,
    add_data_columns,
    change_counters,
    counts_of,
    note_reopening,
    take_inner_ids,
)
from postil.projects.models import Project, TrashEntry
from postil.projects.trash import move_to_trash, open_entry
from postil.tasks.events import TaskDataChanged, TasksCreated, TasksDeleted
from postil.tasks.models import Annotation, Draft, Prediction, Task
from postil.tasks.recount import store, stored_tally, tally_of
from postil.tasks.totals import totals_of

BATCH = 1_000


class TaskFields(TypedDict, total=False):
    data: dict[str, Any]
    meta: dict[str, Any] | None
    overlap: int
    is_labeled: bool
    allow_skip: bool | None
    inner_id: int


class DraftFields(TypedDict, total=False):
    result: list[dict[str, Any]] | None
    lead_time: float | None
    was_postponed: bool


class PredictionFields(TypedDict, total=False):
    result: Any
    score: float | None
    model_version: str | None
    cluster: int | None
    neighbors: Any
    mislabeling: float


def checked_data(project: Project, data: object) -> dict[str, Any]:
    """Return task data that fits the label config; raises `Invalid` with what is missing or wrong."""
    if not isinstance(data, dict):
        raise Invalid.items(["Task data must be an object of key: value pairs."])
    faults = check_task_data(stored_config(project), data)
    if faults:
        raise Invalid.items(faults)
    return data


@transaction.atomic
def create_task(*, project: Project, who: Actor, fields: TaskFields) -> Task:
    """Add one task. Raises `Invalid` if its data does not fit the label config."""
    data = checked_data(project, fields.get("data"))
    values = {name: value for name, value in fields.items() if name not in ("inner_id", "data")}
    inner_id = take_inner_ids(project.pk, 1)
    task = Task.objects.create(project=project, inner_id=inner_id, data=data, updated_by=None, **values)
    change_counters(project.pk, {"task_count": 1})
    add_data_columns(project.pk, dict.fromkeys(data, 1))
    audit.record(who, "task.created", object_type="task", object_id=task.pk, project_id=project.pk)
    emit(TasksCreated(project_id=project.pk, task_ids=(task.pk,)))
    return task


@transaction.atomic
def update_task(*, task: Task, who: Actor, fields: TaskFields) -> Task:
    """Change what is named in `fields`; data is replaced as a whole and must fit the label config."""
    stored = Task.objects.select_for_update(of=("self",)).select_related("project").get(pk=task.pk)
    before = stored_tally(stored)
    if "data" in fields:
        new = checked_data(stored.project, fields["data"])
        changes = Counter(dict.fromkeys(new, 1))
        changes.subtract(dict.fromkeys(stored.data, 1))
        add_data_columns(stored.project_id, {key: delta for key, delta in changes.items() if delta})
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.updated_by = who.user
    stored.save()
    if "data" in fields:
        emit(TaskDataChanged(project_id=stored.project_id, task_ids=(stored.pk,)))
    if "overlap" in fields:
        after = tally_of(stored, stored.project)
        store(stored, before, after)
        stored.refresh_from_db()
    elif stored.is_labeled != before.is_labeled:
        change_counters(stored.project_id, {"finished_task_count": 1 if stored.is_labeled else -1})
    return stored


@transaction.atomic
def delete_tasks(*, project: Project, who: Actor, tasks: QuerySet[Task]) -> TrashEntry | None:
    """Put tasks into the trash as one act; returns it, or None when there was nothing to delete."""
    project = Project.objects.select_for_update().get(pk=project.pk)
    ids = list(tasks.filter(project=project).order_by("pk").values_list("pk", flat=True))
    if not ids:
        return None
    title = f"Task {ids[0]}" if len(ids) == 1 else f"{len(ids)} tasks"
    entry = open_entry(
        who=who, project=project, kind="task", object_id=ids[0] if len(ids) == 1 else None, title=title, count=len(ids)
    )
    columns: Counter[str] = Counter()
    for start in range(0, len(ids), BATCH):
        batch = Task.objects.filter(pk__in=ids[start : start + BATCH])
        columns.update(key for data in batch.values_list("data", flat=True) for key in data)
        move_to_trash(batch, entry=entry)
    _count_tasks(project, Task.all_objects.filter(trash=entry), columns, sign=-1)
    audit.record(
        who,
        "task.deleted",
        object_type="task",
        object_id=entry.object_id or "",
        project_id=project.pk,
        details={"count": len(ids)},
    )
    emit(TasksDeleted(project_id=project.pk, task_ids=tuple(ids)))
    return entry


@transaction.atomic
def restore_some_tasks(entry: TrashEntry) -> int | None:
    """Bring some tasks of one act of deleting back; returns how many, None when none are left."""
    assert entry.project is not None
    project = Project.all_objects.select_for_update().get(pk=entry.project.pk)
    ids = list(Task.all_objects.filter(trash=entry).order_by("pk").values_list("pk", flat=True)[:BATCH])
    if not ids:
        return None
    tasks = Task.all_objects.filter(IsAmong("id", ids))
    columns = Counter(key for data in tasks.values_list("data", flat=True) for key in data)
    _count_tasks(project, tasks, columns, sign=1)
    note_reopening(project.pk)
    return tasks.update(deleted_at=None, trash=None)


def _count_tasks(project: Project, tasks: QuerySet[Task], columns: Counter[str], *, sign: int) -> None:
    counts: Counts = totals_of(tasks, project)
    change_counters(project.pk, counts_of({name: sign * counts.get(name, 0) for name in COUNTERS}))
    add_data_columns(project.pk, {key: sign * count for key, count in columns.items()})


@transaction.atomic
def save_draft(*, task: Task, who: Actor, fields: DraftFields, annotation: Annotation | None = None) -> Draft:
    """Keep unfinished work of a person on a task, or on an annotation that they change."""
    require_open(who, task.project)
    return Draft.objects.create(task=task, annotation=annotation, user=who.user, **fields)


@transaction.atomic
def update_draft(*, draft: Draft, fields: DraftFields, may_change: Callable[[int], None] = lambda _: None) -> Draft:
    """Change a draft, if `may_change` lets its present revision pass."""
    stored = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    may_change(stored.revision)
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.revision += 1
    stored.save()
    return stored


def delete_draft(*, draft: Draft) -> None:
    """Throw a draft away; its owner said so."""
    draft.delete()


def expanded_result(project: Project, answer: object) -> list[dict[str, Any]] | None:
    """Return the result list of a prediction; a word, a number or one value goes to the first control it fits."""
    if isinstance(answer, list):
        if not all(isinstance(item, dict) for item in answer):
            raise Invalid.field("result", "Each item of the result must be an object.")
        faults = check_result(stored_config(project), answer)
        if faults:
            raise Invalid.field("result", *map(str, faults))
        return answer
    if answer is None:
        return None
    if isinstance(answer, float):
        raise Invalid.field("result", "Give a list of results, a word, a whole number, or an object with one value.")
    expanded = expand_prediction(stored_config(project), answer)
    return expanded_result(project, expanded) if expanded is not None else None


@transaction.atomic
def create_prediction(*, task: Task, fields: PredictionFields) -> Prediction:
    """Store what a model says about a task."""
    values = dict(fields)
    values["result"] = expanded_result(task.project, values.get("result"))
    locked = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    prediction = Prediction.objects.create(task=locked, project_id=locked.project_id, **values)
    _count_predictions(locked, 1)
    return prediction


@transaction.atomic
def update_prediction(*, prediction: Prediction, fields: PredictionFields) -> Prediction:
    """Change what is named in `fields`."""
    values = dict(fields)
    if "result" in values:
        values["result"] = expanded_result(prediction.project, values["result"])
    if {"score", "model_version"} & values.keys():
        note_reopening(prediction.project_id)
    for name, value in values.items():
        setattr(prediction, name, value)
    prediction.save()
    return prediction


@transaction.atomic
def delete_prediction(*, prediction: Prediction) -> None:
    """Remove a prediction; a model can make it again."""
    task = Task.objects.select_for_update(of=("self",)).get(pk=prediction.task_id)
    prediction.delete()
    _count_predictions(task, -1)


def _count_predictions(task: Task, delta: int) -> None:
    Task.objects.filter(pk=task.pk).update(prediction_count=task.prediction_count + delta, updated_at=now())
    change_counters(task.project_id, {"prediction_count": delta})
