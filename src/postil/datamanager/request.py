"""What a client asks of the task table: filters, ordering, selected items. Read once, from wherever it came."""

from dataclasses import dataclass, field
from typing import Any

from postil.core.errors import Invalid
from postil.datamanager.ordering import PREFIX
from postil.datamanager.selection import Selection, read_selection

KEYS = ("filters", "ordering", "selectedItems", "hiddenColumns", "columnsDisplayType")


@dataclass(frozen=True, slots=True)
class TaskQuery:
    """A question to the task table, its parts not yet compiled."""

    filters: Any = None
    ordering: Any = None
    selection: Selection | None = None
    display_types: dict[str, str] = field(default_factory=dict)
    only_annotated: bool = False

    @property
    def is_restricted(self) -> bool:
        """Whether anything but the order was asked for."""
        has_filters = isinstance(self.filters, dict) and bool(self.filters.get("items"))
        return has_filters or self.only_annotated or self.selection is not None


def read_query(values: Any) -> TaskQuery:
    """Return the question in a `query` parameter, a view's data or the body of an action."""
    if values is None:
        return TaskQuery()
    if not isinstance(values, dict):
        raise Invalid.field("query", "An object with filters, ordering and selectedItems is needed.")
    return TaskQuery(
        filters=values.get("filters"),
        ordering=values.get("ordering"),
        selection=read_selection(values.get("selectedItems")),
        display_types=_display_types(values.get("columnsDisplayType")),
    )


def _display_types(value: Any) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Invalid.field("columnsDisplayType", "An object of column and type is needed.")
    return {str(key).removeprefix(PREFIX): str(kind) for key, kind in value.items()}
