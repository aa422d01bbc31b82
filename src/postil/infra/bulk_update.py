"""Different new values for many rows, by one prepared statement."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Model

from postil.infra.bulk import Row, for_sqlite


def update_rows(model: type[Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Give rows new values; each row ends with its id. `columns` are the database's names, JSON goes in as text."""
    if not rows:
        return
    is_postgres = connection.vendor == "postgresql"
    kinds = {field.column: field.get_internal_type() for field in model._meta.concrete_fields}
    quote = connection.ops.quote_name
    parts = [f"{quote(name)} = %s{'::json' if is_postgres and kinds[name] == 'JsonField' else ''}" for name in columns]
    table = quote(model._meta.db_table)
    sql = f"UPDATE {table} SET {', '.join(parts)} WHERE id = %s"  # noqa: S608 -- names from models
    given = rows if is_postgres else list(for_sqlite(model, [*columns, "id"], rows))
    with connection.cursor() as cursor:
        cursor.executemany(sql, given)
