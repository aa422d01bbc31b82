"""Writes to the annotations of many tasks at once: a fixed number of statements for each batch, counters kept true.

The caller runs one transaction a batch, so that annotators wait for a moment at most.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from django.db.models import Count, Q, QuerySet

from postil.core.clock import now
from postil.core.ids import new_uuids
from postil.infra.bulk import Row, insert_rows, reserve_ids
from postil.infra.bulk_update import update_rows
from postil.infra.events import emit
from postil.infra.expressions import IsAmong
from postil.projects.counters import COUNTERS, add_data_columns, change_counters, counts_of
from postil.projects.models import Project, TrashEntry
from postil.projects.trash import move_to_trash
from postil.tasks.counts import Answer, Tally, tally
from postil.tasks.enums import VersionAction
from postil.tasks.events import AnnotationsCreated, AnnotationsDeleted, AnnotationsUpdated, TasksDeleted
from postil.tasks.models import Annotation, AnnotationVersion, Draft, Task
from postil.tasks.queries import has_result

MADE_COLUMNS = (
    "id", "task_id", "project_id", "result", "result_count", "completed_by_id", "updated_by_id", "config_version_id",
    "revision", "revision_action", "was_cancelled", "ground_truth", "is_surplus", "lead_time", "prediction",
    "parent_prediction_id", "parent_annotation_id", "unique_id", "last_action", "bulk_created", "created_at",
    "updated_at",
)  # fmt: skip
VERSION_COLUMNS = (
    "annotation_id", "number", "action", "result", "was_cancelled", "ground_truth", "lead_time", "config_version_id",
    "created_by_id", "created_at",
)  # fmt: skip
CHANGED_COLUMNS = (
    "result", "result_count", "ground_truth", "revision", "revision_action", "updated_by_id", "updated_at",
)  # fmt: skip


SUM_COLUMNS = ("annotation_count", "cancelled_annotation_count", "is_labeled", "completed_at")
# So many tasks with the same sums are stored by a statement of their own.
FEW = 10


class _TaskRow(NamedTuple):
    id: int
    project_id: int
    overlap: int
    is_labeled: bool


@dataclass(frozen=True, slots=True)
class NewAnnotation:
    """An annotation to be made; `result` is JSON text."""

    task_id: int
    result: str
    result_count: int
    prediction_id: int | None = None
    parent_annotation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a stored annotation shall say from now on; what is None stays."""

    annotation: Annotation
    result: list[dict[str, Any]] | None = None
    ground_truth: bool | None = None


@contextmanager
def counted_many(project: Project, ids: Sequence[int], *, editor_id: int | None = None) -> Iterator[dict[int, bool]]:
    """Lock tasks, let the caller change their annotations, then store what changed in the sums.

    Gives which of the live tasks are labeled so far. Must run in a transaction.
    """
    # The project is looked at here: as a condition, it would lead SQLite to an index of all its tasks.
    locked = Task.objects.select_for_update(of=("self",)).filter(IsAmong("id", ids)).order_by("pk")
    rows = [_TaskRow(*row) for row in locked.values_list(*_TaskRow._fields) if row[1] == project.pk]
    live = [row.id for row in rows]
    before = _tallies(project, rows)
    yield {row.id: row.is_labeled for row in rows}
    after = _tallies(project, rows)
    moment = now()
    groups: defaultdict[Tally, list[int]] = defaultdict(list)
    changes: Counter[str] = Counter()
    for row in rows:
        old, new = before[row.id], after[row.id]
        if old != new or old.is_labeled != row.is_labeled:
            groups[new].append(row.id)
            # A manager may have set the mark by hand: what stands on the row is what was counted.
            changes.update(new.project_counts())
            changes.subtract({**old.project_counts(), "finished_task_count": int(row.is_labeled)})
    _store(groups)
    touched = {"updated_at": moment} | ({"updated_by_id": editor_id} if editor_id is not None else {})
    if live:
        Task.objects.filter(IsAmong("id", live)).update(**touched)
    change_counters(project.pk, counts_of({name: changes[name] for name in COUNTERS}))


def _store(groups: dict[Tally, list[int]]) -> None:
    """Store the sums of tasks: those that many share by one statement, the others row by row."""
    single = [(*_sums(found), pk) for found, members in groups.items() if len(members) < FEW for pk in members]
    update_rows(Task, SUM_COLUMNS, single)
    for found, members in groups.items():
        if len(members) >= FEW:
            values = dict(zip(SUM_COLUMNS, _sums(found), strict=True))
            Task.objects.filter(IsAmong("id", members)).update(**values)


