"""Bulk actions as jobs."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db import connection

from postil.core.errors import NotFound
from postil.datamanager import bulk_runs
from postil.datamanager.jobs import RunBulkAction, UndoBulkAction
from postil.datamanager.models import BulkRun
from postil.infra.collection import rare_collections
from postil.infra.db import quick_commits
from postil.infra.jobs import Run


def run_bulk_action(spec: RunBulkAction, run: Run) -> dict[str, Any]:
    """Go on with a run; says whether it can be undone."""
    row = _row(spec.run_id)
    with _steps():
        answer = bulk_runs.go_on(row, run)
    return {**answer, "undo": {"trash": row.trash_ids} if bulk_runs.can_be_undone(row) else None}


def undo_bulk_action(spec: UndoBulkAction, run: Run) -> dict[str, Any]:
    """Take back what a run did."""
    with _steps():
        return bulk_runs.undo(_row(spec.run_id), run)


@contextmanager
def _steps() -> Iterator[None]:
    """Let steps not wait for the disk: each notes how far the run is, so one that the power took is done again."""
    with rare_collections(), nullcontext() if connection.in_atomic_block else quick_commits():
        yield


def _row(run_id: int) -> BulkRun:
    row = BulkRun.objects.filter(pk=run_id).first()
    if row is None:
        raise NotFound("The project of this action is gone.")
    return row
