"""Work that the data manager leaves for later."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class PrepareColumn:
    """Make the index of a `ColumnIndex` row."""

    index_id: int


@dataclass(frozen=True)
class RunBulkAction:
    """Run a bulk action on the tasks that `body` and the view mean, as somebody asked for it."""

    action: str
    project_id: int
    organization_id: int
    user_id: int
    view_id: int | None = None
    body: dict[str, Any] = field(default_factory=dict)
