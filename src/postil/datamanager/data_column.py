"""Columns made from the keys of a project's task data: `data.text`, `data.user.name`, `data.user__name`."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, TextField, Value
from django.db.models.expressions import Combinable, OrderBy
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, IsNull

from postil.datamanager import operators, values
from postil.datamanager.beforehand import few_tasks, is_common, matching_tasks, possible_tasks, ready_index
from postil.datamanager.column import Column, Condition, Order, Scope, by
from postil.datamanager.indexed_data import COPIED, by_index
from postil.datamanager.kinds import Described
from postil.datamanager.prefilter import sure_text
from postil.infra.column_index import Key
from postil.infra.db import RawJson, is_postgres
from postil.infra.expressions import (
    ContainsText,
    IsAmong,
    JsonAnyText,
    JsonBoolean,
    JsonNumber,
    JsonOtherText,
    JsonStrictNumber,
    JsonString,
    Path,
)
from postil.infra.value_index import NUMBERS, TEXTS, EntryNumber, EntryPlace, EntryValue, is_text

PREFIX = "data."
MAX_DEPTH = 20


def data_path(name: str, known: frozenset[str]) -> Path:
    """Return the path that a name means: a key of the data as it is, else nested keys joined by `.` or `__`."""
    if name in known:
        return (name,)
    parts = [part for dotted in name.split(".") for part in dotted.split("__")]
    if len(parts) == 1 or len(parts) > MAX_DEPTH or not all(parts):
        return (name,)
    return tuple(int(part) if part.isascii() and part.isdigit() and len(part) < 7 else part for part in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataColumn(Described):
    """A value inside the task's data. How it is compared depends on the type that the filter names."""

    path: Path

    def predicate(self, condition: Condition, scope: Scope) -> Q:
        """Compare as number, as true or false, or as text; cheap conditions that must hold as well come first."""
        exact = self._exact(condition, scope)
        sure = sure_text(condition) if condition.type not in ("Number", "Boolean") else None
        if sure and operators.is_search(condition.operator) and is_common(scope, exact):
            return exact
        found = Q(ContainsText(RawJson("data"), sure)) & exact if sure else exact
        if not operators.is_search(condition.operator):
            return found & self._indexed(condition, scope)
        possible = possible_tasks(scope, sure)
        if possible is not None:
            return Q(IsAmong("id", possible)) & found
        matching = matching_tasks(scope, sure, exact) if sure else None
        return found if matching is None else Q(IsAmong("id", matching))

    def _indexed(self, condition: Condition, scope: Scope) -> Q:
        """Return what follows from the condition and is found by the index for sorting, if there is one."""
        if condition.type == "Number" or condition.operator != "equal" or not isinstance(condition.value, str):
            return Q()
        made = ready_index(scope, self.id)
        if made is None:
            return Q()
        if is_postgres():
            number, text = JsonStrictNumber(COPIED, self.path), JsonOtherText(COPIED, self.path)
            return by_index(scope) & Q(IsNull(number, True)) & Q(Exact(text, Value(condition.value)))
        few = few_tasks(scope, made, [is_text(condition.value)])
        return Q() if few is None else Q(IsAmong("id", few))

    def _exact(self, condition: Condition, scope: Scope) -> Q:
        empty = operators.asks_empty(condition)
        if condition.type == "Number":
            if empty is not None:
                return Q(IsNull(JsonNumber("data", self.path), empty))
            if not operators.is_search(condition.operator):
                return self._as_number(condition, scope)
        if empty is not None:
            as_text = Coalesce(JsonAnyText("data", self.path), Value(""), output_field=TextField())
            found = Q(Exact(as_text, Value("")))
            return found if empty else ~found
        if condition.type == "Boolean" and not operators.is_search(condition.operator):
            found = Q(Exact(JsonBoolean("data", self.path), Value(values.boolean(condition.value, condition.column))))
            return ~found if condition.operator == "not_equal" else found
        if operators.is_search(condition.operator):
            return operators.search(JsonAnyText("data", self.path), condition)
        return self._same_type(condition)

    def _as_number(self, condition: Condition, scope: Scope) -> Q:
        """Compare numbers, and text that reads as one. The two are told apart so that an index finds the numbers."""
        either = JsonNumber("data", self.path)
        if operators.positive(condition.operator)[1]:
            return operators.compare(either, condition, values.number)
        made = ready_index(scope, self.id)
        few = few_tasks(scope, made, self._indexed_numbers(condition, scope)) if made is not None else None
        # Many are found soon without an index.
        return operators.compare(either, condition, values.number) if few is None else Q(IsAmong("id", few))

    def _indexed_numbers(self, condition: Condition, scope: Scope) -> list[Q]:
        """Return conditions for numbers, and for texts that read as numbers, as an index answers them."""
        if not is_postgres():
            return [
                Q(Exact(EntryPlace(), Value(place))) & operators.compare(value, condition, values.number)
                for place, value in ((NUMBERS, EntryValue()), (TEXTS, EntryNumber()))
            ]
        number, text = JsonStrictNumber(COPIED, self.path), JsonOtherText(COPIED, self.path)
        stored = operators.compare(number, condition, values.number)
        written = operators.compare(JsonNumber(COPIED, self.path), condition, values.number)
        return [
            by_index(scope) & stored,
            by_index(scope) & Q(IsNull(number, True)) & Q(IsNull(text, False)) & written,
        ]

    def _same_type(self, condition: Condition) -> Q:
        """Compare with values of the same JSON type: text does not equal a stored number."""
        operator, negated = operators.positive(condition.operator)
        if operator == "in_list":
            found = operators.NOTHING
            for part in values.items(condition.value, condition.column):
                found |= self._same_type(replace(condition, operator="equal", value=part))
        elif operator == "in":
            found = _text_range(JsonString("data", self.path), condition)
        elif isinstance(condition.value, bool):
            found = Q(Exact(JsonBoolean("data", self.path), Value(condition.value)))
        elif isinstance(condition.value, int | float):
            found = operators.compare(
                JsonStrictNumber("data", self.path), replace(condition, operator=operator), values.number
            )
        else:
            found = operators.search(JsonString("data", self.path), replace(condition, operator=operator))
        # A value of another type differs from what was named; a missing one does not.
        return (Q(IsNull(JsonAnyText("data", self.path), False)) & ~_known(found)) if negated else found

    def order(self, scope: Scope, *, descending: bool) -> Order:
        """Sort numbers by size and before text; text by code points."""
        if scope.display_types.get(self.id) == "Number":
            return by(JsonNumber("data", self.path), descending=descending)
        return data_order("data", self.path, descending=descending)


