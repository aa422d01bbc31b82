"""The fast path for imports: tasks with everything on them, in batches, inside the caller's transaction."""

from collections import Counter, deque
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Protocol
from uuid import UUID, uuid4

from postil.accounts.access import Actor
from postil.core.clock import now
from postil.infra.bulk import Row, RowPipe, insert_rows, reserve_ids
from postil.infra.events import emit
from postil.projects.counters import COUNTERS, add_data_columns, change_counters, counts_of, take_inner_ids
from postil.projects.models import Project
from postil.projects.ports import PORTS
from postil.tasks.bulk_rows import (
    ANNOTATION_NAMES,
    DRAFT_NAMES,
    PREDICTION_NAMES,
    TASK_NAMES,
    RowMaker,
)
from postil.tasks.counts import Tally, tally
from postil.tasks.events import TasksCreated
from postil.tasks.models import Annotation, Draft, Prediction, Task
from postil.tasks.recount import whole_counts

BATCH = 2_000
# Ids are reserved for several batches together, because asking for them ends the batch under way.
NUMBERS_AT_ONCE = 20_000
NOTHING = Tally()
Document = dict[str, Any]


class Item(Protocol):
    """A task to be stored, checked before: people are ids, results are lists."""

    data: Document
    meta: Document | None
    annotations: list[Document]
    predictions: list[Document]
    drafts: list[Document]
    allow_skip: bool | None
    file_upload_id: int | None

    def data_json(self) -> bytes:
        """Return `data` as JSON text."""
        ...


class TaskWriter:
    """Stores tasks with their annotations, predictions and drafts, and keeps every counter true.

    Use it as a context inside one transaction: what was added counts when the context ends without an error. `expected`
    is how many tasks will come, at most. Memory does not grow with the number of tasks, but for their ids if somebody
    wants them.
    """

    def __init__(self, *, project: Project, who: Actor, expected: int, wants_ids: bool = False) -> None:
        self._project = project
        self._expected = expected
        self._numbers: deque[tuple[int, int]] = deque()
        self._pipe = RowPipe(Task, TASK_NAMES)
        self._rows = RowMaker(project=project, user_id=who.user.pk, moment=now())
        self._keeps_ids = wants_ids
        self._items: list[Item] = []
        self._counts: Counter[str] = Counter()
        self._columns: Counter[tuple[str, ...]] = Counter()
        self._all_ids: list[int] = []
        self.annotation_count = 0
        self.prediction_count = 0

    @property
    def task_ids(self) -> Sequence[int]:
        """The ids of the stored tasks, in order; only for a writer with `wants_ids`."""
        return self._all_ids

    def __enter__(self) -> "TaskWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._finish()
        else:
            self._pipe.abandon(error)

    def add(self, item: Item) -> None:
        """Store one task, now or with its batch."""
        self._items.append(item)
        if len(self._items) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        items, self._items = self._items, []
        if not items:
            return
        numbers = self._take_numbers(len(items))
        rows: list[Row] = []
        annotations: list[Row] = []
        predictions: list[Row] = []
        drafts: list[Row] = []
        self._avoid_known_ids(items)
        for (task_id, inner_id), item in zip(numbers, items, strict=True):
            found = self._tally(item)
            rows.append(self._rows.task(task_id, inner_id, item, found))
            self._note(item, found)
            if item.annotations or item.predictions or item.drafts:
                annotations += [self._rows.annotation(task_id, entry) for entry in item.annotations]
                predictions += [self._rows.prediction(task_id, entry) for entry in item.predictions]
                drafts += [self._rows.draft(task_id, entry) for entry in item.drafts]
        self._pipe.send(rows)
        for model, names, children in (
            (Annotation, ANNOTATION_NAMES, annotations),
            (Prediction, PREDICTION_NAMES, predictions),
            (Draft, DRAFT_NAMES, drafts),
        ):
            if children:
                insert_rows(model, names, children)
        if self._keeps_ids or len(self._all_ids) < BATCH:
            self._all_ids += [task_id for task_id, _ in numbers]

    def _take_numbers(self, count: int) -> list[tuple[int, int]]:
        """Return the ids and the numbers inside the project of the next tasks."""
        if len(self._numbers) < count:
            more = min(self._expected, NUMBERS_AT_ONCE) - len(self._numbers)
            ids = reserve_ids(Task, more)
            first = take_inner_ids(self._project.pk, more)
            self._numbers.extend(zip(ids, range(first, first + more), strict=True))
        self._expected -= count
        return [self._numbers.popleft() for _ in range(count)]

    def _tally(self, item: Item) -> Tally:
        if not item.annotations:
            return NOTHING
        answers = [self._rows.answer(entry) for entry in item.annotations]
        return tally(answers, overlap=self._rows.overlap, skip_queue=self._project.skip_queue)

    def _note(self, item: Item, found: Tally) -> None:
        self._columns[tuple(item.data)] += 1
        if item.annotations or item.predictions:
            self._counts.update(whole_counts(found, len(item.predictions)))
            self.annotation_count += len(item.annotations)
            self.prediction_count += len(item.predictions)
        else:
            self._counts["task_count"] += 1

    def _avoid_known_ids(self, items: list[Item]) -> None:
        """Give annotations a new `unique_id` where theirs is taken: bringing an export back makes copies."""
        named = {}
        for item in items:
            for entry in item.annotations:
                if entry.get("unique_id"):
                    named[str(entry["unique_id"])] = entry
        if not named:
            return
        valid = [text for text in named if _is_uuid(text)]
        known = set(Annotation.all_objects.filter(unique_id__in=valid).values_list("unique_id", flat=True))
        for text, entry in named.items():
            entry["unique_id"] = uuid4() if text not in valid or UUID(text) in known else UUID(text)

    def _finish(self) -> None:
        self._flush()
        self._pipe.drain()
        change_counters(self._project.pk, counts_of({name: self._counts[name] for name in COUNTERS}))
        columns: Counter[str] = Counter()
        for keys, count in self._columns.items():
            columns.update(dict.fromkeys(keys, count))
        add_data_columns(self._project.pk, dict(columns))
        if self._project.overlap_cohort_percentage < 100:
            PORTS.overlap_changed(self._project)
        emit(TasksCreated(project_id=self._project.pk, task_ids=tuple(self._all_ids)))


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
