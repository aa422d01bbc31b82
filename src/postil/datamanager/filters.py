"""Reads a filter group and compiles it: every word that a client sends is looked up or becomes a parameter."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from postil.core.errors import Invalid
from postil.datamanager.column import Column, Condition, Scope
from postil.datamanager.columns import COLUMNS
from postil.datamanager.data_column import PREFIX as DATA_PREFIX
from postil.datamanager.data_column import data_column

PREFIX = "filter:tasks:"
CONJUNCTIONS = ("and", "or")
MAX_FILTERS = 200


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
    if not isinstance(group, dict):
        raise Invalid.field("filters", 'Filters are written {"conjunction": "and", "items": […]}.')
    conjunction, items = group.get("conjunction"), group.get("items", [])
    if conjunction not in CONJUNCTIONS:
        raise Invalid.field("filters", f'conjunction: {conjunction!r} is neither "and" nor "or".')
    if not isinstance(items, list):
        raise Invalid.field("filters", "items: a list is needed.")
    if len(items) > MAX_FILTERS:
        raise Invalid.field("filters", f"At most {MAX_FILTERS} filters can be combined.")
    found = [_compile_item(item, scope) for item in items if _is_for_tasks(item)]
    if not found:
        return Q()
    return Q(*found, _connector=Q.AND if conjunction == "and" else Q.OR)


def _is_for_tasks(item: Any) -> bool:
    if not isinstance(item, dict):
        raise Invalid.field("filters", f"{item!r} is not a filter item.")
    # LS: items with another prefix are ignored.
    return isinstance(item.get("filter"), str) and item["filter"].startswith(PREFIX)


def _compile_item(item: dict[str, Any], scope: Scope) -> Q:
    found = Q()
    for part in with_children(item):
        name = str(part.get("filter", "")).removeprefix(PREFIX)
        operator = part.get("operator")
        if not isinstance(operator, str) or not operator:
            raise Invalid.field("filters", f'Filter on "{name}": an operator is needed.')
        condition = Condition(name, operator, str(part.get("type") or "String"), part.get("value"))
        found &= find_column(name, scope).predicate(condition, scope)
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
    if not isinstance(group, dict) or not isinstance(group.get("items", []), list):
        raise Invalid(fields={"filter_group": ['Filters are written {"conjunction": "and", "items": […]}.']})
    problems: list[dict[str, Any]] = []
    for item in group.get("items", []):
        if not isinstance(item, dict):
            raise Invalid(fields={"filter_group": {"filters": [f"{item!r} is not a filter item."]}})
        for part in with_children(item):
            reason = _saved_problem(part)
            if reason:
                problems.append({"column": [reason]})
    if problems:
        raise Invalid(fields={"filter_group": {"filters": problems}})


def _saved_problem(item: dict[str, Any]) -> str:
    column = item.get("filter", item.get("column"))
    if not isinstance(column, str) or not column.startswith(PREFIX):
        return f'Filter "{column}" should start with "{PREFIX}"'
    name = column.removeprefix(PREFIX)
    if "__" in name and not name.startswith(DATA_PREFIX) and name not in COLUMNS:
        return f'"__" is not allowed in filters: there is no column "{name}"'
    return ""
