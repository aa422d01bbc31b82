"""What each operator means for each kind of value. All functions return a `Q` over expressions."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, Value
from django.db.models.expressions import Combinable
from django.db.models.lookups import (
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    In,
    IsNull,
    LessThan,
    LessThanOrEqual,
)

from postil.datamanager import values
from postil.datamanager.column import Condition
from postil.infra.expressions import ContainsText, MatchesPattern, is_pattern

COMPARISONS: dict[str, type[Any]] = {
    "greater": GreaterThan,
    "greater_or_equal": GreaterThanOrEqual,
    "less": LessThan,
    "less_or_equal": LessThanOrEqual,
}
NEGATIONS = {
    "not_equal": "equal",
    "not_contains": "contains",
    "not_in": "in",
    "not_in_list": "in_list",
    "not_exists": "exists",
}
NOTHING = Q(pk__in=[])
Read = Callable[[Any, str], Any]


def asks_empty(condition: Condition) -> bool | None:
    """Whether tasks without a value are wanted; None when the operator is about something else."""
    if condition.operator == "empty":
        return values.boolean(condition.value, condition.column)
    if condition.operator in ("exists", "not_exists"):
        # The value of `exists` may be left out.
        wanted = values.boolean(True if condition.value in (None, "") else condition.value, condition.column)
        return (not wanted) if condition.operator == "exists" else wanted
    return None


def positive(operator: str) -> tuple[str, bool]:
    """Return the operator without its "not", and whether there was one."""
    return (NEGATIONS[operator], True) if operator in NEGATIONS else (operator, False)


def compare(expression: Combinable, condition: Condition, read: Read) -> Q:
    """Compare an ordered value (number or time). An operator that does not fit it means "equal"."""
    operator, negated = positive(condition.operator)
    column = condition.column
    if operator in COMPARISONS:
        found = Q(COMPARISONS[operator](expression, Value(read(condition.value, column))))
    elif operator == "in":
        low, high = values.bounds(condition.value, column)
        found = Q()
        if low is not None:
            found &= Q(GreaterThanOrEqual(expression, Value(read(low, column))))
        if high is not None:
            found &= Q(LessThanOrEqual(expression, Value(read(high, column))))
        if low is None and high is None:
            found = Q(IsNull(expression, False))
    elif operator == "in_list":
        found = one_of(expression, [read(part, column) for part in values.items(condition.value, column)])
    else:
        found = Q(Exact(expression, Value(read(condition.value, column))))
    return ~found if negated else found


def one_of(expression: Combinable, choices: list[Any]) -> Q:
    """Whether the value is among the choices; among none, nothing is."""
    return Q(In(expression, [Value(choice) for choice in choices])) if choices else NOTHING


def search(expression: Combinable, condition: Condition) -> Q:
    """Look for text inside a text value."""
    operator, negated = positive(condition.operator)
    column = condition.column
    if operator == "regex":
        pattern = values.text(condition.value, column)
        # A pattern that RE2 refuses finds no task.
        found = Q(MatchesPattern(expression, pattern)) if is_pattern(pattern) else NOTHING
    elif operator in ("contains", "starts_with", "ends_with"):
        found = Q(
            ContainsText(
                expression,
                values.text(condition.value, column),
                start=operator == "starts_with",
                end=operator == "ends_with",
            )
        )
    elif operator == "in_list":
        found = one_of(expression, [values.text(part, column) for part in values.items(condition.value, column)])
    elif operator in COMPARISONS:
        found = Q(COMPARISONS[operator](expression, Value(values.text(condition.value, column))))
    else:
        found = Q(Exact(expression, Value(values.text(condition.value, column))))
    return ~found if negated else found


def is_search(operator: str) -> bool:
    """Whether the operator looks inside text."""
    return positive(operator)[0] in ("contains", "regex", "starts_with", "ends_with")
