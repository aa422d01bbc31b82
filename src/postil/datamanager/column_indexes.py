"""Makes indexes for the data keys that people sort, compare and search by in large projects, once somebody does."""

from collections.abc import Iterator

from django.core.cache import cache
from django.db import DatabaseError, transaction

from postil.datamanager.beforehand import forget_values, newer_tasks, read_letters, read_values
from postil.datamanager.column import Column, Scope
from postil.datamanager.data_column import PREFIX, DataColumn, data_path, sort_keys
from postil.datamanager.filters import conditions_of, find_column
from postil.datamanager.indexed_data import copy_data
from postil.datamanager.jobs import PrepareColumn
from postil.datamanager.models import ColumnIndex, IndexedData, IndexKind
from postil.datamanager.operators import is_search
from postil.datamanager.ordering import split_key
from postil.datamanager.request import TaskQuery
from postil.infra.column_index import build_index, build_text_index, drop_index
from postil.infra.db import RawJson, is_postgres, let_go, without_waiting
from postil.infra.jobs import Run, enqueue
from postil.infra.letter_index import changed_count, drop_letter_index
from postil.infra.value_index import has_value_index
from postil.projects.models import Project

# Below this many tasks, looking at all of them is fast enough.
LEAST_TASKS = 20_000
MOST_INDEXES = 12
WHOLE_DATA = "data"
REMEMBERED_S = 300

Wish = tuple[str, str]


def ask_for_indexes(query: TaskQuery, scope: Scope) -> None:
    """Let a job make the indexes that would have helped with this question. Never waits and never fails."""
    if scope.project.task_count < LEAST_TASKS:
        return
    for column, kind in dict.fromkeys(_wishes(query, scope)):
        key = f"column-index:{scope.project.pk}:{kind}:{column}"
        if cache.add(key, 1, timeout=REMEMBERED_S):
            _ask(scope, column, kind)


def _ask(scope: Scope, column: str, kind: str) -> None:
    known = ColumnIndex.objects.filter(project_id=scope.project.pk)
    made = known.filter(column=column, kind=kind).first()
    if not _is_stale(made) if made is not None else known.count() >= MOST_INDEXES:
        return
    try:
        with without_waiting(), transaction.atomic():
            made = made or ColumnIndex.objects.create(project_id=scope.project.pk, column=column, kind=kind)
            enqueue(
                PrepareColumn(index_id=made.pk),
                who=scope.user,
                organization_id=scope.project.organization_id,
                project_id=scope.project.pk,
            )
    except DatabaseError as error:  # somebody writes just now, or asked at the same moment: the next question will do
        let_go(error)


def _is_stale(made: ColumnIndex) -> bool:
    """Whether an index that does not grow by itself leaves out too much."""
    if not made.is_ready or is_postgres():
        return False
    if made.kind != IndexKind.TEXT:
        return not has_value_index(made.pk)
    is_behind = newer_tasks(made)[: LEAST_TASKS + 1].count() > LEAST_TASKS
    return is_behind or changed_count(made.index_name) > LEAST_TASKS


def _wishes(query: TaskQuery, scope: Scope) -> Iterator[Wish]:
    """Yield column and kind of each index that would help."""
    if isinstance(query.ordering, list) and query.ordering and isinstance(query.ordering[0], str):
        name, descending = split_key(query.ordering[0])
        column = find_column(name, scope)
        if _can_be_indexed(column) and scope.display_types.get(column.id) != "Number":
            yield column.id, IndexKind.DOWN if descending else IndexKind.UP
    for condition in conditions_of(query.filters):
        if not condition.column.startswith(PREFIX):
            continue
        if is_search(condition.operator):
            yield WHOLE_DATA, IndexKind.TEXT
        elif _can_be_indexed(find_column(condition.column, scope)):
            yield condition.column, IndexKind.UP


def _can_be_indexed(column: Column) -> bool:
    return isinstance(column, DataColumn) and all(isinstance(part, int) or _is_plain(part) for part in column.path)


def _is_plain(key: str) -> bool:
    return key.isprintable() and '"' not in key and "\\" not in key


def prepare_column(spec: PrepareColumn, run: Run) -> None:
    """Make the index that a row asks for; a row without a project goes, with its index."""
    row = ColumnIndex.objects.filter(pk=spec.index_id).first()
    if row is None:
        return
    project = Project.objects.filter(pk=row.project_id).first()
    if project is None:
        _remove(row)
        return
    if row.kind == IndexKind.TEXT and not is_postgres():
        read_letters(row, run)
    elif row.kind == IndexKind.TEXT:
        copy_data(row, run)
        build_text_index(IndexedData, row.index_name, owner="project_id", owner_id=project.pk, text=RawJson("data"))
    else:
        path = data_path(row.column.removeprefix(PREFIX), frozenset(project.data_columns))
        if is_postgres():
            copy_data(row, run)
            keys = sort_keys("data", path, descending=row.kind == IndexKind.DOWN)
            build_index(IndexedData, row.index_name, owner="project_id", owner_id=project.pk, keys=keys)
        else:
            read_values(row, run, path)
    ColumnIndex.objects.filter(pk=row.pk).update(is_ready=True)


def clear_indexes() -> int:
    """Remove the indexes of projects that are gone; returns how many."""
    gone = [row for row in ColumnIndex.objects.all() if not Project.all_objects.filter(pk=row.project_id).exists()]
    for row in gone:
        _remove(row)
    return len(gone)


def _remove(row: ColumnIndex) -> None:
    if is_postgres():
        drop_index(row.index_name)
    elif row.kind == IndexKind.TEXT:
        drop_letter_index(row.index_name)
    else:
        forget_values(row)
    row.delete()
