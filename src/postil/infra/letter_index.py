"""Finds rows whose text may hold a piece of text, on SQLite: an FTS5 index of every three letters.

PostgreSQL has such an index of its own (`column_index.build_text_index`). This one gives candidates, to be looked at
again: what was changed since is always among them, what came since is not known yet.
"""

from django.db import connection
from django.db.models import Model

LETTERS = 3
# Each further piece costs as much as it helps.
MOST_PIECES = 6


def create_letter_index(model: type[Model], name: str, *, owner: str, owner_id: int, column: str) -> None:
    """Make an empty index, and let the database note rows whose text is changed from now on."""
    drop_letter_index(name)
    letters, changed, trigger = _names(name)
    table, text, of = map(_quoted, (model._meta.db_table, column, owner))
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE VIRTUAL TABLE {letters} USING fts5(words, content='', detail=none, columnsize=0, "
            "tokenize='trigram')"
        )
        cursor.execute(f"CREATE TABLE {changed} (id INTEGER PRIMARY KEY)")
        cursor.execute(
            f"CREATE TRIGGER {trigger} AFTER UPDATE OF {text} ON {table} WHEN NEW.{of} = {int(owner_id)} "  # noqa: S608
            f"AND NEW.{text} IS NOT OLD.{text} BEGIN INSERT OR IGNORE INTO {changed} (id) VALUES (NEW.id); END"
        )


def has_letter_index(name: str) -> bool:
    """Whether there is an index of this name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = %s", [f"{name}_letters"])
        return cursor.fetchone() is not None


def drop_letter_index(name: str) -> None:
    """Remove an index if it is there."""
    letters, changed, trigger = _names(name)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        cursor.execute(f"DROP TABLE IF EXISTS {changed}")
        cursor.execute(f"DROP TABLE IF EXISTS {letters}")


def add_letters(
    model: type[Model], name: str, *, owner: str, owner_id: int, column: str, after: int, count: int
) -> int | None:
    """Read the next `count` rows behind the id `after`; returns the last id that was read, None if there was none."""
    letters, table, text, of = (_names(name)[0], *map(_quoted, (model._meta.db_table, column, owner)))
    some = f"FROM (SELECT id, {text} AS words FROM {table} WHERE {of} = %s AND id > %s ORDER BY id LIMIT %s)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT MAX(id) {some}", [owner_id, after, count])
        last: int | None = cursor.fetchone()[0]
        if last is not None:
            cursor.execute(f"INSERT INTO {letters} (rowid, words) SELECT id, words {some}", [owner_id, after, count])
    return last


def changed_count(name: str) -> int:
    """Return how many rows were changed since the index was made."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {_names(name)[1]}")  # noqa: S608 -- our own name
        return int(cursor.fetchone()[0])


def candidates(name: str, text: str, most: int) -> list[int] | None:
    """Return ids of all known rows that may hold the text; None if there are more than `most`, or nobody can know."""
    pieces = _pieces(text)
    if not pieces:
        return None
    letters, changed, _ = _names(name)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid FROM {letters} WHERE {letters} MATCH %s LIMIT %s",  # noqa: S608 -- our own name
            [" AND ".join(f'"{piece}"' for piece in pieces), most + 1],
        )
        found = {row[0] for row in cursor.fetchall()}
        cursor.execute(f"SELECT id FROM {changed} LIMIT %s", [most + 1])  # noqa: S608 -- our own name
        found.update(row[0] for row in cursor.fetchall())
    return sorted(found) if len(found) <= most else None


def _pieces(text: str) -> list[str]:
    pieces = list(dict.fromkeys(text[at : at + LETTERS] for at in range(len(text) - LETTERS + 1)))
    step = max(1, -(-len(pieces) // MOST_PIECES))
    return [piece.replace('"', '""') for piece in pieces[::step]]


def _names(name: str) -> tuple[str, str, str]:
    return _quoted(f"{name}_letters"), _quoted(f"{name}_changed"), _quoted(f"{name}_edit")


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
