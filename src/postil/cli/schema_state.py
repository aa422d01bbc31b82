"""Whether the database fits this version, found without loading Django: a start must not cost a second more.

new -> (migrate) -> current; behind -> (copy, migrate) -> current; future: refused.
"""

import sqlite3
from contextlib import closing
from enum import Enum
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from postil.cli.errors import CommandError
from postil.infra.config import SQLITE

LABELS = {"django_tasks_db": "django_tasks_database"}  # where the label is not the last part of the name


class SchemaState(Enum):
    NEW = "new"
    CURRENT = "current"
    BEHIND = "behind"
    FUTURE = "future"


def known_migrations() -> set[tuple[str, str]]:
    """Return the migrations that this installation has, as (app, name)."""
    from postil.infra.settings import INSTALLED_APPS  # reads the environment, so not before options were taken

    known = set()
    for app in INSTALLED_APPS:
        spec = find_spec(app)
        if spec is not None and spec.origin is not None:
            files = (Path(spec.origin).parent / "migrations").glob("*.py")
            known |= {(LABELS.get(app, app.rpartition(".")[2]), path.stem) for path in files if path.stem != "__init__"}
    return known


def applied_migrations(database: dict[str, Any]) -> set[tuple[str, str]] | None:
    """Return what the database has, or None when it is empty."""
    rows = read_rows(database, "SELECT app, name FROM django_migrations")
    return None if rows is None else {(str(app), str(name)) for app, name in rows} or None


def has_people(database: dict[str, Any]) -> bool:
    """Whether any account exists."""
    return bool(read_rows(database, "SELECT 1 FROM accounts_user LIMIT 1"))


def read_rows(database: dict[str, Any], sql: str) -> list[tuple[Any, ...]] | None:
    """Return the rows of a query, or None when the table or the database file does not exist."""
    if database["ENGINE"] == SQLITE:
        return _sqlite_rows(Path(database["NAME"]), sql)
    return _postgresql_rows(database, sql)


def schema_state(database: dict[str, Any]) -> SchemaState:
    """Return how the database stands to this installation."""
    applied = applied_migrations(database)
    if applied is None:
        return SchemaState.NEW
    known = known_migrations()
    apps = {app for app, _name in known}
    if any(app in apps for app, _name in applied - known):
        return SchemaState.FUTURE
    return SchemaState.BEHIND if known - applied else SchemaState.CURRENT


def _sqlite_rows(path: Path, sql: str) -> list[tuple[Any, ...]] | None:
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(path, timeout=30)) as link:
            return link.execute(sql).fetchall()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return None
        raise CommandError(f"The database {path} cannot be read: {error}.") from None
    except sqlite3.DatabaseError as error:
        raise CommandError(f"{path} is not a usable database: {error}.") from None


def _postgresql_rows(database: dict[str, Any], sql: str) -> list[tuple[Any, ...]] | None:
    try:
        import psycopg  # an extra
    except ImportError:
        raise CommandError("PostgreSQL needs its driver: pip install 'postil[postgresql]'.") from None
    try:
        with psycopg.connect(
            dbname=database["NAME"],
            user=database["USER"] or None,
            password=database["PASSWORD"] or None,
            host=database["HOST"] or None,
            port=database["PORT"] or None,
            **{"connect_timeout": 10, **database["OPTIONS"]},
        ) as link:
            return link.execute(sql).fetchall()
    except psycopg.errors.UndefinedTable:
        return None
    except psycopg.OperationalError as error:
        raise CommandError(f"The database cannot be reached: {str(error).strip()}") from None
