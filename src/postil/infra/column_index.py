"""Indexes on expressions, made while the server runs: for what people sort and search by, which no migration knows.

On PostgreSQL, which lets others write meanwhile, and on a copy of the column (`mirror`). SQLite has `value_index` and
`letter_index`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import connection
from django.db.models import BigIntegerField, F, Field, Func, Model, Q, Value
from django.db.models.expressions import Expression, OrderBy
from django.db.models.lookups import Exact
from django.db.models.sql import Query


@dataclass(frozen=True, slots=True)
class Key:
    """One column of an index."""

    expression: Expression
    descending: bool = False


class Gate(Func):
    """Begins each index made here: only questions that say so (`through_index`) are answered by one."""

    output_field: ClassVar[Field[Any, Any]] = BigIntegerField()

    def __init__(self, owner: str) -> None:
        super().__init__(F(owner))

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, Any]:  # type: ignore[override]
        """Name the owner, but not as other indexes do."""
        sql, params = compiler.compile(self.source_expressions[0])
        return f"({sql} + 0)", params


def through_index(owner: str, owner_id: int) -> Q:
    """Return a condition that holds for all rows of an owner, and lets the database use indexes made here."""
    return Q(Exact(Gate(owner), Value(owner_id)))


def index_order(owner: str) -> OrderBy:
    """Return what comes first in the order of an index made here. Among rows of one owner it decides nothing.

    As a condition, the planner would take it for a rare one and sort what it finds.
    """
    return OrderBy(Gate(owner))


def build_index(model: type[Model], name: str, *, owner: str, owner_id: int, keys: Sequence[Key]) -> None:
    """Make an index over the rows of one owner (`owner` is the column of its id): the keys, then the primary key."""
    parts: list[str] = []
    values: list[Any] = []
    for key in [Key(Gate(owner)), *keys]:
        sql, params = _compiled(model, key.expression)
        ending = " DESC NULLS LAST" if key.descending else ""
        parts.append(f"({sql}){ending}")
        values += params
    columns = ", ".join([*parts, _quoted(str(model._meta.pk.column))])
    table = model._meta.db_table
    _make(name, table, f"ON {_quoted(table)} ({columns}) WHERE {_of(owner, owner_id)}", values)


def build_text_index(model: type[Model], name: str, *, owner: str, owner_id: int, text: Expression) -> bool:
    """Make an index that finds any part of a text; False where the server has none."""
    if not _has_trigrams():
        return False
    sql, params = _compiled(model, text)
    table = model._meta.db_table
    _make(name, table, f"ON {_quoted(table)} USING gin (({sql}) gin_trgm_ops) WHERE {_of(owner, owner_id)}", params)
    return True


def drop_index(name: str) -> None:
    """Remove an index if it is there."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {_at_leisure()}IF EXISTS {_quoted(name)}")


def has_index(name: str) -> bool:
    """Whether there is a complete index of this name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(%s) AND indisvalid", [name])
        return cursor.fetchone() is not None


def _make(name: str, table: str, rest: str, values: Sequence[Any]) -> None:
    # One that a killed process left half made would never be used.
    drop_index(name)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX {_at_leisure()}{_quoted(name)} {rest}", values or None)
        # What the planner guesses of an expression nobody looked at is far off.
        cursor.execute(f"ANALYZE {_quoted(table)}")


def _compiled(model: type[Model], expression: Expression) -> tuple[str, list[Any]]:
    query = Query(model, alias_cols=False)
    compiler = query.get_compiler(using=connection.alias)
    sql, params = compiler.compile(expression.resolve_expression(query))
    # Without parameters nothing is replaced, so a doubled percent sign would stay.
    return (sql if params else sql.replace("%%", "%")), list(params)


def _of(owner: str, owner_id: int) -> str:
    return f"{_quoted(owner)} = {int(owner_id)}"


def _at_leisure() -> str:
    return "" if connection.in_atomic_block else "CONCURRENTLY "


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _has_trigrams() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")
        if cursor.fetchone() is None:
            return False
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    return True
