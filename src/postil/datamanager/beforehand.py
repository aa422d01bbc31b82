"""Looks at what a filter will find before it is asked: few tasks are named by their ids, many need no index."""

import random
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q, QuerySet

from postil.datamanager.column import Scope
from postil.datamanager.indexed_data import COPIED, has_copy
from postil.datamanager.models import ColumnIndex, IndexKind
from postil.infra.db import RawJson, is_postgres, let_others_write
from postil.infra.expressions import ContainsText, IsAmong, Path
from postil.infra.jobs import Run
from postil.infra.letter_index import (
    add_letters,
    candidates,
    changed_count,
    create_letter_index,
    has_letter_index,
)
from postil.infra.value_index import (
    begin_value_index,
    drop_value_index,
    fill_value_index,
    forget_order,
    has_value_index,
    sort_for_value_index,
    with_entries,
)
from postil.tasks.models import Task

# With more candidates, looking at all tasks until a page is full is as fast.
MOST = 20_000
# Of so many tasks, chosen by chance, so many make a text common.
LOOKED_AT, MANY = 400, 4
BATCH = 2_000


def possible_tasks(scope: Scope, text: str | None) -> list[int] | None:
    """Return the ids of all tasks of the project whose data may hold the text; None if that is not known."""
    if text is None or is_postgres():
        return None
    made = ColumnIndex.objects.filter(project_id=scope.project.pk, kind=IndexKind.TEXT, is_ready=True).first()
    if made is None:
        return None
    known = candidates(made.index_name, text, MOST)
    if known is None:
        return None
    newer = list(newer_tasks(made)[: MOST + 1])
    return [*known, *newer] if len(newer) <= MOST else None


def matching_tasks(scope: Scope, text: str, condition: Q) -> list[int] | None:
    """Return the ids of all tasks that fulfil a condition and hold a text, as PostgreSQL's index of texts finds it.

    So the page and its totals read the index once. None where there is no index, or where there are many such tasks.
    """
    made = ColumnIndex.objects.filter(project_id=scope.project.pk, kind=IndexKind.TEXT, is_ready=True)
    if not is_postgres() or not made.exists():
        return None
    copied = has_copy(scope) & Q(ContainsText(RawJson(COPIED), text))
    tasks = Task.objects.filter(copied, condition, project=scope.project).order_by()
    found = list(tasks.values_list("pk", flat=True)[: MOST + 1])
    return found if len(found) <= MOST else None


def is_common(scope: Scope, condition: Q) -> bool:
    """Whether many tasks fulfil a condition, by the look of some; then a page is full before an index is read.

    For PostgreSQL, which guesses that any text is rare. SQLite reads no index of letters for what is not rare.
    """
    count = scope.project.last_inner_id
    if not is_postgres() or count < MOST:
        return False
    numbers = random.sample(range(1, count + 1), LOOKED_AT)
    some = Task.objects.filter(IsAmong("inner_id", numbers), condition, project=scope.project)
    return some.order_by()[:MANY].count() == MANY


def ready_index(scope: Scope, column: str, *, is_downwards: bool = False) -> ColumnIndex | None:
    """Return the index by which a key of the data is sorted and compared, if there is one."""
    kind = IndexKind.DOWN if is_downwards else IndexKind.UP
    made = ColumnIndex.objects.filter(project_id=scope.project.pk, column=column, kind=kind, is_ready=True).first()
    return made if made is not None and (is_postgres() or has_value_index(made.pk)) else None


def few_tasks(scope: Scope, made: ColumnIndex, alternatives: Sequence[Q]) -> list[int] | None:
    """Return the ids of all tasks that fulfil one of some conditions, each of which the index answers.

    None where there are many such tasks. On SQLite, the conditions are about the entries of the index.
    """
    tasks = Task.objects.filter(project=scope.project).order_by()
    tasks = tasks if is_postgres() else with_entries(tasks, made.pk)
    found: set[int] = set()
    for condition in alternatives:
        found.update(tasks.filter(condition).values_list("pk", flat=True)[: MOST + 1])
        if len(found) > MOST:
            return None
    return sorted(found)


def read_values(row: ColumnIndex, run: Run, path: Path) -> None:
    """Make the index of a row on SQLite: each transaction enters some tasks, so that nobody waits for long to write."""
    with transaction.atomic():
        begin_value_index(Task, row.pk, owner_id=row.project_id, path=path, is_downwards=row.kind == IndexKind.DOWN)
    try:
        sort_for_value_index(Task, row.pk)
        read, is_more = 0, True
        while is_more:
            with transaction.atomic():
                is_more = fill_value_index(Task, row.pk, after=read, count=BATCH)
            read += BATCH
            run.progress(read)
            let_others_write()
    finally:
        forget_order()


def forget_values(row: ColumnIndex) -> None:
    """Remove the index of a row on SQLite, some entries at a time."""
    is_more = True
    while is_more:
        with transaction.atomic():
            is_more = drop_value_index(row.pk, count=BATCH)


def newer_tasks(made: ColumnIndex) -> "QuerySet[Task, int]":
    """Return the ids of tasks that came after the index was made."""
    newer = Task.objects.filter(project=made.project_id, pk__gt=made.covered_id)
    return newer.order_by("pk").values_list("pk", flat=True)


def read_letters(row: ColumnIndex, run: Run) -> None:
    """Make the index of a row, or add what came since; goes on where it stopped."""
    with transaction.atomic():
        if not has_letter_index(row.index_name) or changed_count(row.index_name) > MOST:
            create_letter_index(Task, row.index_name, owner="project_id", owner_id=row.project_id, column="data")
            ColumnIndex.objects.filter(pk=row.pk).update(covered_id=0, is_ready=False)
            row.covered_id = 0
    read = 0
    while True:
        with transaction.atomic():
            last = add_letters(
                Task, row.index_name, owner="project_id", owner_id=row.project_id, column="data",
                after=row.covered_id, count=BATCH,
            )  # fmt: skip
            if last is None:
                return
            row.covered_id = last
            ColumnIndex.objects.filter(pk=row.pk).update(covered_id=last)
        read += BATCH
        run.progress(read)
        let_others_write()
