"""Cursors for statements that are run again and again: PostgreSQL plans them once for each connection.

Django binds values on the client's side, so PostgreSQL sees a new text each time, and plans it for longer than it works
on it. Needs psycopg, so it is imported only where PostgreSQL is used.
"""

from types import SimpleNamespace
from typing import Any

from django.db import connection
from psycopg import ClientCursor, Cursor

MOST_KEPT = 300


class PlannedCursor(Cursor[Any]):
    """Prepares every statement that it executes; statements of other cursors of its connection stay as they are."""

    def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
        """Execute, with the plan that the connection has already, if there is one."""
        link = self.connection
        link.prepared_max, link.prepare_threshold = MOST_KEPT, 0
        try:
            done = super().execute(query, params, prepare=True, **more)
        finally:
            link.prepare_threshold = None
        if connection.queries_logged:  # Django asks for the text, and psycopg forgets that of a kept plan
            told: Any = SimpleNamespace(query=ClientCursor(link).mogrify(query, params).encode())
            self._query = told
        return done


def planned_cursor() -> Any:
    """Return a cursor of the thread's connection, as `connection.cursor()` does."""
    connection.ensure_connection()
    link: Any = connection.connection
    usual = link.cursor_factory
    link.cursor_factory = PlannedCursor
    try:
        return connection.cursor()
    finally:
        link.cursor_factory = usual
