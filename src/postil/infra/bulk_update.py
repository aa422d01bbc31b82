"""Different new values for many rows, by one statement."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, Model

from postil.infra.bulk import Row, for_sqlite


def update_rows(model: type[Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Give rows new values; each row ends with its id. `columns` are the database's names, JSON goes in as text."""
    if not rows:
        return
    fields = {field.column: field for field in model._meta.concrete_fields}
    names = [connection.ops.quote_name(name) for name in columns]
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(*_at_once(table, names, [fields[name] for name in columns], rows))
            return
        parts = ", ".join(f"{name} = %s" for name in names)
        sql = f"UPDATE {table} SET {parts} WHERE id = %s"  # noqa: S608 -- names from models
        cursor.executemany(sql, list(for_sqlite(model, [*columns, "id"], rows)))


def _at_once(table: str, names: Sequence[str], fields: Sequence[Field[Any, Any]], rows: Sequence[Row]) -> Any:
    """Return the statement for PostgreSQL, and its parameters: a list for each column."""
    kinds = [field.db_type(connection) for field in fields]
    lists = ", ".join(f"%s::{'text' if kind == 'json' else kind}[]" for kind in [*kinds, "bigint"])
    values = [f"v{at}" for at in range(len(names))]
    parts = ", ".join(f"{name} = {value}::{kind}" for name, value, kind in zip(names, values, kinds, strict=True))
    sql = (
        f"UPDATE {table} SET {parts} FROM unnest({lists}) AS given ({', '.join([*values, 'given_id'])}) "  # noqa: S608
        f"WHERE {table}.id = given_id"
    )
    return sql, [list(column) for column in zip(*rows, strict=True)]
