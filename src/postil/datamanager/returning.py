"""Notes what bulk actions take from tasks without the trash, drafts and what moves elsewhere, and gives it back."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from django.db.models import F, QuerySet

from postil.accounts.models import User
from postil.infra.bulk import insert_rows
from postil.infra.db import RawJson
from postil.infra.expressions import IsAmong
from postil.projects.models import Project
from postil.tasks.models import Annotation, Draft, Prediction, Task
from postil.tasks.recount_many import counted_many

DROPPED = "dropped draft"
MOVED: dict[str, type[Annotation | Draft | Prediction]] = {
    "moved annotation": Annotation, "moved draft": Draft, "moved prediction": Prediction,
}  # fmt: skip
DRAFT_COLUMNS = (
    "id", "task_id", "annotation_id", "user_id", "result", "revision", "lead_time", "was_postponed", "import_id",
    "created_at", "updated_at",
)  # fmt: skip


class Noted(NamedTuple):
    """One thing that an action did to a row: what was before, and a mark by which its present state is known."""

    kind: str
    id: int
    before: str
    mark: str


def dropped(drafts: QuerySet[Draft]) -> list[Noted]:
    """Note drafts that are about to go."""
    names = ["raw" if name == "result" else name for name in DRAFT_COLUMNS]
    rows = drafts.order_by("pk").annotate(raw=RawJson("result")).values_list(*names)
    return [Noted(DROPPED, row[0], orjson.dumps(row).decode(), "") for row in rows]


def moved(kind: str, rows: QuerySet[Any], to: int) -> list[Noted]:
    """Note rows that are about to move to another task."""
    return [Noted(kind, pk, str(task), str(to)) for pk, task in rows.order_by("pk").values_list("pk", "task_id")]


def bring_back(noted: Iterable[Noted]) -> tuple[int, int]:
    """Bring back drafts and what moved; returns how many drafts came back, and how many things stay as they are.

    A draft stays away if its author has begun anew, or if what it was about is gone; what moved stays if somebody
    deleted or moved it since.
    """
    listed = list(noted)
    drafts = [entry for entry in listed if entry.kind == DROPPED]
    back = _bring_drafts_back(drafts)
    left = len(drafts) - back
    for kind in MOVED:
        left += _move_back(kind, [entry for entry in listed if entry.kind == kind])
    return back, left


def _bring_drafts_back(noted: list[Noted]) -> int:
    rows = [dict(zip(DRAFT_COLUMNS, orjson.loads(entry.before), strict=True)) for entry in noted]
    if not rows:
        return 0
    tasks = set(_ids(Task.objects.filter(IsAmong("id", [row["task_id"] for row in rows]))))
    known = [row["annotation_id"] for row in rows if row["annotation_id"] is not None]
    annotations = {*_ids(Annotation.objects.filter(IsAmong("id", known))), None}
    people = set(_ids(User.objects.filter(pk__in={row["user_id"] for row in rows})))
    present = Draft.objects.filter(IsAmong("task_id", list(tasks)))
    taken = set(present.values_list("task_id", "annotation_id", "user_id"))
    wanted = [
        row
        for row in rows
        if row["task_id"] in tasks and row["annotation_id"] in annotations and row["user_id"] in people
        and (row["task_id"], row["annotation_id"], row["user_id"]) not in taken
    ]  # fmt: skip
    for row in wanted:
        row |= {name: datetime.fromisoformat(row[name]) for name in ("created_at", "updated_at")}
    insert_rows(Draft, DRAFT_COLUMNS, [tuple(row[name] for name in DRAFT_COLUMNS) for row in wanted])
    return len(wanted)


def _move_back(kind: str, noted: list[Noted]) -> int:
    """Move rows to where they were; returns how many stay."""
    entries = {entry.id: entry for entry in noted}
    tasks = {int(task) for entry in noted for task in (entry.before, entry.mark)}
    live = dict(Task.objects.filter(IsAmong("id", list(tasks))).values_list("pk", "project_id"))
    rows = MOVED[kind]._default_manager.filter(IsAmong("id", list(entries)))
    homes: defaultdict[int, list[int]] = defaultdict(list)
    for pk, task in rows.values_list("pk", "task_id"):
        home = int(entries[pk].before)
        if task == int(entries[pk].mark) and home in live and task in live:
            homes[home].append(pk)
    if homes:
        _move(kind, homes, tasks & live.keys(), live[next(iter(homes))])
    return len(noted) - sum(map(len, homes.values()))


def _move(kind: str, homes: dict[int, list[int]], tasks: set[int], project_id: int) -> None:
    def move() -> None:
        for home, ids in homes.items():
            MOVED[kind]._default_manager.filter(IsAmong("id", ids)).update(task_id=home)

    if MOVED[kind] is Annotation:
        with counted_many(Project.objects.get(pk=project_id), sorted(tasks)):
            move()
    elif MOVED[kind] is Prediction:
        before = _predictions(tasks)
        move()
        after = _predictions(tasks)
        for task_id in tasks:
            change = after[task_id] - before[task_id]
            if change:
                Task.objects.filter(pk=task_id).update(prediction_count=F("prediction_count") + change)
    else:
        move()


def _predictions(tasks: set[int]) -> Counter[int]:
    return Counter(Prediction.objects.filter(IsAmong("task_id", list(tasks))).values_list("task_id", flat=True))


def _ids(rows: QuerySet[Any]) -> Iterable[int]:
    return rows.values_list("pk", flat=True)
