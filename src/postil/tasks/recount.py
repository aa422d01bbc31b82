"""Keeps the counters of a task and its project true while its annotations change."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from postil.accounts.models import User
from postil.core.clock import now
from postil.core.errors import NotFound
from postil.infra.bulk import Value
from postil.infra.prepared import PreparedRows, PreparedUpdate, Slot
from postil.projects.counters import Counts, change_counters
from postil.projects.models import Project
from postil.tasks.counts import Answer, Tally, difference, tally
from postil.tasks.models import Annotation, Task
from postil.tasks.queries import has_result

# What counting does not look at, and what is long: it is loaded only if somebody asks for it.
HEAVY = (
    "data",
    "meta",
    "project__label_config",
    "project__parsed_label_config",
    "project__control_weights",
    "project__data_columns",
    "project__expert_instruction",
    "project__description",
)

_LOCKED = PreparedRows[Task](
    lambda: (
        Task.all_objects.select_for_update(of=("self",)).select_related("project").defer(*HEAVY).filter(pk=Slot("task"))
    )
)
_ANSWERS = PreparedRows[tuple[Any, ...]](
    lambda: (
        Annotation.objects.filter(task=Slot("task"))
        .annotate(has=has_result())
        .values_list("completed_by", "was_cancelled", "ground_truth", "has", "created_at")
    )
)
_STORE = PreparedUpdate(lambda *names: (Task.all_objects.filter(pk=Slot("task")), {name: Slot(name) for name in names}))


@contextmanager
def counted(
    task_id: int, *, editor: User | None = None, added: Callable[[], Answer | None] = lambda: None
) -> Iterator[Task]:
    """Lock a task, let the caller change its annotations, then store what changed in the sums.

    Must run in a transaction. Three statements beside the caller's own, four when a counter of the project changes.
    A caller that did nothing but add one annotation says so by `added`; then the others are not read again.
    """
    task = _LOCKED.first(task=task_id)
    if task is None:
        raise NotFound("No Task matches the given query.")
    answers = answers_of(task) if task.annotation_count or task.cancelled_annotation_count else []
    found = tally(answers, overlap=task.overlap, skip_queue=task.project.skip_queue)
    before = found._replace(is_labeled=task.is_labeled)
    yield task
    new = added()
    after = tally(
        [*answers, new] if new is not None else answers_of(task),
        overlap=task.overlap,
        skip_queue=task.project.skip_queue,
    )
    store(task, before, after, editor=editor)


def tally_of(task: Task, project: Project) -> Tally:
    """Return what the stored annotations of a task add up to."""
    return tally(answers_of(task), overlap=task.overlap, skip_queue=project.skip_queue)


def stored_tally(task: Task) -> Tally:
    """Return what a task adds to the counters of its project now: its answers, and the mark that stands on its row.

    The mark may differ from the answers, because managers may set it.
    """
    return tally_of(task, task.project)._replace(is_labeled=task.is_labeled)


def answers_of(task: Task) -> list[Answer]:
    """Return what counting needs to know of a task's annotations."""
    return [Answer(*row) for row in _ANSWERS.all(task=task.pk)]


def store(task: Task, before: Tally, after: Tally, *, editor: User | None = None) -> None:
    """Write the sums of a task and add the differences to its project."""
    changes: dict[str, Value] = {
        "annotation_count": after.annotations,
        "cancelled_annotation_count": after.cancelled,
        "is_labeled": after.is_labeled,
        "completed_at": after.completed_at,
        "updated_at": now(),
    }
    if editor is not None:
        changes["updated_by"] = editor.pk
    _STORE.run(*changes, task=task.pk, **changes)
    if task.deleted_at is None:
        change_counters(task.project_id, difference(before.project_counts(), after.project_counts()))


def whole_counts(tallied: Tally, predictions: int) -> Counts:
    """Return everything that a task adds to the counters of its project."""
    return {**tallied.project_counts(), "task_count": 1, "prediction_count": predictions}
