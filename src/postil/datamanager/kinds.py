"""Columns by the kind of their value: most columns are one of these over one expression."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet, Subquery, TextField, Value
from django.db.models.expressions import Combinable, Exists
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, IsNull

from postil.datamanager import operators, values
from postil.datamanager.column import Condition, Order, Scope, by
from postil.infra.db import RawJson

Expression = Callable[[Scope], Combinable]


@dataclass(frozen=True, slots=True)
class Described:
    """What the page shows of a column."""

    id: str
    title: str
    type: str
    position: int
    help: str = ""
    in_explore: bool = False
    in_labeling: bool = False
    is_listed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberColumn(Described):
    """A number. With `zero_is_empty` it is a count, and none counts as no value."""

    value: Expression
    zero_is_empty: bool = False

    def predicate(self, condition: Condition, scope: Scope) -> Q:
        """Compare numbers."""
        expression = self.value(scope)
        empty = operators.asks_empty(condition)
        if empty is None:
            return operators.compare(expression, condition, values.number)
        found = Q(Exact(expression, Value(0))) if self.zero_is_empty else Q(IsNull(expression, True))
        return found if empty else ~found

    def order(self, scope: Scope, *, descending: bool) -> Order:
        """Sort by the number."""
        return by(self.value(scope), descending=descending)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeColumn(Described):
    """A moment."""

    field: str

    def predicate(self, condition: Condition, scope: Scope) -> Q:
        """Compare moments."""
        empty = operators.asks_empty(condition)
        if empty is None:
            return operators.compare(F(self.field), condition, values.moment)
        return Q(IsNull(F(self.field), empty))

    def order(self, scope: Scope, *, descending: bool) -> Order:
        """Sort by the moment."""
        return by(self.field, descending=descending)


@dataclass(frozen=True, slots=True, kw_only=True)
class BooleanColumn(Described):
    """True or false."""

    value: Expression

    def predicate(self, condition: Condition, scope: Scope) -> Q:
        """Be equal or not; such a value is never empty."""
        empty = operators.asks_empty(condition)
        if empty is not None:
            return operators.NOTHING if empty else ~operators.NOTHING
        wanted = values.boolean(condition.value, condition.column)
        found = Q(Exact(self.value(scope), Value(wanted)))
        return ~found if condition.operator == "not_equal" else found

    def order(self, scope: Scope, *, descending: bool) -> Order:
        """Sort false before true."""
        return by(self.value(scope), descending=descending)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextColumn(Described):
    """Text of the task itself; no text and empty text are both empty."""

    value: Expression

    def predicate(self, condition: Condition, scope: Scope) -> Q:
        """Look for text."""
        expression = self.value(scope)
        empty = operators.asks_empty(condition)
        if empty is None:
            return operators.search(expression, condition)
        found = Q(Exact(Coalesce(expression, Value(""), output_field=TextField()), Value("")))
        return found if empty else ~found

    def order(self, scope: Scope, *, descending: bool) -> Order:
        """Sort by code points."""
        return by(self.value(scope), descending=descending)


Rows = Callable[[Scope], "QuerySet[Any]"]


def oldest(rows: "QuerySet[Any]", value: Combinable | str) -> Subquery:
    """The value of the oldest of some rows, for sorting."""
    return Subquery(rows.order_by("pk").values_list(value)[:1])


def smallest(rows: "QuerySet[Any]", value: str) -> Subquery:
    """The smallest value among some rows, for sorting."""
    return Subquery(rows.order_by(value).values(value)[:1])


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsColumn(Described):
    """The JSON text of all results that hang on a task. `not_contains` matches tasks without any, too."""

    rows: Rows

    def predicate(self, condition: Condition, scope: Scope) -> Q:
        """Look into the JSON text of each result."""
        rows = self.rows(scope)
        empty = operators.asks_empty(condition)
        if empty is not None:
            # LS: a task with an answer that says nothing counts as empty, whatever other answers say.
            found = Q(Exists(rows)) & ~Q(Exists(rows.filter(Exact(RawJson("result"), Value("[]")))))
            return ~found if empty else found
        operator, negated = operators.positive(condition.operator)
        if operator == "equal":
            needle = values.compact_json(condition.value, condition.column)
            found = Q(Exists(rows.filter(Exact(RawJson("result"), Value(needle)))))
        else:
            # Results are stored without spaces between their parts; a needle copied from elsewhere may have them.
            needle = values.text(condition.value, condition.column)
            if operator != "regex":
                needle = needle.replace('": ', '":').replace(", ", ",") if needle.strip()[:1] in '["{' else needle
            inside = Condition(condition.column, operator, condition.type, needle)
            found = Q(Exists(rows.filter(operators.search(RawJson("result"), inside))))
        return ~found if negated else found

    def order(self, scope: Scope, *, descending: bool) -> Order:
        """Sort by the text of the oldest result."""
        return by(oldest(self.rows(scope), RawJson("result")), descending=descending)