def data_order(column: str, path: Path, *, descending: bool) -> Order:
    """Return how tasks are sorted by a value inside a column: the data, or its copy."""
    return [
        OrderBy(key.expression, descending=key.descending, nulls_last=True if key.descending else None)
        for key in sort_keys(column, path, descending=descending)
    ]


def sort_keys(column: str, path: Path, *, descending: bool) -> list[Key]:
    """Return what tasks are sorted by, and what an index for it holds."""
    number, text = JsonStrictNumber(column, path), JsonOtherText(column, path)
    if descending:
        return [Key(text, descending=True), Key(number, descending=True)]
    if is_postgres():
        return [Key(number), Key(text)]
    # Whether there is a value is a key of its own: where SQLite puts NULL, an index cannot follow.
    return [Key(IsNull(number, True)), Key(number), Key(IsNull(text, True)), Key(text)]


def _known(found: Q) -> Q:
    """The same predicate with NULL read as false, so that its opposite holds for values of another type."""
    return Q(Exact(Coalesce(_as_expression(found), Value(False)), Value(True)))


def _as_expression(found: Q) -> Any:
    return ExpressionWrapper(found, output_field=BooleanField())


def _text_range(expression: Combinable, condition: Condition) -> Q:
    low, high = values.bounds(condition.value, condition.column)
    found = Q(IsNull(expression, False))
    if low is not None:
        found &= operators.search(expression, replace(condition, operator="greater_or_equal", value=low))
    if high is not None:
        found &= operators.search(expression, replace(condition, operator="less_or_equal", value=high))
    return found


def data_column(name: str, project_keys: frozenset[str], kind: str = "Unknown") -> Column:
    """Return the column for a name behind `data.`."""
    return DataColumn(
        id=PREFIX + name, title=name, type=kind, position=0, in_explore=True, path=data_path(name, project_keys)
    )
