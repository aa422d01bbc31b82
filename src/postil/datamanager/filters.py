"""Reads a filter group and compiles it: every word that a client sends is looked up or becomes a parameter."""

from collections.abc import Iterator
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from postil.core.errors import Invalid, quoted
from postil.datamanager.column import Column, Condition, Scope
from postil.datamanager.columns import COLUMNS
from postil.datamanager.data_column import PREFIX as DATA_PREFIX
from postil.datamanager.data_column import data_column

PREFIX = "filter:tasks:"
CONJUNCTIONS = ("and", "or")
MAX_FILTERS = 200
MAX_DEPTH = 5


def find_column(name: str, scope: Scope) -> Column:
    """Return the column of this name; raises `Invalid` for one that does not exist."""
    if name.startswith(DATA_PREFIX) and len(name) > len(DATA_PREFIX):
        return data_column(name.removeprefix(DATA_PREFIX), frozenset(scope.project.data_columns))
    if name in COLUMNS:
        return COLUMNS.get(name)
    raise Invalid(fields={"filters": [f'There is no column "{name}". Columns of the data are written "data.<key>".']})


def compile_filters(group: Any, scope: Scope) -> Q:
    """Return what tasks must fulfil. No group, or one without items, lets every task through."""
    if group is None or group == {}:
        return Q()
    _members(group, 1)  # refuses other kinds of nothing
    if sum(1 for _ in items_of(group)) > MAX_FILTERS:
        raise Invalid.field("filters", f"At most {MAX_FILTERS} filters can be combined.")
    return _compile_group(group, scope)


def conditions_of(group: Any) -> Iterator[Condition]:
    """Yield every condition of a group and of the groups in it, those of other tables left out."""
    for item in items_of(group):
        if _is_for_tasks(item):
            for part in with_children(item):
                yield _condition(part)


def items_of(group: Any, depth: int = 1) -> Iterator[dict[str, Any]]:
    """Yield the filter items of a group and of the groups in it; raises `Invalid` for what is neither."""
    if not group:
        return
    for item in _members(group, depth):
        if is_group(item):
            yield from items_of(item, depth + 1)
        else:
            yield item


def is_group(item: Any) -> bool:
    """Whether an entry of a group is a group itself. The contract knows one level; ours may be nested."""
    return isinstance(item, dict) and "items" in item and "filter" not in item


def _members(group: Any, depth: int) -> list[dict[str, Any]]:
    """Return the entries of a group after a look at its form."""
    if not isinstance(group, dict):
        raise Invalid.field("filters", 'Filters are written {"conjunction": "and", "items": […]}.')
    conjunction, items = group.get("conjunction"), group.get("items", [])
    if conjunction not in CONJUNCTIONS:
        raise Invalid.field("filters", f'conjunction: {quoted(conjunction)} is neither "and" nor "or".')
    if not isinstance(items, list):
        raise Invalid.field("filters", "items: a list is needed.")
    if depth > MAX_DEPTH:
        raise Invalid.field("filters", f"Groups can be nested {MAX_DEPTH} deep at most.")
    for item in items:
        if not isinstance(item, dict):
            raise Invalid.field("filters", f"{quoted(item)} is not a filter item.")
    return items


def _compile_group(group: dict[str, Any], scope: Scope) -> Q:
    found = [
        _compile_group(item, scope) if is_group(item) else _compile_item(item, scope)
        for item in group.get("items", [])
        if is_group(item) or _is_for_tasks(item)
    ]
    # A group without conditions asks nothing, be it negated or one of several.
    found = [part for part in found if part]
    if not found:
        return Q()
    whole = Q(*found, _connector=Q.AND if group["conjunction"] == "and" else Q.OR)
    return ~_known(whole) if group.get("not") is True else whole


def _known(found: Q) -> Q:
    """The same with "no value" read as "does not match", so that its opposite holds there."""
    return Q(Exact(Coalesce(ExpressionWrapper(found, output_field=BooleanField()), Value(False)), Value(True)))


def _is_for_tasks(item: dict[str, Any]) -> bool:
    # LS: items with another prefix are ignored.
    return isinstance(item.get("filter"), str) and item["filter"].startswith(PREFIX)


def _condition(part: dict[str, Any]) -> Condition:
    name = str(part.get("filter", "")).removeprefix(PREFIX)
    operator = part.get("operator")
    if not isinstance(operator, str) or not operator:
        raise Invalid.field("filters", f'Filter on "{name}": an operator is needed.')
    return Condition(name, operator, str(part.get("type") or "String"), part.get("value"))


def _compile_item(item: dict[str, Any], scope: Scope) -> Q:
    found = Q()
    for part in with_children(item):
        condition = _condition(part)
        found &= find_column(condition.column, scope).predicate(condition, scope)
    return found


def with_children(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a filter item and the one that is attached to it."""
    yield item
    child = item.get("child_filter")
    if child is None:
        return
    if not isinstance(child, dict):
        raise Invalid.field("filters", "child_filter: a filter item is needed.")
    yield child


def check_saved_filters(group: Any) -> None:
    """Refuse filters that a view must not keep: another prefix, a path into other tables, wrong shapes."""
    if group is None:
        return
    problems = list(_saved_problems(group, 1))
    if problems:
        raise Invalid(fields={"filter_group": {"filters": problems}})


def _saved_problems(group: Any, depth: int) -> Iterator[dict[str, Any]]:
    if not isinstance(group, dict) or not isinstance(group.get("items", []), list):
        raise Invalid(fields={"filter_group": ['Filters are written {"conjunction": "and", "items": […]}.']})
    if depth > MAX_DEPTH:
        raise Invalid(fields={"filter_group": [f"Groups can be nested {MAX_DEPTH} deep at most."]})
    for item in group.get("items", []):
        if not isinstance(item, dict):
            raise Invalid(fields={"filter_group": {"filters": [f"{quoted(item)} is not a filter item."]}})
        if is_group(item):
            yield from _saved_problems(item, depth + 1)
            continue
        for part in with_children(item):
            reason = _saved_problem(part)
            if reason:
                yield {"column": [reason]}


def _saved_problem(item: dict[str, Any]) -> str:
    column = item.get("filter", item.get("column"))
    if not isinstance(column, str) or not column.startswith(PREFIX):
        return f'Filter "{column}" should start with "{PREFIX}"'
    name = column.removeprefix(PREFIX)
    if "__" in name and not name.startswith(DATA_PREFIX) and name not in COLUMNS:
        return f'"__" is not allowed in filters: there is no column "{name}"'
    return ""
