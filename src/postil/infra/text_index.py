"""Indexes of words, made while the server runs: which rows of an owner hold these words.

Each index is a table of its own: an FTS5 table on SQLite, a table with a `tsvector` and a GIN index on PostgreSQL. The
words come ready-made, so that both databases find the same.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, ClassVar

import orjson
from django.db import connection
from django.db.models import BooleanField, F, Field, Func, QuerySet, Subquery

from postil.infra.db import is_postgres
from postil.labeling.words import Wanted

Words = Collection[str]


def create_word_index(name: str) -> None:
    """Make an empty index."""
    drop_word_index(name)
    with connection.cursor() as cursor:
        if is_postgres():
            cursor.execute(f"CREATE TABLE {_quoted(name)} (id bigint PRIMARY KEY, words tsvector NOT NULL)")
        else:
            tokenizer = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
            cursor.execute(
                f'CREATE VIRTUAL TABLE {_quoted(name)} USING fts5(words, detail=none, tokenize="{tokenizer}")'
            )


def complete_word_index(name: str) -> None:
    """Make an index fast that was filled for the first time."""
    with connection.cursor() as cursor:
        if is_postgres():
            cursor.execute(f"CREATE INDEX {_quoted(name + '_words')} ON {_quoted(name)} USING gin (words)")
            cursor.execute(f"ANALYZE {_quoted(name)}")


def drop_word_index(name: str) -> None:
    """Remove an index if it is there."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {_quoted(name)}")


def store_words(name: str, rows: Iterable[tuple[int, Words]]) -> None:
    """Keep the words of rows; what was known of them is replaced."""
    table = _quoted(name)
    with connection.cursor() as cursor:
        if is_postgres():
            sql = (
                f"INSERT INTO {table} (id, words) VALUES (%s, array_to_tsvector(%s::text[])) "  # noqa: S608 -- our name
                "ON CONFLICT (id) DO UPDATE SET words = excluded.words"
            )
            cursor.executemany(sql, [(pk, list(words)) for pk, words in rows])
            return
        sql = f"INSERT OR REPLACE INTO {table} (rowid, words) VALUES (%s, %s)"  # noqa: S608 -- our own name
        cursor.executemany(sql, [(pk, " ".join(words)) for pk, words in rows])


def known_ids(name: str, ids: Sequence[int]) -> set[int]:
    """Return which of these rows the index knows."""
    column, table = ("id" if is_postgres() else "rowid"), _quoted(name)
    among = "= ANY(%s)" if is_postgres() else "IN (SELECT value FROM json_each(%s))"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM {table} WHERE {column} {among}",  # noqa: S608 -- our own name
            [list(ids) if is_postgres() else orjson.dumps(ids).decode()],
        )
        return {row[0] for row in cursor.fetchall()}


def _for_sqlite(wanted: Sequence[Wanted]) -> str:
    return " AND ".join(f'"{item.word}"{"*" if item.is_beginning else ""}' for item in wanted)


def _for_postgres(wanted: Sequence[Wanted]) -> str:
    return " & ".join(f"'{item.word}'{':*' if item.is_beginning else ''}" for item in wanted)


class HasWords(Func):
    """Whether the index holds all these words for a row, or the further ids name it.

    With `between` (first and last id) the rows there are looked at one by one; the others count as without the words.
    """

    output_field: ClassVar[Field[Any, Any]] = BooleanField()
    conditional = True

    def __init__(
        self,
        name: str,
        wanted: Sequence[Wanted],
        *,
        column: str = "id",
        others: Any = None,
        between: tuple[int, int] | None = None,
    ) -> None:
        self.name, self.wanted, self.between = name, list(wanted), between
        super().__init__(F(column), *([Subquery(others)] if isinstance(others, QuerySet) else []))

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, Any]:  # type: ignore[override]
        """Ask the FTS5 table."""
        table = _quoted(self.name)
        if self.between is None:
            found = f"SELECT rowid AS id FROM {table} WHERE {table} MATCH %s"  # noqa: S608 -- our own name
            return self._among(compiler, found, [_for_sqlite(self.wanted)])
        # To begin with a common word takes FTS5 long, however few rows are wanted.
        holds = " AND ".join("instr(' ' || words || ' ', %s) > 0" for _ in self.wanted)
        words = [f" {item.word}{'' if item.is_beginning else ' '}" for item in self.wanted]
        found = f"SELECT rowid AS id FROM {table} WHERE rowid BETWEEN %s AND %s AND {holds}"  # noqa: S608 -- our own name
        return self._among(compiler, found, [*self.between, *words])

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, Any]:
        """Ask the GIN index."""
        found = f"SELECT id FROM {_quoted(self.name)} WHERE words @@ %s::tsquery"  # noqa: S608 -- our own name
        words = _for_postgres(self.wanted)
        if self.between is None:
            return self._among(compiler, found, [words])
        return self._among(compiler, f"{found} AND id BETWEEN %s AND %s", [words, *self.between])

    def _among(self, compiler: Any, found: str, words: Sequence[Any]) -> tuple[str, Any]:
        column, params = compiler.compile(self.source_expressions[0])
        params = [*params, *words]
        if len(self.source_expressions) > 1:
            others, more = compiler.compile(self.source_expressions[1])
            found = f"{found} UNION ALL SELECT * FROM {others} AS others"  # noqa: S608 -- compiled
            params += more
        return f"({column} IN ({found}))", params


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
