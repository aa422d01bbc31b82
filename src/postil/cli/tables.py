"""All tables of PostgreSQL as CSV files, read in one snapshot and written back in one transaction."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

CHUNK = 1024 * 1024


def table_names() -> list[str]:
    """Return the tables of all models; Django's own bookkeeping is made again by migrating."""
    skipped = {"django_content_type", "auth_permission"}
    models = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models if model._meta.managed} - skipped)


def dump(folder: Path) -> Iterator[tuple[str, Path]]:
    """Write every table to a file and give its name in the archive; all of them show the same moment."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for table in table_names():
            path = folder / f"{table}.csv"
            with (
                path.open("wb") as file,
                _driver().copy(f"COPY {_quoted(table)} TO STDOUT (FORMAT csv, HEADER)") as copy,
            ):
                for block in copy:
                    file.write(block)
            yield f"tables/{table}.csv", path
            path.unlink()


def load(open_file: Callable[[str], IO[bytes] | None]) -> None:
    """Fill the empty tables; references are checked when all are there."""
    with transaction.atomic():
        for table in table_names():
            stream = open_file(f"tables/{table}.csv")
            if stream is None:
                continue
            columns = ", ".join(_quoted(name) for name in stream.readline().decode().strip().split(","))
            with _driver().copy(f"COPY {_quoted(table)} ({columns}) FROM STDIN (FORMAT csv)") as copy:
                while block := stream.read(CHUNK):
                    copy.write(block)
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), list(apps.get_models(include_auto_created=True))):
                cursor.execute(sql)


def _driver() -> Any:
    """Return the driver's cursor, which knows COPY."""
    connection.ensure_connection()
    return connection.connection.cursor()


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
