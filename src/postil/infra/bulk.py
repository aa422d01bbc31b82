"""Many rows at once, at the database's own speed: ids are reserved ahead, rows go by `executemany` or COPY."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet

Value = str | int | float | bool | datetime | UUID | None
Row = Sequence[Value]


def reserve_ids(model: type[Model], count: int) -> list[int]:
    """Return `count` rising ids that nobody else will get. Must run in a transaction."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, column, count]
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s RETURNING seq", [count, table])
        found = cursor.fetchone()
        if found is None:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
        last = found[0] if found else count
    return list(range(last - count + 1, last + 1))


def insert_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows; `columns` are the database's names, JSON goes in as text. Constraints hold as ever."""
    pipe = RowPipe(model, columns)
    pipe.send(rows)
    pipe.drain()


def copy_rows(model: type[Model], columns: Sequence[str], found: QuerySet[Any, Any]) -> None:
    """Insert what a question finds, its values in the order of `columns`; the rows never leave the database."""
    sql, params = found.query.get_compiler(found.db).as_sql()
    quoted = ", ".join(connection.ops.quote_name(name) for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({quoted}) {sql}", params)


_UNDER_WAY: WeakKeyDictionary[BaseDatabaseWrapper, "RowPipe"] = WeakKeyDictionary()


class RowPipe:
    """Inserts batch after batch of rows of a table; PostgreSQL takes one in while the caller makes the next.

    The next statement on the connection waits for the batch under way, and raises what was wrong with it. Must be
    used in a transaction; `drain` before it ends.
    """

    def __init__(self, model: type[Model], columns: Sequence[str]) -> None:
        self._model, self._columns = model, columns
        self._open = ExitStack()

    def send(self, rows: Iterable[Row]) -> None:
        """Insert rows; `columns` are the database's names, JSON goes in as text. Constraints hold as ever."""
        quoted = ", ".join(connection.ops.quote_name(name) for name in self._columns)
        table = connection.ops.quote_name(self._model._meta.db_table)
        if connection.vendor == "postgresql":
            self._copy(f"COPY {table} ({quoted}) FROM STDIN", rows)
            return
        places = ", ".join(["%s"] * len(self._columns))
        sql = f"INSERT INTO {table} ({quoted}) VALUES ({places})"  # noqa: S608 -- names from models
        with connection.cursor() as cursor:
            cursor.executemany(sql, for_sqlite(self._model, self._columns, rows))  # type: ignore[arg-type]  # any iterable will do

    def _copy(self, sql: str, rows: Iterable[Row]) -> None:
        link = connections[DEFAULT_DB_ALIAS]
        if link in _UNDER_WAY:
            _UNDER_WAY.pop(link).drain()
        with ExitStack() as stack:
            stack.enter_context(connection.wrap_database_errors)
            copy = stack.enter_context(stack.enter_context(connection.cursor()).copy(sql))
            for row in rows:
                copy.write_row(row)
            stack.enter_context(connection.execute_wrapper(self._drain_first))
            self._open = stack.pop_all()
            _UNDER_WAY[link] = self

    def _drain_first(self, execute: Callable[..., Any], *call: Any) -> Any:
        self.drain()
        return execute(*call)

    def drain(self) -> None:
        """Return once the database has all the rows."""
        self._open.close()

    def abandon(self, error: BaseException) -> None:
        """Break off what is under way: `error` will roll the transaction back."""
        self._open.__exit__(type(error), error, error.__traceback__)


def for_sqlite(model: type[Model], columns: Sequence[str], rows: Iterable[Row]) -> Iterator[list[Value]]:
    """Yield the rows with times and UUIDs as SQLite keeps them; only the columns that hold some are looked at."""
    kinds = {field.column: field.get_internal_type() for field in model._meta.concrete_fields}
    spots = [(at, _SQLITE[kinds[name]]) for at, name in enumerate(columns) if kinds[name] in _SQLITE]
    for row in rows:
        made = list(row)
        for at, write in spots:
            if made[at] is not None:
                made[at] = write(made[at])
        yield made


@lru_cache(maxsize=256)
def _moment(value: datetime) -> str:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")


_SQLITE: dict[str, Callable[[Any], Any]] = {
    "DateTimeField": _moment,
    "UUIDField": lambda value: value if isinstance(value, str) else value.hex,
}
