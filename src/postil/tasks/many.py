"""Writes to the annotations of many tasks at once: a fixed number of statements for each batch, counters kept true.

The caller runs one transaction a batch, so that annotators wait for a moment at most.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from postil.core.clock import now
from postil.core.ids import new_uuids
from postil.infra.bulk import Row, copy_rows, insert_rows, reserve_ids
from postil.infra.bulk_update import update_rows
from postil.infra.db import JsonAsStored, RawJson
from postil.infra.events import emit
from postil.infra.expressions import IsAmong
from postil.projects.counters import COUNTERS, add_data_columns, change_counters, counts_of
from postil.projects.models import Project, TrashEntry
from postil.projects.trash import move_to_trash
from postil.tasks.counts import Answer
from postil.tasks.enums import VersionAction
from postil.tasks.events import AnnotationsCreated, AnnotationsDeleted, AnnotationsUpdated, TasksDeleted
from postil.tasks.models import Annotation, AnnotationVersion, Draft, Task
from postil.tasks.queries import has_result
from postil.tasks.recount_many import counted_many

MADE_COLUMNS = (
    "id", "task_id", "project_id", "result", "result_count", "completed_by_id", "updated_by_id", "config_version_id",
    "revision", "revision_action", "was_cancelled", "ground_truth", "is_surplus", "lead_time", "prediction",
    "parent_prediction_id", "parent_annotation_id", "unique_id", "last_action", "bulk_created", "created_at",
    "updated_at",
)  # fmt: skip
VERSION_COLUMNS = (
    "annotation_id", "number", "action", "was_cancelled", "ground_truth", "lead_time", "config_version_id",
    "created_at", "result", "created_by_id",
)  # fmt: skip
REWRITTEN_COLUMNS = ("result", "result_count", "ground_truth", "revision")


class NewAnnotation(NamedTuple):
    """An annotation to be made; `result` is JSON text."""

    task_id: int
    result: str
    result_count: int
    prediction_id: int | None = None
    parent_annotation_id: int | None = None


class Stored(NamedTuple):
    """What changes need to know of an annotation; a model instance takes several times as long."""

    pk: int
    task_id: int
    text: str | None
    revision: int
    ground_truth: bool

    @property
    def result(self) -> Any:
        """The result, parsed from its text."""
        return None if self.text is None else orjson.loads(self.text)


class Change(NamedTuple):
    """What a stored annotation shall say from now on: a result, a mark, or both; what is None stays."""

    annotation: Stored
    result: list[dict[str, Any]] | None = None
    ground_truth: bool | None = None


def stored(annotations: QuerySet[Annotation]) -> Iterator[Stored]:
    """Give annotations as `Change` takes them, in their order."""
    names = [name if name != "text" else "raw" for name in Stored._fields]
    yield from map(Stored._make, annotations.annotate(raw=RawJson("result")).values_list(*names))


def trash_tasks(project: Project, ids: Sequence[int], entry: TrashEntry) -> int:
    """Put tasks into the trash as a part of one act; returns how many were there."""
    locked = Task.objects.select_for_update(of=("self",)).filter(IsAmong("id", ids)).order_by("pk")
    found = locked.values_list("pk", "project_id", "is_labeled", "prediction_count", "data")
    rows = [row for row in found if row[1] == project.pk]
    if not rows:
        return 0
    live = [row[0] for row in rows]
    counts: Counter[str] = Counter(_answers_of(live))
    columns: Counter[str] = Counter()
    for _pk, _project, is_labeled, predictions, data in rows:
        counts.update({"task_count": 1, "finished_task_count": int(is_labeled), "prediction_count": predictions})
        columns.update(list(data))
    move_to_trash(Task.objects.filter(IsAmong("id", live)), entry=entry)
    change_counters(project.pk, counts_of({name: -counts[name] for name in COUNTERS}))
    add_data_columns(project.pk, {key: -count for key, count in columns.items()})
    emit(TasksDeleted(project_id=project.pk, task_ids=tuple(live)))
    return len(live)


def _answers_of(task_ids: Sequence[int]) -> dict[str, int]:
    """Return what the annotations of tasks add to the counters of their project."""
    useful = Q(was_cancelled=False, ground_truth=False) & has_result()
    return Annotation.objects.filter(IsAmong("task_id", task_ids)).aggregate(
        annotation_count=Count("pk", filter=Q(was_cancelled=False)),
        skipped_annotation_count=Count("pk", filter=Q(was_cancelled=True)),
        ground_truth_count=Count("pk", filter=Q(ground_truth=True)),
        useful_annotation_count=Count("pk", filter=useful),
        annotated_task_count=Count("task", distinct=True, filter=useful),
    )


def trash_annotations(
    project: Project, task_ids: Sequence[int], entry: TrashEntry, *, editor_id: int, author_id: int | None = None
) -> int:
    """Put the annotations of tasks into the trash as a part of one act, of one person or of all; drafts are dropped."""
    # The project is looked at here: as a condition, it would lead SQLite through all its tasks.
    live = Task.objects.filter(IsAmong("id", task_ids)).values_list("pk", "project_id")
    mine = [pk for pk, project_id in live if project_id == project.pk]
    annotations: QuerySet[Annotation] = Annotation.objects.filter(IsAmong("task_id", mine))
    drafts = Draft.objects.filter(IsAmong("task_id", mine))
    if author_id is not None:
        annotations, drafts = annotations.filter(completed_by_id=author_id), drafts.filter(user_id=author_id)
    count = _trash(project, annotations, entry, editor_id)
    drafts.delete()
    return count


def trash_named(project: Project, annotation_ids: Sequence[int], entry: TrashEntry, *, editor_id: int) -> int:
    """Put these annotations into the trash as a part of one act; returns how many were there."""
    return _trash(project, Annotation.objects.filter(IsAmong("id", annotation_ids)), entry, editor_id)


def _trash(project: Project, annotations: QuerySet[Annotation], entry: TrashEntry, editor_id: int) -> int:
    rows = list(annotations.order_by("pk").values_list("pk", "task_id"))
    if not rows:
        return 0
    with counted_many(project, sorted({task_id for _pk, task_id in rows}), editor_id=editor_id) as counted:
        gone = [pk for pk, task_id in rows if counted.answers.get(task_id, {}).pop(pk, None) is not None]
        counted.is_told = True
        move_to_trash(Annotation.objects.filter(IsAmong("id", gone)), entry=entry)
    if gone:
        emit(AnnotationsDeleted(project_id=project.pk, annotation_ids=tuple(gone)))
    return len(gone)


def annotate_many(
    project: Project, author_id: int, wanted: Sequence[NewAnnotation], action: VersionAction
) -> list[int]:
    """Store annotations of one person on many tasks; returns their ids. Tasks that are gone are passed over."""
    moment = now()
    made: list[int] = []
    with counted_many(project, sorted({item.task_id for item in wanted}), editor_id=author_id) as counted:
        live = [item for item in wanted if item.task_id in counted.labeled]
        counted.is_told = True
        if live:
            made = reserve_ids(Annotation, len(live))
            rows: list[Row] = [
                (
                    annotation_id, item.task_id, project.pk, item.result, item.result_count, author_id, author_id,
                    project.config_version_id, 1, action.value, False, False, counted.labeled[item.task_id], None, "{}",
                    item.prediction_id, item.parent_annotation_id, unique_id, action.value, True, moment, moment,
                )
                for annotation_id, item, unique_id in zip(made, live, new_uuids(len(live)), strict=True)
            ]  # fmt: skip
            insert_rows(Annotation, MADE_COLUMNS, rows)
            for annotation_id, item in zip(made, live, strict=True):
                counted.answers[item.task_id][annotation_id] = Answer(author_id, False, False, True, moment)
    if made:
        emit(AnnotationsCreated(project_id=project.pk, annotation_ids=tuple(made)))
    return made


def change_many(project: Project, editor_id: int, changes: Iterable[Change], action: VersionAction) -> list[int]:
    """Give stored annotations other results or marks; the state before is kept as a version. Returns their ids.

    The caller read the annotations in this transaction, under their locks.
    """
    moment = now()
    listed = list(changes)
    tasks = sorted({change.annotation.task_id for change in listed})
    if any(map(_counts_otherwise, listed)):
        with counted_many(project, tasks, editor_id=editor_id) as counted:
            _write(listed, editor_id, moment, action)
            for change in listed:
                _tell(counted.answers.get(change.annotation.task_id, {}), change)
            counted.is_told = True
    else:
        _write(listed, editor_id, moment, action)
        Task.objects.filter(IsAmong("id", tasks)).update(updated_at=moment, updated_by_id=editor_id)
    ids = [change.annotation.pk for change in listed]
    if ids:
        emit(AnnotationsUpdated(project_id=project.pk, annotation_ids=tuple(ids)))
    return ids


def _counts_otherwise(change: Change) -> bool:
    """Whether a change may change the sums of its task."""
    before = change.annotation
    is_marked = change.ground_truth is not None and change.ground_truth != before.ground_truth
    return is_marked or (change.result is not None and before.text is None)


def _tell(answers: dict[int, Answer], change: Change) -> None:
    """Change what counting knows of an annotation."""
    known = answers.get(change.annotation.pk)
    if known is not None:
        truth = known.ground_truth if change.ground_truth is None else change.ground_truth
        has_result = known.has_result or change.result is not None
        answers[change.annotation.pk] = known._replace(ground_truth=truth, has_result=has_result)


def _write(changes: list[Change], editor_id: int, moment: datetime, action: VersionAction) -> None:
    copy_rows(AnnotationVersion, VERSION_COLUMNS, _as_versions([change.annotation.pk for change in changes]))
    same = (action.value, editor_id, moment)
    changed = dict(zip(("revision_action", "updated_by_id", "updated_at"), same, strict=True))
    rewritten = [(*_rewritten(change), *same, change.annotation.pk) for change in changes if change.result is not None]
    update_rows(Annotation, (*REWRITTEN_COLUMNS, *changed), rewritten)
    for mark in (True, False):
        marked = [it.annotation.pk for it in changes if it.result is None and it.ground_truth is mark]
        if marked:
            found = Annotation.objects.filter(IsAmong("id", marked))
            found.update(ground_truth=mark, revision=F("revision") + 1, **changed)


def _as_versions(annotation_ids: list[int]) -> QuerySet[Annotation, Any]:
    """Find annotations as the versions that they are now."""
    found = Annotation.objects.filter(IsAmong("id", annotation_ids))
    return found.annotate(kept=JsonAsStored("result"), by=Coalesce("updated_by_id", "completed_by_id")).values_list(
        "pk", "revision", "revision_action", "was_cancelled", "ground_truth", "lead_time", "config_version_id",
        "updated_at", "kept", "by",
    )  # fmt: skip


def _rewritten(change: Change) -> tuple[str, int, bool, int]:
    before, result = change.annotation, change.result or []
    truth = before.ground_truth if change.ground_truth is None else change.ground_truth
    return orjson.dumps(result).decode(), len(result), truth, before.revision + 1
