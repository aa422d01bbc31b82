"""Many rows at once, at the database's own speed: ids are reserved ahead, rows go by `executemany` or COPY."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

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
    quoted = ", ".join(connection.ops.quote_name(name) for name in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, f"COPY {table} ({quoted}) FROM STDIN", rows)
            return
        places = ", ".join(["%s"] * len(columns))
        sql = f"INSERT INTO {table} ({quoted}) VALUES ({places})"  # noqa: S608 -- names from models
        cursor.executemany(sql, for_sqlite(model, columns, rows))  # type: ignore[arg-type]  # any iterable will do


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


def _copy(cursor: Any, sql: str, rows: Iterable[Row]) -> None:
    with cursor.copy(sql) as copy:
        for row in rows:
            copy.write_row(row)


@lru_cache(maxsize=256)
def _moment(value: datetime) -> str:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")


_SQLITE: dict[str, Callable[[Any], Any]] = {
    "DateTimeField": _moment,
    "UUIDField": lambda value: value.hex,
}
