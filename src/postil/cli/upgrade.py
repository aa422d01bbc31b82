"""Bringing the database to this version, after a copy of an SQLite one."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from postil.cli.environment import load_django
from postil.cli.errors import CommandError, out
from postil.cli.schema_state import SchemaState, schema_state
from postil.infra.config import SQLITE

COPIES_KEPT = 3


def bring_up_to_date(database: dict[str, Any]) -> SchemaState:
    """Migrate if needed; return what the database was before. Raises `CommandError` for one from the future."""
    state = schema_state(database)
    if state is SchemaState.CURRENT:
        return state
    if state is SchemaState.FUTURE:
        raise CommandError(
            "This database was made by a newer version of Postil. Install that version, or restore a backup."
        )
    if state is SchemaState.BEHIND:
        copy = copy_sqlite(database)
        if copy is not None:
            out.print(f"The database is copied to {copy} before its upgrade.")
    load_django()
    from django.core.management import call_command  # Django is loaded only now
    from django.db import connections

    call_command("migrate", interactive=False, verbosity=0)
    connections.close_all()
    protect(database)
    return state


def copy_sqlite(database: dict[str, Any]) -> Path | None:
    """Copy an SQLite database beside itself, also while it is written to; the oldest copies go."""
    if database["ENGINE"] != SQLITE:
        return None
    path = Path(database["NAME"])
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    target = path.with_name(f"{path.name}.before-upgrade-{moment}")
    copy_database(path, target)
    for old in sorted(path.parent.glob(f"{path.name}.before-upgrade-*"))[:-COPIES_KEPT]:
        old.unlink()
    return target


def copy_database(source: Path, target: Path) -> None:
    """Write a consistent copy of an SQLite database."""
    target.touch(mode=0o600)
    with closing(sqlite3.connect(source, timeout=30)) as link, closing(sqlite3.connect(target)) as copy:
        link.backup(copy)


def protect(database: dict[str, Any]) -> None:
    """Let only the owner of the process read an SQLite database."""
    if database["ENGINE"] == SQLITE:
        for path in Path(database["NAME"]).parent.glob(f"{Path(database['NAME']).name}*"):
            path.chmod(0o600)
