"""What projects need to know of the packages above; those answer in their `apps.ready`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from postil.accounts.models import User
from postil.projects.models import Project


@dataclass(frozen=True, slots=True)
class AnswersInUse:
    """What annotations and drafts of a project say: counts by (from_name, to_name, type), and by control and label."""

    triples: dict[tuple[str, str, str], int] = field(default_factory=dict)
    labels: dict[str, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Queue:
    """How many tasks a person has done, and how many are open to them or done."""

    done: int = 0
    total: int = 0


@dataclass(slots=True)
class _Ports:
    answers_in_use: Callable[[Project], AnswersInUse]
    queues: Callable[[User, Iterable[Project]], dict[int, Queue]]
    overlap_changed: Callable[[Project], None]
    prediction_versions: Callable[[Project], set[str]]
    config_set: Callable[[Project], None]
    # Erases some of the tasks of a project, by its id, for good; whether there may be more.
    erase_some_tasks: Callable[[int], bool]


def _nothing(*_: Any) -> Any:
    raise RuntimeError("The tasks package has not answered this port.")


PORTS = _Ports(_nothing, _nothing, _nothing, _nothing, _nothing, _nothing)


@dataclass(slots=True)
class _Receivers:
    """Who must hear of a project's events by HTTP: packages that bring receivers add them, webhooks answers."""

    add: Callable[[Project, str], None] = _nothing
    remove: Callable[[Project, str], None] = _nothing


RECEIVERS = _Receivers()
# Names of live model servers; several packages may know some.
LIVE_MODELS: list[Callable[[Project], set[str]]] = []
# Titles of live model servers: a project that shows one shows whatever that server predicts.
LIVE_TITLES: list[Callable[[Project], set[str]]] = []


def shows_live_model(project: Project) -> bool:
    """Whether the project's model version is the title of a live model server."""
    return bool(project.model_version) and any(project.model_version in titles(project) for titles in LIVE_TITLES)


def known_model_versions(project: Project) -> set[str]:
    """Return the model versions that the project may show: of stored predictions and of live model servers."""
    return PORTS.prediction_versions(project).union(*(names(project) for names in LIVE_MODELS))
