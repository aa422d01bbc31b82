"""Statements that every request runs: compiled once, then only executed.

Django makes the SQL of a queryset anew each time, which costs ten times more than running it. Here a queryset with
`Slot`s for what differs is compiled on first use, per database; each call puts values in their places:

    TASK = PreparedRows(lambda: Task.objects.filter(pk=Slot("task")))
    TASK.first(task=7)

Whatever else the querysets depend on must change the SQL itself: it is given to `make` as its shape, and each shape is
compiled for itself. So nothing that differs from call to call, such as the present moment, may be read in `make`.
"""

from collections.abc import Callable, Hashable
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import ModelIterable, ValuesIterable, ValuesListIterable, get_related_populators
from django.db.models.sql import DeleteQuery, UpdateQuery

from postil.infra.bulk import Value
from postil.infra.db import statement_cursor

R = TypeVar("R")


class Slot(Expression):
    """A place in a queryset whose value is named when the prepared statement runs; JSON goes in as text."""

    def __init__(self, name: str, output_field: "Field[Any, Any] | None" = None) -> None:
        self.name = name
        super().__init__(output_field=output_field)

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Stand among the parameters, where `_Statement` finds it."""
        return "%s", [self]


def _for_sqlite(value: Value) -> Value:
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    return value.hex if isinstance(value, UUID) else value


class _Statement:
    """SQL with its parameters, some of them slots."""

    def __init__(self, sql: str, parameters: Any) -> None:
        self._sql = sql
        self._parameters = [(p.name, True) if isinstance(p, Slot) else (p, False) for p in parameters]

    def execute(self, cursor: Any, values: dict[str, Value]) -> None:
        """Run with these values; one that the SQL does not need is left out."""
        bound = [values[item] if is_slot else item for item, is_slot in self._parameters]
        cursor.execute(self._sql, [_for_sqlite(value) for value in bound] if connection.vendor == "sqlite" else bound)


class _Select(_Statement):
    """A SELECT, and how its rows become what the queryset would give."""

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        self._compiler = compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        super().__init__(*compiler.as_sql(with_col_aliases=False))
        self._converters = list(compiler.get_converters([column[0] for column in compiler.select]).items())
        kind = queryset._iterable_class
        self.shown = {ModelIterable: self._as_instance, ValuesIterable: self._as_dict, ValuesListIterable: tuple}[kind]
        if kind is not ModelIterable:
            self._names = list(queryset.query.selected or ())
            return
        info = compiler.klass_info
        fields = info["select_fields"]
        self._model = info["model"]
        self._columns = slice(fields[0], fields[-1] + 1)
        self._names = [column[0].target.attname for column in compiler.select[self._columns]]
        self._related = get_related_populators(info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg] # Django 6
        self._annotations = list(compiler.annotation_col_map.items())

    def cells(self, row: Any) -> list[Any]:
        """Return a row with its values as Python knows them."""
        cells = list(row)
        for place, (converters, expression) in self._converters:
            for convert in converters:
                cells[place] = convert(cells[place], expression, connection)
        return cells

    def _as_dict(self, cells: list[Any]) -> dict[str, Any]:
        return dict(zip(self._names, cells, strict=True))

    def _as_instance(self, cells: list[Any]) -> Any:
        found = self._model.from_db(DEFAULT_DB_ALIAS, self._names, cells[self._columns])
        for related in self._related:
            related.populate(cells, found)
        for name, place in self._annotations:
            setattr(found, name, cells[place])
        return found


class _Prepared:
    """Statements by database and shape, made when they are first needed."""

    def __init__(self) -> None:
        self._made: dict[tuple[Hashable, ...], Any] = {}

    def _statement(self, shape: tuple[Hashable, ...], make: Callable[..., Any]) -> Any:
        key = (connection.vendor, *shape)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = make(*shape)
        return found


class PreparedRows(_Prepared, Generic[R]):
    """The rows of the queryset that `make(*shape)` returns: instances with related rows, `values` or `values_list`."""

    def __init__(self, make: Callable[..., "QuerySet[Any, R]"]) -> None:
        super().__init__()
        self._make: Callable[..., _Select] = lambda *shape: _Select(make(*shape))

    def first(self, *shape: Hashable, **values: Value) -> R | None:
        """Return the first row, or None. Slice the queryset if it may have many."""
        select = self._statement(shape, self._make)
        with statement_cursor() as cursor:
            select.execute(cursor, values)
            row = cursor.fetchone()
        return select.shown(select.cells(row)) if row is not None else None

    def all(self, *shape: Hashable, **values: Value) -> list[R]:
        """Return all rows."""
        select = self._statement(shape, self._make)
        with statement_cursor() as cursor:
            select.execute(cursor, values)
            rows = cursor.fetchall()
        return [select.shown(select.cells(row)) for row in rows]


class PreparedUpdate(_Prepared):
    """`queryset.update(**changes)` for the pair that `make(*shape)` returns."""

    def __init__(self, make: Callable[..., tuple["QuerySet[Any, Any]", dict[str, Any]]]) -> None:
        super().__init__()
        self._make: Callable[..., _Statement] = lambda *shape: _update(*make(*shape))

    def run(self, *shape: Hashable, **values: Value) -> int:
        """Write; returns how many rows there were."""
        return _write(self._statement(shape, self._make), values)


class PreparedDelete(_Prepared):
    """`queryset.delete()` of rows that no other rows point to."""

    def __init__(self, make: Callable[..., "QuerySet[Any, Any]"]) -> None:
        super().__init__()
        self._make: Callable[..., _Statement] = lambda *shape: _delete(make(*shape))

    def run(self, *shape: Hashable, **values: Value) -> int:
        """Delete; returns how many rows there were."""
        return _write(self._statement(shape, self._make), values)


def _update(queryset: QuerySet[Any, Any], changes: dict[str, Any]) -> _Statement:
    query: Any = queryset.query.chain(UpdateQuery)
    query.add_update_values(changes)
    return _Statement(*query.get_compiler(DEFAULT_DB_ALIAS).as_sql())


def _delete(queryset: QuerySet[Any, Any]) -> _Statement:
    query = queryset.query.clone()
    query.__class__ = DeleteQuery
    return _Statement(*query.get_compiler(DEFAULT_DB_ALIAS).as_sql())


def _write(statement: _Statement, values: dict[str, Value]) -> int:
    with statement_cursor() as cursor:
        statement.execute(cursor, values)
        return int(cursor.rowcount)


def insert(row: Model) -> None:
    """Store a new instance as `save(force_insert=True)` does; its model has one table and an id that counts up."""
    fields, sql = _INSERTS.get((connection.vendor, type(row))) or _insert_of(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    with statement_cursor() as cursor:
        cursor.execute(sql, values)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


_INSERTS: dict[tuple[str, type[Model]], tuple[list[Any], str]] = {}


def _insert_of(model: type[Model]) -> tuple[list[Any], str]:
    name = connection.ops.quote_name
    fields: list[Any] = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    places = ", ".join(
        field.get_placeholder(None, None, connection) if hasattr(field, "get_placeholder") else "%s" for field in fields
    )
    into = f"{name(model._meta.db_table)} ({', '.join(name(field.column) for field in fields)})"
    sql = f"INSERT INTO {into} VALUES ({places}) RETURNING {name(str(model._meta.pk.column))}"  # noqa: S608 -- names from models
    made = _INSERTS[connection.vendor, model] = (fields, sql)
    return made
