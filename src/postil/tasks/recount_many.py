"""Keeps the counters of many tasks and of their project true while their annotations change: `recount` for a batch."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from postil.core.clock import now
from postil.infra.bulk_update import update_rows
from postil.infra.db import QuickMoment
from postil.infra.expressions import IsAmong
from postil.projects.counters import COUNTERS, Counts, change_counters, counts_of
from postil.projects.models import Project
from postil.tasks.counts import Answer, Tally, difference, tally
from postil.tasks.models import Annotation, Task
from postil.tasks.queries import has_result

SUM_COLUMNS = ("annotation_count", "cancelled_annotation_count", "is_labeled", "completed_at")
# So many tasks with the same sums are stored by a statement of their own.
FEW = 10
NOTHING = Tally()


# Of a `Tally`: all but the moment.
_Counts = tuple[int, int, int, int, bool]
Answers = defaultdict[int, dict[int, Answer]]
_Sums = tuple[int, int, bool, datetime | None]


class _TaskRow(NamedTuple):
    id: int
    project_id: int
    overlap: int
    is_labeled: bool


class Counted:
    """Locked tasks with what counting knows of their annotations; `is_told` says that the caller keeps it true."""

    def __init__(self, rows: Sequence[_TaskRow]) -> None:
        self.labeled = {row.id: row.is_labeled for row in rows}
        self.answers: Answers = defaultdict(dict)
        self.is_told = False
        self._rows = rows

    def read(self) -> None:
        """Read what counting needs from the annotations as they are now."""
        self.answers = answers_by_task(list(self.labeled))

    def tallies(self, skip_queue: str) -> list[Tally]:
        """Return what the annotations of each task add up to."""
        return [self._tally(row, skip_queue) for row in self._rows]

    def _tally(self, row: _TaskRow, skip_queue: str) -> Tally:
        answers = self.answers.get(row.id)
        if not answers and row.overlap > 0:
            return NOTHING
        return tally((answers or {}).values(), overlap=row.overlap, skip_queue=skip_queue)


def answers_by_task(task_ids: Sequence[int]) -> Answers:
    """Return what counting needs to know of the annotations of tasks, by task and by annotation."""
    answers: Answers = defaultdict(dict)
    found = Annotation.objects.filter(IsAmong("task_id", task_ids)).annotate(has=has_result())
    for task_id, pk, *values in found.annotate(made=QuickMoment("created_at")).values_list(
        "task", "pk", "completed_by", "was_cancelled", "ground_truth", "has", "made"
    ):
        answers[task_id][pk] = Answer._make(values)
    return answers


@contextmanager
def counted_many(project: Project, ids: Sequence[int], *, editor_id: int | None = None) -> Iterator[Counted]:
    """Lock tasks, let the caller change their annotations, then store what changed in the sums.

    Gives the live tasks among them. Must run in a transaction. The annotations are read again afterwards, unless the
    caller told what became of them.
    """
    # The project is looked at here: as a condition, it would lead SQLite to an index of all its tasks.
    locked = Task.objects.select_for_update(of=("self",)).filter(IsAmong("id", ids)).order_by("pk")
    rows = [_TaskRow(*row) for row in locked.values_list(*_TaskRow._fields) if row[1] == project.pk]
    counted = Counted(rows)
    counted.read()
    before = counted.tallies(project.skip_queue)
    yield counted
    if not counted.is_told:
        counted.read()
    _store_changes(rows, before, counted.tallies(project.skip_queue), editor_id)


def _store_changes(
    rows: Sequence[_TaskRow], before: Sequence[Tally], after: Sequence[Tally], editor: int | None
) -> None:
    groups: defaultdict[_Sums, list[int]] = defaultdict(list)
    steps: Counter[tuple[_Counts, _Counts]] = Counter()
    for row, old, new in zip(rows, before, after, strict=True):
        if old != new or old.is_labeled != row.is_labeled:
            # A manager may have set the mark by hand: what stands on the row is what was counted.
            steps[(*old[:4], row.is_labeled), new[:5]] += 1
            sums = (new.annotations, new.cancelled, new.is_labeled, new.completed_at)
            if sums != (old.annotations, old.cancelled, row.is_labeled, old.completed_at):
                groups[sums].append(row.id)
    _store(groups, [row.id for row in rows], editor)
    if rows:
        change_counters(rows[0].project_id, _differences(steps))


def _differences(steps: "Counter[tuple[_Counts, _Counts]]") -> Counts:
    changes: Counter[Any] = Counter()
    for (old, new), count in steps.items():
        added = difference(Tally(*old).project_counts(), Tally(*new).project_counts())
        changes.update({name: added.get(name, 0) * count for name in COUNTERS})
    return counts_of(dict(changes))


def _store(groups: dict[_Sums, list[int]], all_ids: Sequence[int], editor: int | None) -> None:
    """Store the sums of tasks: those that many share by one statement, the others row by row; note that all changed."""
    touched = {"updated_at": now()} | ({} if editor is None else {"updated_by_id": editor})
    update_rows(Task, SUM_COLUMNS, [(*sums, pk) for sums, ids in groups.items() if len(ids) < FEW for pk in ids])
    left = set(all_ids)
    for sums, ids in groups.items():
        if len(ids) >= FEW:
            stored = dict(zip(SUM_COLUMNS, sums, strict=True))
            Task.objects.filter(IsAmong("id", ids)).update(**stored, **touched)
            left.difference_update(ids)
    if left:
        Task.objects.filter(IsAmong("id", sorted(left))).update(**touched)