def _sums(found: Tally) -> tuple[Any, ...]:
    return found.annotations, found.cancelled, found.is_labeled, found.completed_at


def _tallies(project: Project, rows: list[_TaskRow]) -> dict[int, Tally]:
    answers: defaultdict[int, list[Answer]] = defaultdict(list)
    found = Annotation.objects.filter(IsAmong("task_id", [row.id for row in rows])).annotate(has=has_result())
    for task_id, *values in found.values_list(
        "task", "completed_by", "was_cancelled", "ground_truth", "has", "created_at"
    ):
        answers[task_id].append(Answer(*values))
    return {row.id: tally(answers[row.id], overlap=row.overlap, skip_queue=project.skip_queue) for row in rows}


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
    annotations: QuerySet[Annotation] = Annotation.objects.filter(IsAmong("task_id", task_ids))
    drafts = Draft.objects.filter(IsAmong("task_id", task_ids))
    if author_id is not None:
        annotations, drafts = annotations.filter(completed_by_id=author_id), drafts.filter(user_id=author_id)
    count = _trash(project, annotations, entry, editor_id)
    drafts.filter(task__project=project).delete()
    return count


def trash_named(project: Project, annotation_ids: Sequence[int], entry: TrashEntry, *, editor_id: int) -> int:
    """Put these annotations into the trash as a part of one act; returns how many were there."""
    return _trash(project, Annotation.objects.filter(IsAmong("id", annotation_ids)), entry, editor_id)


def _trash(project: Project, annotations: QuerySet[Annotation], entry: TrashEntry, editor_id: int) -> int:
    rows = list(annotations.order_by("pk").values_list("pk", "task_id"))
    if not rows:
        return 0
    with counted_many(project, sorted({task_id for _pk, task_id in rows}), editor_id=editor_id) as labeled:
        gone = [pk for pk, task_id in rows if task_id in labeled]
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
    with counted_many(project, sorted({item.task_id for item in wanted}), editor_id=author_id) as labeled:
        live = [item for item in wanted if item.task_id in labeled]
        if live:
            made = reserve_ids(Annotation, len(live))
            rows: list[Row] = [
                (
                    annotation_id, item.task_id, project.pk, item.result, item.result_count, author_id, author_id,
                    project.config_version_id, 1, action.value, False, False, labeled[item.task_id], None, "{}",
                    item.prediction_id, item.parent_annotation_id, unique_id, action.value, True, moment, moment,
                )
                for annotation_id, item, unique_id in zip(made, live, new_uuids(len(live)), strict=True)
            ]  # fmt: skip
            insert_rows(Annotation, MADE_COLUMNS, rows)
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
        with counted_many(project, tasks, editor_id=editor_id):
            _write(listed, editor_id, moment, action)
    else:
        _write(listed, editor_id, moment, action)
        Task.objects.filter(IsAmong("id", tasks)).update(updated_at=moment, updated_by_id=editor_id)
    ids = [change.annotation.pk for change in listed]
    if ids:
        emit(AnnotationsUpdated(project_id=project.pk, annotation_ids=tuple(ids)))
    return ids


def _counts_otherwise(change: Change) -> bool:
    """Whether a change may change the sums of its task."""
    stored = change.annotation
    is_marked = change.ground_truth is not None and change.ground_truth != stored.ground_truth
    return is_marked or (change.result is not None and bool(change.result) != bool(stored.result))


def _write(changes: list[Change], editor_id: int, moment: datetime, action: VersionAction) -> None:
    insert_rows(AnnotationVersion, VERSION_COLUMNS, [_version(change.annotation) for change in changes])
    update_rows(Annotation, CHANGED_COLUMNS, [_changed(change, editor_id, moment, action.value) for change in changes])


def _version(annotation: Annotation) -> Row:
    return (
        annotation.pk, annotation.revision, annotation.revision_action, _text(annotation.result),
        annotation.was_cancelled, annotation.ground_truth, annotation.lead_time, annotation.config_version_id,
        annotation.updated_by_id or annotation.completed_by_id, annotation.updated_at,
    )  # fmt: skip


def _changed(change: Change, editor_id: int, moment: Any, action: str) -> Row:
    stored = change.annotation
    result = stored.result if change.result is None else change.result
    truth = stored.ground_truth if change.ground_truth is None else change.ground_truth
    return (
        _text(result), len(result) if isinstance(result, list) else 0, truth, stored.revision + 1, action, editor_id,
        moment, stored.pk,
    )  # fmt: skip


def _text(value: object) -> str | None:
    return None if value is None else orjson.dumps(value).decode()
