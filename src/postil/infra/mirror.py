"""A copy of a column for indexes, on PostgreSQL, kept right by triggers.

PostgreSQL stores a changed row anew and enters it in every index of its table. With indexes on the keys and the letters
of a long text, each change of a counter beside it takes many times as long; those on the copy change with the text
alone. Only rows of owners that another table names are copied.
"""

import time
from dataclasses import dataclass

from django.db import connection

LOOK_EVERY_S = 0.1


@dataclass(frozen=True, slots=True)
class Mirror:
    """Tables and columns by their names in the database.

    `copy` has the id of the row in `source` as its `key`, then `owner` and `column`; `owners` has `owner`, too.
    """

    source: str
    copy: str
    key: str
    owner: str
    column: str
    owners: str

    @property
    def _named(self) -> str:
        return f"({self.key}, {self.owner}, {self.column})"

    @property
    def _known(self) -> str:
        return f"SELECT {self.owner} FROM {self.owners}"  # noqa: S608 -- our names

    def create(self) -> None:
        """Make the triggers. Those for many rows run once a statement."""
        copy, column = self.copy, self.column
        came = (
            f"INSERT INTO {copy} {self._named} SELECT id, {self.owner}, {column} FROM came "  # noqa: S608 -- our names
            f"WHERE {self.owner} IN ({self._known}) ON CONFLICT ({self.key}) DO NOTHING"
        )
        changed = (
            f"INSERT INTO {copy} {self._named} SELECT NEW.id, NEW.{self.owner}, NEW.{column} "
            f"WHERE NEW.{self.owner} IN ({self._known}) "
            f"ON CONFLICT ({self.key}) DO UPDATE SET {column} = excluded.{column}"
        )
        went = f"DELETE FROM {copy} USING went WHERE {copy}.{self.key} = went.id"  # noqa: S608 -- our names
        self._trigger("came", came, "INSERT", "REFERENCING NEW TABLE AS came FOR EACH STATEMENT")
        differs = f"OLD.{column}::text IS DISTINCT FROM NEW.{column}::text"
        self._trigger("changed", changed, f"UPDATE OF {column}", f"FOR EACH ROW WHEN ({differs})")
        self._trigger("went", went, "DELETE", "REFERENCING OLD TABLE AS went FOR EACH STATEMENT")

    def _trigger(self, name: str, statement: str, event: str, rest: str) -> None:
        name = f"{self.copy}_{name}"
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {statement}; RETURN NULL; END $$"
            )
            cursor.execute(f"CREATE TRIGGER {name} AFTER {event} ON {self.source} {rest} EXECUTE FUNCTION {name}()")

    def drop(self) -> None:
        """Remove the triggers."""
        with connection.cursor() as cursor:
            for name in ("came", "changed", "went"):
                cursor.execute(f"DROP FUNCTION IF EXISTS {self.copy}_{name} CASCADE")

    def fill(self, owner_id: int, *, after: int, count: int) -> int | None:
        """Copy the next `count` rows of an owner; returns the last id, None if there was none. Known ones stay."""
        some = (
            f"SELECT id, {self.owner}, {self.column} FROM {self.source} "  # noqa: S608 -- our names
            f"WHERE {self.owner} = %s AND id > %s ORDER BY id LIMIT %s"
        )
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT MAX(id) FROM ({some}) AS part", [owner_id, after, count])  # noqa: S608
            last: int | None = cursor.fetchone()[0]
            if last is not None:
                cursor.execute(
                    f"INSERT INTO {self.copy} {self._named} {some} ON CONFLICT ({self.key}) DO NOTHING",
                    [owner_id, after, count],
                )
        return last

    def look_at_source(self) -> None:
        """Let the planner know how many rows the copy will be joined to."""
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {self.source}")


def wait_for_older_writers() -> None:
    """Return when every transaction that writes and began before this moment has ended: from then on all see the same.

    Inside a transaction nobody else can be waited for.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        mine = cursor.fetchone()[0]
        while True:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            if cursor.fetchone()[0] > mine:
                return
            time.sleep(LOOK_EVERY_S)
