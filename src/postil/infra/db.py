"""Everything that differs between SQLite and PostgreSQL, and the JSON column.

JSON is stored as text (SQLite) or `json` (PostgreSQL), never `jsonb`: what a person wrote comes back byte for byte,
with the order of its keys, and a reader may splice the stored text into an answer without parsing it.
"""

import sqlite3
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, ClassVar

import orjson
from django.conf import settings
from django.db import OperationalError, connection, models, transaction
from django.db.models.expressions import Combinable

SQLITE_WAIT_MS = 30_000
BREATH_S = 0.005


class JsonField(models.Field):  # type: ignore[type-arg]  # stored and read types are both JSON values
    """A JSON value: parsed when a model is loaded; `RawJson(name)` reads the stored text instead."""

    empty_strings_allowed = False

    def db_type(self, connection: Any) -> str:
        """Return `json` on PostgreSQL, which checks but does not rewrite, and `text` elsewhere."""
        return "json" if connection.vendor == "postgresql" else "text"

    def get_internal_type(self) -> str:
        """Keep Django from treating the column as one of its own types."""
        return "JsonField"

    def from_db_value(self, value: Any, _expression: object, _connection: object) -> Any:
        """Parse what the database gives."""
        if isinstance(value, str | bytes):
            return orjson.loads(value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        """Write a Python value as JSON text; `Raw` text goes in as it is."""
        if value is None or isinstance(value, Combinable) or hasattr(value, "as_sql"):
            return value
        if isinstance(value, Raw):
            return value.text
        return orjson.dumps(value).decode()

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Mark the text as JSON for PostgreSQL's driver."""
        return value if prepared else self.get_prep_value(value)

    def get_placeholder(self, _value: Any, _compiler: Any, connection: Any) -> str:
        """Cast on the way in, so that plain text fits the `json` column."""
        return "%s::json" if connection.vendor == "postgresql" else "%s"

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        """Read as text: parsing is ours on both databases."""
        return (f"({sql})::text" if compiler.connection.vendor == "postgresql" else sql), params

    def to_python(self, value: Any) -> Any:
        """Return the value as it is."""
        return value

    def value_to_string(self, obj: Any) -> Any:
        """Return the value for serializers."""
        return self.value_from_object(obj)


class Raw:
    """JSON that is text already; the caller vouches that it parses."""

    __slots__ = ("text",)

    def __init__(self, text: str | bytes) -> None:
        self.text = text.decode() if isinstance(text, bytes) else text


class RawJson(models.Func):
    """The stored text of a JSON column: `queryset.annotate(raw=RawJson("data"))`."""

    template = "%(expressions)s"
    output_field: ClassVar["models.Field[Any, Any]"] = models.TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """Cast `json` to text."""
        return self.as_sql(compiler, connection, template="(%(expressions)s)::text", **extra)


class JsonAsStored(models.Func):
    """A JSON column for `copy_rows`, which never leaves the database."""

    template = "%(expressions)s"
    output_field: ClassVar["models.Field[Any, Any]"] = models.TextField()


class MomentField(models.Field):  # type: ignore[type-arg]  # only ever read
    """A moment, read without the detours of Django's own field: the database's form is known."""

    def get_internal_type(self) -> str:
        """Keep Django from reading it its own way."""
        return "MomentField"

    def from_db_value(self, value: Any, _expression: object, _connection: object) -> Any:
        """Read SQLite's text; PostgreSQL gives a moment."""
        return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value


class QuickMoment(models.Func):
    """A column of moments, for very many rows: `queryset.annotate(made=QuickMoment("created_at"))`."""

    output_field: ClassVar["models.Field[Any, Any]"] = MomentField()
    template = "CAST(%(expressions)s AS TEXT)"

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """Take the column as it is."""
        return self.as_sql(compiler, connection, template="%(expressions)s", **extra)


class JsonText(models.Func):
    """The text of one value inside a JSON column, by path (`JsonText("data", ("user", "name"))`); null when missing."""

    output_field: ClassVar["models.Field[Any, Any]"] = models.TextField()

    def __init__(self, column: str, path: tuple[str | int, ...]) -> None:
        self.path = path
        super().__init__(models.F(column))

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, Any]:  # type: ignore[override]
        """Use SQLite's path syntax; keys are quoted, so any key is allowed."""
        sql, params = compiler.compile(self.source_expressions[0])
        return f"json_extract({sql}, %s)", [*params, sqlite_path(self.path)]

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, Any]:
        """Use PostgreSQL's path operator."""
        sql, params = compiler.compile(self.source_expressions[0])
        return f"({sql} #>> %s)", [*params, [str(part) for part in self.path]]


def sqlite_path(path: tuple[str | int, ...]) -> str:
    """Return SQLite's spelling of a JSON path: `$."user"."names"[0]`."""
    parts = (f"[{part}]" if isinstance(part, int) else '."' + part.replace('"', '\\"') + '"' for part in path)
    return "$" + "".join(parts)


def is_postgres() -> bool:
    """Whether the default database is PostgreSQL."""
    return connection.vendor == "postgresql"


def statement_cursor() -> Any:
    """Return a cursor for statements that every request runs; PostgreSQL keeps their plans, if it may."""
    if connection.vendor == "postgresql" and settings.CONFIG.postgresql_prepare:
        from postil.infra.plans import planned_cursor  # needs the driver of PostgreSQL

        return planned_cursor()
    return connection.cursor()


def in_transaction() -> bool:
    """Whether a transaction of ours is open; those that tests run in do not count."""
    return any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)


@contextmanager
def quick_commits() -> Iterator[None]:
    """Let commits of this thread not wait for the disk, and close its connection at the end.

    For notes that may get lost when the power fails, because the work they are about is then done again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off" if is_postgres() else "PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        connection.close()


def let_others_write() -> None:
    """Leave SQLite's lock free for a moment, between two steps of long work, if somebody waits for it."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    from postil.infra.sqlite.base import turn_of  # a back end of Django's: it loads behind the settings

    if turn_of(str(connection.settings_dict["NAME"])).is_wanted():
        time.sleep(BREATH_S)


@contextmanager
def without_waiting() -> Iterator[None]:
    """Raise `DatabaseError` instead of waiting when somebody else writes; for writes that may be left out.

    Not for use inside a transaction that wrote already.
    """
    if connection.vendor == "sqlite":
        if not connection.in_atomic_block and not _can_write():
            raise OperationalError("somebody else writes")
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '50ms'")
        yield
        cursor.execute("SET LOCAL lock_timeout = 0")


def _can_write() -> bool:
    """Whether SQLite's write lock is free at this moment."""
    connection.ensure_connection()
    raw = connection.connection
    raw.execute("PRAGMA busy_timeout=0")
    try:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return False
    finally:
        raw.execute(f"PRAGMA busy_timeout={SQLITE_WAIT_MS}")
    return True


def let_go(error: BaseException) -> None:
    """Free the cursors that an error's traceback keeps alive.

    Left to the garbage collector, they may be closed by another thread, which then stands still with the interpreter's
    lock in its hands for as long as this connection waits for SQLite's.
    """
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        traceback.clear_frames(following.__traceback__)
        following = following.__cause__ or following.__context__


def one_at_a_time(name: str) -> None:
    """Make transactions that name the same thing wait for each other; call it first inside one.

    SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"postil.{name}"])
