"""Filters and ordering in words, and what is wrong with them."""

from typing import Any

from postil.accounts.models import Membership, User
from postil.core.errors import Invalid
from postil.datamanager import shapes
from postil.datamanager.column import Condition, Scope
from postil.datamanager.data_column import DataColumn
from postil.datamanager.filters import PREFIX, compile_filters, conditions_of, find_column, is_group, with_children
from postil.datamanager.ordering import split_key
from postil.datamanager.values import FALSE_WORDS, identifier, items
from postil.infra.expressions import is_pattern

WORDS = {
    "contains": "contains {}",
    "empty": "is empty",
    "ends_with": "ends with {}",
    "equal": "is {}",
    "greater": "is greater than {}",
    "greater_or_equal": "is at least {}",
    "in": "is between {}",
    "in_list": "is one of {}",
    "less": "is less than {}",
    "less_or_equal": "is at most {}",
    "not_contains": "does not contain {}",
    "not_equal": "is not {}",
    "not_in": "is not between {}",
    "not_in_list": "is none of {}",
    "regex": "matches the pattern {}",
    "starts_with": "starts with {}",
}
PEOPLE = ("annotators", "annotations__completed_by", "updated_by")
MOST_NAMED = 5


def explained(filters: Any, ordering: Any, scope: Scope) -> shapes.Explained:
    """Return filters and ordering as one sentence, and the problems of single conditions.

    Raises `Invalid` for filters that are not written as filters.
    """
    problems = [problem for condition in conditions_of(filters) for problem in _problems(condition, scope)]
    where = _group(filters, scope) if filters else ""
    keys = [ordering] if isinstance(ordering, str) else ordering or []
    order = ", then ".join(_key(key, scope) for key in keys if isinstance(key, str))
    sentence = f"Tasks where {where}" if where else "All tasks"
    return {"sentence": f"{sentence}{f', sorted by {order}' if order else ''}.", "problems": problems}


def _problems(condition: Condition, scope: Scope) -> list[shapes.FilterProblem]:
    name = condition.column
    try:
        column = find_column(name, scope)
        item = {
            "filter": f"{PREFIX}{name}", "operator": condition.operator, "type": condition.type,
            "value": condition.value,
        }  # fmt: skip
        compile_filters({"conjunction": "and", "items": [item]}, scope)
    except Invalid as error:
        return [{"filter": name, "reason": str(next(iter(error.fields.values()), [error.detail])[0])}]
    if isinstance(column, DataColumn) and scope.project.task_count and column.path[0] not in scope.project.data_columns:
        return [{"filter": name, "reason": f'No task has "{column.path[0]}" in its data (any more).'}]
    if condition.operator == "regex" and not is_pattern(str(condition.value)):
        return [{"filter": name, "reason": "This pattern is not understood, so it finds nothing."}]
    return []


def _group(group: dict[str, Any], scope: Scope) -> str:
    parts = []
    for item in group.get("items", []):
        if is_group(item):
            inner = _group(item, scope)
            parts.append(f"({inner})" if inner else "")
        else:
            children = [part for part in with_children(item) if str(part.get("filter", "")).startswith(PREFIX)]
            both = " and ".join(_condition(part, scope) for part in children)
            parts.append(f"({both})" if len(children) > 1 and group.get("conjunction") == "or" else both)
    whole = f" {group.get('conjunction')} ".join(part for part in parts if part)
    return f"not ({whole})" if whole and group.get("not") is True else whole


def _condition(item: dict[str, Any], scope: Scope) -> str:
    name, operator, value = str(item["filter"]).removeprefix(PREFIX), str(item.get("operator")), item.get("value")
    title = _title(name, scope)
    if operator == "empty":
        return f"{title} is {'empty' if _is_yes(value) else 'not empty'}"
    if operator in ("exists", "not_exists"):
        is_wanted = (operator == "exists") == (value in (None, "") or _is_yes(value))
        return f"{title} {'has a value' if is_wanted else 'has no value'}"
    if name in PEOPLE:
        value = _names(value, scope)
    words = WORDS.get(operator, f"{operator} {{}}")
    return f"{title} {words.format(_value(value))}" if "{}" in words else f"{title} {words}"


def _is_yes(value: Any) -> bool:
    return str(value).strip().lower() not in FALSE_WORDS


def _names(value: Any, scope: Scope) -> Any:
    """Return the names of the people of this organization; whom it does not know keeps the number."""
    try:
        ids = [identifier(part, "") for part in items(value, "")]
    except Invalid:
        return value
    colleagues = Membership.all_objects.filter(organization=scope.project.organization_id, user__in=ids)
    people = {
        person.pk: person.get_full_name() or person.email
        for person in User.objects.filter(pk__in=colleagues.values("user_id"))
    }
    return [people.get(part, part) for part in ids] or value


def _value(value: Any) -> str:
    if isinstance(value, dict) and "label" in value:
        return f"“{value['label']}”" + (f" in {value['control']}" if value.get("control") else "")
    if isinstance(value, dict):
        low, high = value.get("min"), value.get("max")
        return f"{'the beginning' if low is None else low} and {'the end' if high is None else high}"
    if isinstance(value, list):
        named = ", ".join(_value(part) for part in value[:MOST_NAMED])
        return f"{named} and {len(value) - MOST_NAMED} more" if len(value) > MOST_NAMED else named
    return f"“{value}”" if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)


def _key(key: str, scope: Scope) -> str:
    name, descending = split_key(key)
    return f"{_title(name, scope)}{' downwards' if descending else ''}"


def _title(name: str, scope: Scope) -> str:
    try:
        return find_column(name, scope).title
    except Invalid:
        return f"“{name}”"
