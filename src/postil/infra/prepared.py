"""Queries that every request runs: compiled once, then only executed.

Django makes the SQL of a queryset anew each time, which costs more than running it. Here a queryset with one
placeholder is compiled on first use, per database; each call puts a value in its place and builds the same instances.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)
MARK = "\x01the value\x01"


class PreparedRow(Generic[M]):
    """At most one row of the queryset that `make(value)` returns; `value` must stand in it once, as text."""

    def __init__(self, make: Callable[[str], QuerySet[M]]) -> None:
        self._make = make
        self._compiled: dict[str, _Compiled] = {}

    def get(self, value: str) -> M | None:
        """Return the row for `value` with its related rows and annotations, or None."""
        compiled = self._compiled.get(connection.vendor)
        if compiled is None:
            compiled = self._compiled[connection.vendor] = _Compiled(self._make(MARK)[:1])
        found: M | None = compiled.fetch(value)
        return found


class _Compiled:
    def __init__(self, queryset: QuerySet[Any]) -> None:
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self._sql, parameters = compiler.as_sql(with_col_aliases=False)
        self._parameters = list(parameters)
        self._place = self._parameters.index(MARK)
        info = compiler.klass_info
        fields = info["select_fields"]
        self._compiler = compiler
        self._model = info["model"]
        self._columns = slice(fields[0], fields[-1] + 1)
        self._names = [column[0].target.attname for column in compiler.select[self._columns]]
        self._related = get_related_populators(info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg] # Django 6
        self._annotations = list(compiler.annotation_col_map.items())
        self._converters = compiler.get_converters([column[0] for column in compiler.select])

    def fetch(self, value: str) -> Any:
        parameters = self._parameters.copy()
        parameters[self._place] = value
        with connection.cursor() as cursor:
            cursor.execute(self._sql, parameters)
            row = cursor.fetchone()
        if row is None:
            return None
        cells = list(row)
        for place, (converters, expression) in self._converters.items():
            for convert in converters:
                cells[place] = convert(cells[place], expression, connection)
        found = self._model.from_db(DEFAULT_DB_ALIAS, self._names, cells[self._columns])
        for related in self._related:
            related.populate(cells, found)
        for name, place in self._annotations:
            setattr(found, name, cells[place])
        return found
