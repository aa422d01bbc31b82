"""What tasks need to know of the packages above; those answer in their `apps.ready`."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.db.models import QuerySet

from postil.accounts.access import Actor
from postil.core.errors import NotFound
from postil.core.result import ItemError
from postil.projects.models import Project
from postil.tasks.models import Task


def _no_names(_ids: Collection[int]) -> dict[int, str]:
    return {}


def _no_copies(_source_id: int, _target: Project, _names: Collection[str]) -> dict[str, int]:
    return {}


def _no_objects(_project_id: int) -> Callable[[str], BinaryIO | None]:
    return lambda _address: None


def _no_views(_who: Actor, _project: Project, _view_id: int) -> QuerySet[Task]:
    raise NotFound("No View matches the given query.")


def _no_questions(_who: Actor, _project: Project, _question: Any) -> QuerySet[Task]:
    raise NotFound("There is no task table.")


def _nothing_syncs(_project_id: int) -> tuple[bool, bool]:
    return False, False


PredictSome = Callable[[Project, list[int], Callable[[ItemError], None]], int]


@dataclass(slots=True)
class _Ports:
    """`upload_names`: file names of uploads by id. `resolvers`: rewrite addresses inside task data (stored JSON text).
    `copy_uploads`: give a project the uploads of another one with these file names; returns their new ids by name.

    `object_names`: keys of the objects of storages that tasks came from, by task.
    `object_opener`: what opens the objects that addresses in the data of a project's tasks mean.
    `predictors`: make predictions for a task that is opened, if a model server is there; they store them.
    `batch_predictors`: the same for chosen tasks, on demand: how to begin, and how to go on with some of the tasks;
    they return how many were served, and note those that were not.
    `syncing`: whether a source, and whether a target, of a project is being synced now.
    `view_tasks`: the tasks of a project that a view shows to somebody.
    `asked_tasks`: those that a question to the task table means (filters, selected items), in its order.
    """

    upload_names: Callable[[Collection[int]], dict[int, str]] = _no_names
    copy_uploads: Callable[[int, Project, Collection[str]], dict[str, int]] = _no_copies
    object_names: Callable[[Collection[int]], dict[int, str]] = _no_names
    object_opener: Callable[[int], Callable[[str], BinaryIO | None]] = _no_objects
    resolvers: list[Callable[[Project, int, str], str]] = field(default_factory=list)
    predictors: list[Callable[[Project, Collection[int]], None]] = field(default_factory=list)
    batch_predictors: list[tuple[Callable[[Project], None], PredictSome]] = field(default_factory=list)
    syncing: Callable[[int], tuple[bool, bool]] = _nothing_syncs
    view_tasks: Callable[[Actor, Project, int], QuerySet[Task]] = _no_views
    asked_tasks: Callable[[Actor, Project, Any], QuerySet[Task]] = _no_questions


PORTS = _Ports()


def resolved(project: Project, task_id: int, data: str) -> str:
    """Return task data with the addresses of storages rewritten to ones that a browser can open."""
    for resolve in PORTS.resolvers:
        data = resolve(project, task_id, data)
    return data
