"""The copy of tasks' data that PostgreSQL's indexes are made on."""

from django.db import transaction
from django.db.models import Q

from postil.datamanager.column import Scope
from postil.datamanager.models import ColumnIndex
from postil.infra.column_index import through_index
from postil.infra.jobs import Run
from postil.infra.mirror import Mirror, wait_for_older_writers

COPY = Mirror(
    source="tasks_task",
    copy="datamanager_indexeddata",
    key="task_id",
    owner="project_id",
    column="data",
    owners="datamanager_columnindex",
)
# The columns of the copy, as questions about tasks name them.
COPIED, COPIED_OWNER = "indexed__data", "indexed__project_id"
BATCH = 10_000


def copy_data(row: ColumnIndex, run: Run) -> None:
    """Copy the data of a project's tasks, unless another index of the project has done so."""
    if not ColumnIndex.objects.filter(project_id=row.project_id, is_ready=True).exists():
        _fill(row, run)
    COPY.look_at_source()


def _fill(row: ColumnIndex, run: Run) -> None:
    # From now on triggers copy what comes and changes; who began before might not know of the row.
    wait_for_older_writers()
    last: int | None = 0
    done = 0
    while last is not None:
        with transaction.atomic():
            last = COPY.fill(row.project_id, after=last, count=BATCH)
        done += BATCH
        run.progress(done)


def by_index(scope: Scope) -> Q:
    """Always true of tasks with a copy; lets PostgreSQL consider the indexes that were made on it."""
    return has_copy(scope) & through_index(COPIED_OWNER, scope.project.pk)


def has_copy(scope: Scope) -> Q:
    """Always true of tasks with a copy; names what all indexes of a project's copies are limited to."""
    return Q((COPIED_OWNER, scope.project.pk))
