"""The contract of a bulk action: something done to the tasks that a person selected.

Most actions work in batches: `plan` says what is to be done (ids, fixed before anything changes), `step` does one batch
in a transaction of its own, `answer` says what came of it. What a step leaves for undoing it notes in its `Call`.
An action without `step` is done at once by `run`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q, QuerySet

from postil.accounts.access import Actor
from postil.accounts.permissions import Permission
from postil.core.result import ItemError
from postil.datamanager import shapes
from postil.datamanager.returning import Noted
from postil.projects.models import Project, TrashEntry
from postil.projects.trash import open_entry
from postil.tasks.models import Draft, Task

# A preview compares the answers of so many tasks at most.
MOST_COMPARED = 100_000
Unit = Literal["tasks", "annotations", "predictions"]


@dataclass(slots=True)
class Traces:
    """What an action left so far: acts of deleting, annotations it made, and those it changed with their revision.

    `rewritten`: drafts and predictions that say something else now, drafts that went, and what moved to other tasks.
    """

    trash: list[int] = field(default_factory=list)
    made: list[int] = field(default_factory=list)
    changed: list[tuple[int, int]] = field(default_factory=list)
    rewritten: list[Noted] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Call:
    """One use of an action: by whom, on which tasks, with which parameters.

    `is_everything` says that neither filters nor a selection left any task of the project out; `in_order` gives the
    tasks in the order that was asked for. What a step could not do with single tasks it notes in `problems`.
    """

    who: Actor
    project: Project
    tasks: QuerySet[Task]
    parameters: dict[str, Any]
    is_everything: bool
    in_order: Callable[[], QuerySet[Task]]
    traces: Traces = field(default_factory=Traces)
    problems: list[ItemError] = field(default_factory=list)

    def trash(self, kind: str) -> TrashEntry:
        """Return the act of deleting of this kind, the same for all steps."""
        found = TrashEntry.objects.filter(pk__in=self.traces.trash, kind=kind).first()
        if found is None:
            found = open_entry(who=self.who, project=self.project, kind=kind, object_id=None, title="", count=0)
            self.traces.trash.append(found.pk)
        return found


def count_deleted(entry: TrashEntry, count: int, noun: str) -> None:
    """Add to the number of rows of an act of deleting, and name it after them."""
    entry.count += count
    entry.title = f"{entry.count} {noun}"
    entry.save(update_fields=["count", "title"])


def selected_ids(call: Call) -> list[int]:
    """Return the ids of the selected tasks: what most actions plan to do."""
    return list(call.tasks.order_by("pk").values_list("pk", flat=True))


def answered_ids(call: Call) -> list[int]:
    """Return the ids of the selected tasks that have annotations or drafts."""
    has_draft = Exists(Draft.objects.filter(task_id=OuterRef("pk")))
    has_some = Q(annotation_count__gt=0) | Q(cancelled_annotation_count__gt=0) | Q(has_draft)
    return list(call.tasks.filter(has_some).order_by("pk").values_list("pk", flat=True))


def spoken_for_ids(call: Call) -> list[int]:
    """Return the ids of the selected tasks about which a person or a model said something."""
    has_draft = Exists(Draft.objects.filter(task_id=OuterRef("pk")))
    has_some = (
        Q(annotation_count__gt=0) | Q(cancelled_annotation_count__gt=0) | Q(prediction_count__gt=0) | Q(has_draft)
    )
    return list(call.tasks.filter(has_some).order_by("pk").values_list("pk", flat=True))


def predicted_ids(call: Call) -> list[int]:
    """Return the ids of the selected tasks that have predictions."""
    return list(call.tasks.filter(prediction_count__gt=0).order_by("pk").values_list("pk", flat=True))


def nothing_to_check(_call: Call) -> None:
    """Accept any parameters."""


def nobody_knows(_call: Call) -> None:
    """Leave the counting of what an action touches to the preview."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkAction:
    """What the page shows of an action, and what it does.

    A destructive action does nothing without a selection, filters or a view. `width`: how many ids of the plan belong
    together, `batch` how many a step gets. `check` raises `Invalid` for parameters that make no sense, before anything
    is planned; `count` says how much a use would touch, where that is known without doing it. An action that
    `calls_others` is always the work of a job; its steps run outside of transactions, and done again they do nothing
    twice. `take_back` undoes what is no part of the steps; it may run twice.
    """

    id: str
    title: str
    order: int
    permissions: tuple[Permission, ...]
    run: Callable[[Call], Any] | None = None
    check: Callable[[Call], None] = nothing_to_check
    plan: Callable[[Call], list[int]] = selected_ids
    width: int = 1
    batch: int = 1_000
    calls_others: bool = False
    step: Callable[[Call, list[int]], int] | None = None
    answer: Callable[[Call, int], dict[str, Any]] | None = None
    take_back: Callable[[Call], None] | None = None
    counts: Unit = "tasks"
    count: Callable[[Call], int | None] = nobody_knows
    audited_as: str = ""
    text: str = ""
    is_listed: bool = True
    is_destructive: bool = True
    is_undoable: bool = False
    is_experimental: bool | None = None
    reloads: bool = False
    form: Callable[[Actor, Project], list[dict[str, Any]]] | None = None


def is_bulk_action(plugin: object) -> bool:
    """Whether a plug-in keeps the contract."""
    return isinstance(plugin, BulkAction)


def action_json(action: BulkAction) -> shapes.Action:
    """Return an action as the list of actions shows it."""
    names = [permission.value for permission in action.permissions]
    found: shapes.Action = {
        "id": action.id,
        "title": action.title,
        "order": action.order,
        "permission": names[0] if len(names) == 1 else names,
        "dialog": {"title": action.title, "text": action.text, "type": "confirm"},
        "counts": action.counts,
        "is_destructive": action.is_destructive,
        "is_undoable": action.is_undoable,
    }
    if action.form is not None:
        found["dialog"]["form"] = None  # made per project, at its own address
    if action.is_experimental is not None:
        found["experimental"] = action.is_experimental
    if action.reloads:
        found["reload"] = True
    return found
