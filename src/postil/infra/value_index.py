"""Indexes on values inside a JSON column, made while the server runs, on SQLite; PostgreSQL makes its own meanwhile.

SQLite would hold all writers for as long as `CREATE INDEX` takes. Here a table has the entries of all indexes in their
order: it is filled in short transactions, and triggers keep it right from the moment that an index begins.
An entry: `place` says where its kind of value stands (numbers before texts, nothing at the end); `value` is a number or
a text behind an equals sign, which keeps "10" from becoming one: only in a column of numbers, SQLite finds an entry by
its whole key when a trigger takes it away; `mark` is the row's id, negative in an index that is read downwards, so that
equal rows stay in the order of their ids. Rows in the trash keep their entries, as they keep their values: putting very
many there, and taking them out again, costs what it costs without an index.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import connection
from django.db.models import BigIntegerField, BooleanField, F, Field, Func, Model, Q, QuerySet, TextField, Value
from django.db.models.lookups import Exact

from postil.infra.db import sqlite_path
from postil.infra.expressions import Path

NUMBERS, TEXTS = 0, 1
ENTRIES, INDEXES, SORTED = "value_entry", "value_index", "value_sorted"
TRIGGERS = ("value_entry_came", "value_entry_changed", "value_entry_went")
# A value's place and itself: booleans as words, lists and objects as JSON.
_PLACE = (
    "CASE coalesce(json_type({data}, i.path), 'null') WHEN 'integer' THEN 0 WHEN 'real' THEN 0 "
    "WHEN 'null' THEN CASE WHEN i.sign > 0 THEN 2 ELSE -1 END ELSE 1 END"
)
_VALUE = (
    "CASE coalesce(json_type({data}, i.path), 'null') WHEN 'integer' THEN json_extract({data}, i.path) "
    "WHEN 'real' THEN json_extract({data}, i.path) WHEN 'null' THEN '=' WHEN 'true' THEN '=true' "
    "WHEN 'false' THEN '=false' ELSE '=' || json_extract({data}, i.path) END"
)


def begin_value_index(model: type[Model], index_id: int, *, owner_id: int, path: Path, is_downwards: bool) -> None:
    """Let the index know rows that come or change from now on; those that are there follow by `fill_value_index`."""
    with connection.cursor() as cursor:
        if not _has_triggers(cursor):
            _make_tables(cursor, model)
        cursor.execute(
            f"INSERT OR REPLACE INTO {INDEXES} (id, owner_id, path, sign) VALUES (%s, %s, %s, %s)",  # noqa: S608
            [index_id, owner_id, sqlite_path(path), -1 if is_downwards else 1],
        )


def _make_tables(cursor: Any, model: type[Model]) -> None:
    """Begin anew: without the triggers, nobody knows what the entries missed."""
    table = connection.ops.quote_name(model._meta.db_table)
    for name in TRIGGERS:
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
    for name in (ENTRIES, INDEXES):
        cursor.execute(f"DROP TABLE IF EXISTS {name}")
    cursor.execute(
        f"CREATE TABLE {INDEXES} (id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL, path TEXT NOT NULL, "
        "sign INTEGER NOT NULL)"
    )
    cursor.execute(f"CREATE INDEX {INDEXES}_owner ON {INDEXES} (owner_id)")
    cursor.execute(
        f"CREATE TABLE {ENTRIES} (index_id INTEGER NOT NULL, place INTEGER NOT NULL, value NUMERIC NOT NULL, "
        "mark INTEGER NOT NULL, row_id INTEGER NOT NULL, PRIMARY KEY (index_id, place, value, mark)) WITHOUT ROWID"
    )
    add = f"INSERT OR REPLACE INTO {ENTRIES} {_entries('NEW')};"
    take = (
        f"DELETE FROM {ENTRIES} WHERE (index_id, place, value, mark) IN "  # noqa: S608 -- our own names
        f"(SELECT index_id, place, value, mark FROM ({_entries('OLD')}));"
    )
    cursor.execute(f"CREATE TRIGGER {TRIGGERS[0]} AFTER INSERT ON {table} BEGIN {add} END")
    cursor.execute(f"CREATE TRIGGER {TRIGGERS[1]} AFTER UPDATE OF data, project_id ON {table} BEGIN {take} {add} END")
    cursor.execute(f"CREATE TRIGGER {TRIGGERS[2]} AFTER DELETE ON {table} BEGIN {take} END")


def _entries(row: str, more: str = "") -> str:
    """Return the statement that makes a row's entries of all indexes of its owner."""
    data = f"{row}.data"
    return (
        f"SELECT i.id AS index_id, {_PLACE.format(data=data)} AS place, {_VALUE.format(data=data)} AS value, "  # noqa: S608
        f"{row}.id * i.sign AS mark, {row}.id AS row_id FROM {INDEXES} i{more} WHERE i.owner_id = {row}.project_id"
    )


