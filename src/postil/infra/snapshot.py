"""A consistent picture of the database for long reads that must not hold up anybody who writes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def consistent_read() -> Iterator[None]:
    """Make all reads inside see one moment. Nothing may be written inside; other writers are not held up.

    Inside a transaction that is open already, that one counts.
    """
    if connection.in_atomic_block:
        yield
        return
    # An ordinary transaction would take SQLite's write lock, and PostgreSQL would show each statement another moment.
    is_postgres = connection.vendor == "postgresql"
    begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if is_postgres else "BEGIN DEFERRED"
    with connection.cursor() as cursor:
        cursor.execute(begin)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
