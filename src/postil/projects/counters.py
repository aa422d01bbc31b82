"""The counters of a project: changed by differences, in the transaction of the rows they count."""

from collections.abc import Mapping
from typing import Literal, TypedDict, cast, get_args

from django.db.models import F

from postil.infra.prepared import PreparedUpdate, Slot
from postil.projects.models import Project


class Counts(TypedDict, total=False):
    """Differences to add; a missing one is zero."""

    task_count: int
    finished_task_count: int
    annotated_task_count: int
    annotation_count: int
    useful_annotation_count: int
    ground_truth_count: int
    skipped_annotation_count: int
    prediction_count: int


Counter = Literal[
    "task_count",
    "finished_task_count",
    "annotated_task_count",
    "annotation_count",
    "useful_annotation_count",
    "ground_truth_count",
    "skipped_annotation_count",
    "prediction_count",
]
COUNTERS: tuple[Counter, ...] = get_args(Counter)
OPENING = ("finished_task_count", "annotation_count", "skipped_annotation_count")

_ADD = PreparedUpdate(
    lambda *names: (Project.all_objects.filter(pk=Slot("project")), {name: F(name) + Slot(name) for name in names})
)


def counts_of(values: Mapping[Counter, int]) -> Counts:
    """Return differences from values by name."""
    return cast("Counts", dict(values))


def change_counters(project_id: int, counts: Counts) -> None:
    """Add the differences in one statement; nothing is written when all are zero."""
    changed: dict[str, int] = {name: counts[name] for name in COUNTERS if counts.get(name)}
    if any(changed.get(name, 0) < 0 for name in OPENING):
        changed["reopenings"] = 1
    if changed:
        _ADD.run(*changed, project=project_id, **changed)


def note_reopening(project_id: int) -> None:
    """Say that tasks may be open again for a reason that no counter shows."""
    _ADD.run("reopenings", project=project_id, reopenings=1)


def add_data_columns(project_id: int, counts: dict[str, int]) -> None:
    """Add to the number of tasks that have each data key. The caller holds the project's row or the only writer."""
    if not counts:
        return
    stored = Project.all_objects.select_for_update().values_list("data_columns", flat=True).get(pk=project_id)
    merged = dict(stored)
    for key, delta in counts.items():
        merged[key] = merged.get(key, 0) + delta
    kept = {key: count for key, count in merged.items() if count > 0}
    if kept != stored:
        Project.all_objects.filter(pk=project_id).update(data_columns=kept)


def take_inner_ids(project_id: int, count: int) -> int:
    """Reserve `count` numbers inside a project; returns the first. Must run in a transaction."""
    Project.all_objects.filter(pk=project_id).update(last_inner_id=F("last_inner_id") + count)
    last: int = Project.all_objects.values_list("last_inner_id", flat=True).get(pk=project_id)
    return last - count + 1
