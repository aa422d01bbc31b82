"""Which tasks: conditions on columns, joined by `&` and `|`, turned round by `~`.

    (data("text").contains("train") | data("text").contains("bus")) & ~(column("total_annotations") > 0)

The columns are those of the data manager; see the reference of the API.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

Value = str | int | float | bool | datetime
PREFIX = "filter:tasks:"
_LISTS = frozenset({"annotators", "updated_by", "predictions_model_versions"})


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions and filters, all of which (`and`) or any of which (`or`) must hold, or must not (`is_not`)."""

    items: tuple[dict[str, Any], ...]
    conjunction: str = "and"
    is_not: bool = False

    def __and__(self, other: "Filter") -> "Filter":
        """Both must hold."""
        return Filter((*self._parts("and"), *other._parts("and")), "and")

    def __or__(self, other: "Filter") -> "Filter":
        """One of both must hold."""
        return Filter((*self._parts("or"), *other._parts("or")), "or")

    def __invert__(self) -> "Filter":
        """It must not hold; a task without a value does not hold a comparison."""
        return Filter(self.items, self.conjunction, not self.is_not)

    def _parts(self, conjunction: str) -> tuple[dict[str, Any], ...]:
        """Return what stands in a group of this conjunction for this filter: its items, or itself as a group."""
        is_plain = not self.is_not and (len(self.items) == 1 or self.conjunction == conjunction)
        return self.items if is_plain else (self.as_json(),)

    def as_json(self) -> dict[str, Any]:
        """Return the filter as the API takes it."""
        found: dict[str, Any] = {"conjunction": self.conjunction, "items": list(self.items)}
        return {**found, "not": True} if self.is_not else found


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column of the data manager; comparing it makes a filter."""

    name: str

    def __eq__(self, value: Value) -> Filter:  # type: ignore[override]
        """Equal."""
        return self._filter("equal", value)

    def __ne__(self, value: Value) -> Filter:  # type: ignore[override]
        """Not equal."""
        return self._filter("not_equal", value)

    __hash__ = None  # type: ignore[assignment]

    def __gt__(self, value: Value) -> Filter:
        """Greater."""
        return self._filter("greater", value)

    def __ge__(self, value: Value) -> Filter:
        """Greater or equal."""
        return self._filter("greater_or_equal", value)

    def __lt__(self, value: Value) -> Filter:
        """Less."""
        return self._filter("less", value)

    def __le__(self, value: Value) -> Filter:
        """Less or equal."""
        return self._filter("less_or_equal", value)

    def between(self, low: Value, high: Value) -> Filter:
        """From `low` to `high`, both included."""
        return self._item("in", {"min": _json(low), "max": _json(high)}, _kind(low, self.name))

    def contains(self, value: Value | Sequence[Value]) -> Filter:
        """Has this text in it, in any case; of a list: has this member."""
        return self._filter("contains", value)

    def lacks(self, value: Value | Sequence[Value]) -> Filter:
        """The opposite of `contains`."""
        return self._filter("not_contains", value)

    def matches(self, pattern: str) -> Filter:
        """Matches a regular expression (RE2)."""
        return self._filter("regex", pattern)

    def one_of(self, values: Sequence[Value]) -> Filter:
        """Is one of these values."""
        first = values[0] if values else ""
        return self._item("in_list", [_json(value) for value in values], _kind(first, self.name))

    def is_empty(self, wanted: bool = True) -> Filter:
        """Has no value, or has one."""
        return self._item("empty", wanted, "List" if self.name in _LISTS else "String")

    def _filter(self, operator: str, value: Value | Sequence[Value]) -> Filter:
        if isinstance(value, Sequence) and not isinstance(value, str):
            return self._item(operator, [_json(each) for each in value], "List")
        return self._item(operator, _json(value), _kind(value, self.name))

    def _item(self, operator: str, value: Any, kind: str) -> Filter:
        return Filter(({"filter": PREFIX + self.name, "operator": operator, "type": kind, "value": value},))


def column(name: str) -> Column:
    """Return a column by its id: `id`, `annotators`, `total_annotations`, `created_at` …"""
    return Column(name)


def data(key: str) -> Column:
    """Return the column of a key in the tasks' data; `a.b` is a key inside an object."""
    return Column(f"data.{key}")


def _json(value: Value) -> str | int | float | bool:
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.astimezone()
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return value


def _kind(value: Value, name: str) -> str:
    if name in _LISTS:
        return "List"
    if isinstance(value, bool):
        return "Boolean"
    if isinstance(value, datetime):
        return "Datetime"
    return "Number" if isinstance(value, int | float) else "String"
