"""Writes to the annotations of many tasks at once: a fixed number of statements for each batch, counters kept true.

The caller runs one transaction a batch, so that annotators wait for a moment at most.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from django.db.models import Count, Q, QuerySet

from postil.core.clock import now
from postil.core.ids import new_uuids
from postil.infra.bulk import Row, insert_rows, reserve_ids
from postil.infra.bulk_update import update_rows
from postil.infra.db import RawJson
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


class Stored(NamedTuple):
    """What changes and versions need to know of an annotation; a model instance takes several times as long."""

    pk: int
    task_id: int
    text: str | None
    result_count: int
    completed_by_id: int | None
    updated_by_id: int | None
    config_version_id: int | None
    revision: int
    revision_action: str
    was_cancelled: bool
    ground_truth: bool
    lead_time: float | None
    updated_at: datetime

    @property
    def result(self) -> Any:
        """The result, parsed from its text."""
        return None if self.text is None else orjson.loads(self.text)


@dataclass(frozen=True, slots=True)
class Change:
    """What a stored annotation shall say from now on; what is None stays."""

    annotation: Stored
    result: list[dict[str, Any]] | None = None
    ground_truth: bool | None = None


class Counted:
    """Locked tasks with what counting knows of their annotations; `is_told` says that the caller keeps it true."""

    def __init__(self, rows: Sequence[_TaskRow]) -> None:
        self.labeled = {row.id: row.is_labeled for row in rows}
        self.answers: dict[int, dict[int, Answer]] = {}
        self.is_told = False
        self._rows = rows

    def read(self) -> None:
        """Read what counting needs from the annotations as they are now."""
        self.answers = {row.id: {} for row in self._rows}
        found = Annotation.objects.filter(IsAmong("task_id", list(self.answers))).annotate(has=has_result())
        for task_id, pk, *values in found.values_list(
            "task", "pk", "completed_by", "was_cancelled", "ground_truth", "has", "created_at"
        ):
            self.answers[task_id][pk] = Answer(*values)

    def tallies(self, skip_queue: str) -> dict[int, Tally]:
        """Return what the annotations of each task add up to."""
        return {
            row.id: tally(self.answers[row.id].values(), overlap=row.overlap, skip_queue=skip_queue)
            for row in self._rows
        }


def stored(annotations: QuerySet[Annotation]) -> Iterator[Stored]:
    """Give annotations as `Change` takes them, in their order."""
    names = [name if name != "text" else "raw" for name in Stored._fields]
    yield from map(Stored._make, annotations.annotate(raw=RawJson("result")).values_list(*names))


@contextmanager
def counted_many(project: Project, ids: Sequence[int], *, editor_id: int | None = None) -> Iterator[Counted]:
    """Lock tasks, let the caller change their annotations, then store what changed in the sums.

    Gives the live tasks among them. Must run in a transaction. The annotations are read again afterwards, unless the
    caller told what became of them.
    """
    # The project is looked at here: as a condition, it would lead SQLite to an index of all its tasks.
    locked = Task.objects.select_for_update(of=("self",)).filter(IsAmong("id", ids)).order_by("pk")
    rows = [_TaskRow(*row) for row in locked.values_list(*_TaskRow._fields) if row[1] == project.pk]
    live = [row.id for row in rows]
    counted = Counted(rows)
    counted.read()
    before = counted.tallies(project.skip_queue)
    yield counted
    if not counted.is_told:
        counted.read()
    after = counted.tallies(project.skip_queue)
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
        answers[change.annotation.pk] = replace(known, ground_truth=truth, has_result=has_result)


def _write(changes: list[Change], editor_id: int, moment: datetime, action: VersionAction) -> None:
    insert_rows(AnnotationVersion, VERSION_COLUMNS, [_version(change.annotation) for change in changes])
    update_rows(Annotation, CHANGED_COLUMNS, [_changed(change, editor_id, moment, action.value) for change in changes])


def _version(annotation: Stored) -> Row:
    return (
        annotation.pk, annotation.revision, annotation.revision_action, annotation.text,
        annotation.was_cancelled, annotation.ground_truth, annotation.lead_time, annotation.config_version_id,
        annotation.updated_by_id or annotation.completed_by_id, annotation.updated_at,
    )  # fmt: skip


def _changed(change: Change, editor_id: int, moment: Any, action: str) -> Row:
    before, result = change.annotation, change.result
    text = before.text if result is None else orjson.dumps(result).decode()
    truth = before.ground_truth if change.ground_truth is None else change.ground_truth
    count = before.result_count if result is None else len(result)
    return (text, count, truth, before.revision + 1, action, editor_id, moment, before.pk)
