"""The contract of a column: what it is called, how it filters and how it sorts.

A predicate is built from expressions only; a person's word becomes a parameter or the key of a table that the server
made, never a look-up path. SQL's NULL means "no value": it matches neither a comparison nor its opposite.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

from django.apps import apps
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable, OrderBy

from postil.accounts.models import User
from postil.projects.models import Project
from postil.tasks.models import Annotation, Draft, Prediction, Task

Order = list[OrderBy]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose eyes look at which project: people below reviewer see their own annotations only.

    `window`: only tasks from the first of these ids to the second will be looked at.
    """

    project: Project
    user: User
    sees_all_annotations: bool
    display_types: dict[str, str] = field(default_factory=dict)
    window: tuple[int, int] | None = None

    def annotations(self) -> QuerySet[Annotation]:
        """The annotations of the outer task that this person may see."""
        found = Annotation.objects.filter(task_id=OuterRef("pk"))
        return found if self.sees_all_annotations else found.filter(completed_by=self.user)

    def predictions(self) -> QuerySet[Prediction]:
        """The predictions of the outer task."""
        return Prediction.objects.filter(task_id=OuterRef("pk"))

    def drafts(self) -> QuerySet[Draft]:
        """The drafts of the outer task that this person may know of."""
        found = Draft.objects.filter(task_id=OuterRef("pk"))
        return found if self.sees_all_annotations else found.filter(user=self.user)


@dataclass(frozen=True, slots=True)
class Condition:
    """One filter item, its column already looked up."""

    column: str
    operator: str
    type: str
    value: Any


def uploads_by_name() -> "QuerySet[Any]":
    """Uploaded files. They belong to a sibling package, so the table is named, not imported."""
    return apps.get_model("imports", "FileUpload")._default_manager.all()


def links_to_objects() -> "QuerySet[Any]":
    """Tasks that came from objects of storages. They belong to a higher package, so the table is named."""
    return apps.get_model("storages", "StorageLink")._default_manager.all()


class Column(Protocol):
    """A column of the task table."""

    @property
    def id(self) -> str:
        """The name by which filters and orderings know it."""
        ...

    @property
    def title(self) -> str:
        """The heading."""
        ...

    @property
    def type(self) -> str:
        """What kind of value it holds, in the words of the API."""
        ...

    @property
    def help(self) -> str:
        """One line about it."""
        ...

    @property
    def position(self) -> int:
        """Where it stands among the columns."""
        ...

    @property
    def in_explore(self) -> bool:
        """Whether the table shows it at first."""
        ...

    @property
    def in_labeling(self) -> bool:
        """Whether it is shown beside the editor at first."""
        ...

    @property
    def is_listed(self) -> bool:
        """Whether the list of columns names it."""
        ...

    def predicate(self, condition: Condition, scope: Scope) -> Q:
        """Return what a task must fulfil; raises `Invalid` for a value that cannot be read."""
        ...

    def order(self, scope: Scope, *, descending: bool) -> Order:
        """Return how to sort by this column, tasks without a value last."""
        ...


def is_column(plugin: object) -> bool:
    """Whether a plug-in keeps the contract."""
    return all(hasattr(plugin, name) for name in ("id", "title", "type", "position", "predicate", "order"))


def by(*expressions: Combinable | str, descending: bool) -> Order:
    """Sort by expressions, NULL last in both directions."""
    parts: Sequence[Any] = [F(part) if isinstance(part, str) else part for part in expressions]
    # PostgreSQL follows an index downwards only if nobody says where NULL is to stand.
    return [OrderBy(part, descending=descending, nulls_last=part not in _always_there() or None) for part in parts]


@lru_cache(maxsize=1)
def _always_there() -> frozenset[F]:
    """The fields of tasks that are never NULL."""
    return frozenset(
        F(name) for field in Task._meta.concrete_fields if not field.null for name in {field.name, field.attname}
    )
