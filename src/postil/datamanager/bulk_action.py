"""The contract of a bulk action: something done to the tasks that a person selected."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from postil.accounts.access import Actor
from postil.accounts.permissions import Permission
from postil.projects.models import Project
from postil.tasks.models import Task


@dataclass(frozen=True, slots=True)
class Call:
    """One use of an action: by whom, on which tasks, with which parameters.

    `is_everything` says that neither filters nor a selection left any task of the project out.
    """

    who: Actor
    project: Project
    tasks: QuerySet[Task]
    parameters: dict[str, Any]
    is_everything: bool


@dataclass(frozen=True, slots=True)
class BulkAction:
    """What the page shows of an action, and what it does.

    A destructive action does nothing without a selection, filters or a view.
    """

    id: str
    title: str
    order: int
    permissions: tuple[Permission, ...]
    run: Callable[[Call], dict[str, Any]]
    text: str = ""
    is_listed: bool = True
    is_destructive: bool = True
    is_experimental: bool | None = None
    reloads: bool = False
    form: Callable[[Actor, Project], list[dict[str, Any]]] | None = None


def is_bulk_action(plugin: object) -> bool:
    """Whether a plug-in keeps the contract."""
    return isinstance(plugin, BulkAction)


def action_json(action: BulkAction) -> dict[str, Any]:
    """Return an action as the list of actions shows it."""
    names = [permission.value for permission in action.permissions]
    found: dict[str, Any] = {
        "id": action.id,
        "title": action.title,
        "order": action.order,
        "permission": names[0] if len(names) == 1 else names,
        "dialog": {"title": action.title, "text": action.text, "type": "confirm"},
    }
    if action.form is not None:
        found["dialog"]["form"] = None  # made per project, at its own address
    if action.is_experimental is not None:
        found["experimental"] = action.is_experimental
    if action.reloads:
        found["reload"] = True
    return found
