"""What the routes of the task table take and give."""

from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from postil.datamanager.models import View
from postil.infra.bodies import Body


class ViewIn(Body):
    """A new view."""

    project: int
    data: dict[str, Any] = {}
    is_private: bool = False


class ViewPatch(Body):
    """Changes of a view; its project never changes."""

    data: dict[str, Any] | None = None
    is_private: bool | None = None


class ViewOrderIn(Body):
    """The order of a project's views."""

    project: int
    ids: list[int]


class ViewResetIn(Body):
    """Which project's views to delete."""

    project: int | None = None


class ExplainIn(Body):
    """Filters and ordering to put into words."""

    project: int
    filters: Any = None
    ordering: Any = None


class ConfigChangeIn(Body):
    """A label config that a project might get."""

    label_config: str = Field(max_length=1_000_000)


class MigrateIn(ConfigChangeIn):
    """A label config, and what becomes of the answers that it does not know."""

    steps: list[dict[str, Any]] = []


class DuplicateIn(Body):
    """What of a project to copy."""

    mode: str = "settings"
    title: str = Field("", max_length=50)


class UndoIn(Body):
    """Which bulk action to take back, by its job."""

    project: int
    job: UUID


class ViewOut(Schema):
    """A view; `data` is what was sent."""

    id: int
    data: dict[str, Any]
    order: int
    user: int | None
    project: int
    is_private: bool


def view_json(view: View) -> dict[str, Any]:
    """Return a view as clients know it."""
    return {
        "id": view.pk,
        "data": view.data,
        "order": view.order,
        "user": view.user_id,
        "project": view.project_id,
        "is_private": view.is_private,
    }