def sort_for_value_index(model: type[Model], index_id: int) -> None:
    """Write down, for this connection only, in which order `fill_value_index` takes the rows; others may write."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS temp.{SORTED}")
        cursor.execute(
            f"CREATE TEMP TABLE {SORTED} AS SELECT row_id FROM ({_entries('t', f', {table} t')} "  # noqa: S608
            f"AND i.id = {int(index_id)}) ORDER BY place, value, mark"
        )


def fill_value_index(model: type[Model], index_id: int, *, after: int, count: int) -> bool:
    """Enter the next `count` rows, as they are now; False when there were none left."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT OR REPLACE INTO {ENTRIES} {_entries('t', f', temp.{SORTED} s, {table} t')} "
            "AND i.id = %s AND s.rowid > %s AND s.rowid <= %s AND t.id = s.row_id",
            [index_id, after, after + count],
        )
        cursor.execute(f"SELECT 1 FROM temp.{SORTED} WHERE rowid > %s LIMIT 1", [after + count])  # noqa: S608
        return cursor.fetchone() is not None


def forget_order() -> None:
    """Drop what `sort_for_value_index` wrote down."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS temp.{SORTED}")


def has_value_index(index_id: int) -> bool:
    """Whether there is an index of this number, and it is kept right."""
    with connection.cursor() as cursor:
        if not _has_triggers(cursor):
            return False
        cursor.execute(f"SELECT 1 FROM {INDEXES} WHERE id = %s", [index_id])  # noqa: S608 -- our own name
        return cursor.fetchone() is not None


def _has_triggers(cursor: Any) -> bool:
    # A migration that makes the table anew leaves them out.
    cursor.execute("SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND name IN (%s, %s, %s)", list(TRIGGERS))
    return bool(cursor.fetchone()[0] == len(TRIGGERS))


def drop_value_index(index_id: int, *, count: int) -> bool:
    """Remove an index, `count` entries at a time; whether there may be more of them."""
    with connection.cursor() as cursor:
        if not _has_triggers(cursor):
            return False
        cursor.execute(f"DELETE FROM {INDEXES} WHERE id = %s", [index_id])  # noqa: S608 -- our own name
        cursor.execute(
            f"DELETE FROM {ENTRIES} WHERE (index_id, place, value, mark) IN "  # noqa: S608 -- our own name
            f"(SELECT index_id, place, value, mark FROM {ENTRIES} WHERE index_id = %s LIMIT %s)",
            [index_id, count],
        )
        return bool(cursor.rowcount == count)


class _OfEntry(Func):
    """A column of the entries, in a question that `with_entries` made."""

    column: ClassVar[str] = ""

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, Any]:  # type: ignore[override]
        """Name the column."""
        return f"{ENTRIES}.{self.column}", []


class EntryPlace(_OfEntry):
    """Where this kind of value stands."""

    output_field: ClassVar[Field[Any, Any]] = BigIntegerField()
    column = "place"


class EntryValue(_OfEntry):
    """The value."""

    output_field: ClassVar[Field[Any, Any]] = TextField()
    column = "value"


class EntryMark(_OfEntry):
    """The id of the row in the direction of the index."""

    output_field: ClassVar[Field[Any, Any]] = BigIntegerField()
    column = "mark"


class EntryNumber(Func):
    """The value as a number: what is one, or a text that reads as one."""

    output_field: ClassVar[Field[Any, Any]] = BigIntegerField()

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, Any]:  # type: ignore[override]
        """Read texts by the function that filters use, too."""
        value = f"{ENTRIES}.value"
        return f"(CASE typeof({value}) WHEN 'text' THEN postil_number(substr({value}, 2)) ELSE {value} END)", []


class _IsOfEntry(Func):
    """Whether a row is the one of an entry. The plus keeps SQLite from looking for entries by rows."""

    output_field: ClassVar[Field[Any, Any]] = BooleanField()
    conditional = True

    def __init__(self, index_id: int) -> None:
        self.index_id = int(index_id)
        super().__init__(F("pk"))

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, Any]:  # type: ignore[override]
        """Name index and row."""
        sql, params = compiler.compile(self.source_expressions[0])
        return f"({ENTRIES}.index_id = {self.index_id} AND {sql} = +{ENTRIES}.row_id)", params


def is_text(text: str) -> Q:
    """Return what an entry of this text fulfils."""
    return Q(Exact(EntryPlace(), Value(TEXTS))) & Q(Exact(EntryValue(), Value(f"={text}")))


def with_entries(rows: "QuerySet[Any]", index_id: int) -> "QuerySet[Any]":
    """Return the same rows with their entries in an index beside them, to be sorted and compared by those."""
    return rows.extra(tables=[ENTRIES]).filter(_IsOfEntry(index_id))  # noqa: S610 -- our own name


def entry_order(*, is_downwards: bool, with_mark: bool = True) -> Sequence[Any]:
    """Return how rows with entries are sorted, up to their ids unless something else decides before."""
    keys: list[Any] = [EntryPlace(), EntryValue(), *([EntryMark()] if with_mark else [])]
    return [key.desc() if is_downwards else key.asc() for key in keys]
