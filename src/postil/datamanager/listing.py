"""The task table as one answer: from the request's parameters to the bytes of the page."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import orjson
from django.db.models import Count, QuerySet, Sum

from postil.accounts.access import Actor
from postil.core.errors import Invalid, NotFound
from postil.datamanager import shapes
from postil.datamanager.access import get_view, scope_of
from postil.datamanager.column import Scope
from postil.datamanager.column_indexes import ask_for_indexes
from postil.datamanager.columns.search import SEARCH
from postil.datamanager.documents import task_rows
from postil.datamanager.filters import conditions_of
from postil.datamanager.paging import page_ids
from postil.datamanager.queries import filtered_tasks, ordered, selected_tasks
from postil.datamanager.request import KEYS, TaskQuery, read_query
from postil.infra.db import is_postgres
from postil.infra.http import to_json
from postil.projects.access import get_project
from postil.projects.models import Project
from postil.tasks.models import Task
from postil.tasks.ports import PORTS

DEFAULT_PAGE_SIZE = 100
COUNTED_AHEAD = 10_000
COUNTED = ("pk", "annotation_count", "prediction_count")
# So many tasks are looked at, one after another, for common words.
WINDOWS = (12_000, 48_000, 192_000)
GROWTH = 5
NEITHER = "Neither project nor view id specified"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request says about the table: which one, which tasks of it."""

    project_id: int | None
    view_id: int | None
    query: dict[str, Any]
    only_annotated: bool = False


@dataclass(frozen=True, slots=True)
class Totals:
    """What is counted over all tasks of the answer, not only over its page; at least so many unless `is_exact`."""

    tasks: int
    annotations: int
    predictions: int
    is_exact: bool = True


def read_asked(parameters: dict[str, str], body: Any) -> Asked:
    """Return what the parameters and the body of a request ask; parameters win."""
    body = body if isinstance(body, dict) else {}
    query: dict[str, Any] = {key: body[key] for key in KEYS if key in body}
    text = parameters.get("query") or body.get("query")
    if text:
        query |= _query_object(text)
    return Asked(_number(parameters, body, "project"), _number(parameters, body, "view"), query)


def _query_object(text: Any) -> dict[str, Any]:
    try:
        value = orjson.loads(text) if isinstance(text, str) else text
    except orjson.JSONDecodeError:
        raise Invalid.field("query", "This is not JSON.") from None
    if not isinstance(value, dict):
        raise Invalid.field("query", "An object with filters, ordering and selectedItems is needed.")
    return value


def _number(parameters: dict[str, str], body: dict[str, Any], name: str) -> int | None:
    value = parameters.get(name) or body.get(name)
    if value in (None, ""):
        return None
    text = str(value).strip()
    if not text.isascii() or not text.isdecimal() or len(text) > 18:
        raise Invalid.field(name, "A valid integer is required.")
    return int(text)


def table_of(who: Actor, asked: Asked) -> tuple[Project, TaskQuery]:
    """Return the project and the question; with a view, its filters and ordering count instead of the request's."""
    if asked.view_id is not None:
        view = get_view(who, asked.view_id)
        if asked.project_id is not None and asked.project_id != view.project_id:
            raise Invalid.field("view", f"View {view.pk} does not belong to project {asked.project_id}.")
        stored = view.data if isinstance(view.data, dict) else {}
        selected = asked.query.get("selectedItems", stored.get("selectedItems"))
        project, query = view.project, read_query({**stored, "selectedItems": selected})
    elif asked.project_id is None:
        raise NotFound(NEITHER)
    else:
        project, query = get_project(who, asked.project_id), read_query(asked.query)
    return project, replace(query, only_annotated=asked.only_annotated)


def totals_of(tasks: QuerySet[Task], query: TaskQuery, scope: Scope, *, at_most: int | None = None) -> Totals:
    """Return the totals of `tasks`: stored counters when every task is meant, one statement otherwise.

    With `at_most`, counting ends after so many tasks.
    """
    project = scope.project
    if not query.is_restricted:
        return Totals(project.task_count, project.annotation_count, project.prediction_count)
    if at_most is not None:
        tasks = tasks.order_by()[: at_most + 1]
    return _sums(tasks, at_most)


def _sums(tasks: QuerySet[Task], at_most: int | None = None) -> Totals:
    sums = tasks.values("pk", "annotation_count", "prediction_count").aggregate(
        tasks=Count("pk"), annotations=Sum("annotation_count"), predictions=Sum("prediction_count")
    )
    count, is_exact = sums["tasks"], at_most is None or sums["tasks"] <= at_most
    return Totals(
        count if is_exact else count - 1, sums["annotations"] or 0, sums["predictions"] or 0, is_exact=is_exact
    )


def _page_and_totals(query: TaskQuery, scope: Scope, start: int, size: int, *, quick: bool) -> tuple[list[int], Totals]:
    """Return the ids of a page, and the totals; `quick` totals may be lower bounds."""
    is_near = quick and query.is_restricted and not query.ordering and start < COUNTED_AHEAD
    rows = _rows_near_beginning(query, scope, start + size) if is_near else None
    if rows is not None:
        return _looked_at_once(rows, start, size, len(rows) - 1)
    tasks = selected_tasks(query, scope)
    if is_near and not is_postgres():  # which would sort all of them for so long a page
        known = start + COUNTED_AHEAD
        return _looked_at_once(
            list(ordered(tasks, query, scope).values_list(*COUNTED)[: known + 1]), start, size, known
        )
    ids = page_ids(tasks, query, scope, start, size)
    if query.is_restricted and start == 0 and len(ids) < size:  # is all there is
        return ids, _sums(Task.objects.filter(pk__in=ids))
    return ids, totals_of(tasks, query, scope, at_most=start + COUNTED_AHEAD if quick else None)


def _looked_at_once(rows: list[tuple[int, int, int]], start: int, size: int, known: int) -> tuple[list[int], Totals]:
    """Return the page out of the first rows, and totals: they are lower bounds if there are more than `known` rows."""
    annotations, predictions = (sum(row[at] for row in rows) for at in (1, 2))
    totals = Totals(min(len(rows), known), annotations, predictions, is_exact=len(rows) <= known)
    return [row[0] for row in rows[start : start + size]], totals


def _rows_near_beginning(query: TaskQuery, scope: Scope, needed: int) -> list[tuple[int, int, int]] | None:
    """Return more than `needed` of the first tasks with common words, without reading all that the index knows of them.

    None for other questions, and when too few are among the first tasks of the project.
    """
    if all(condition.column != SEARCH.id for condition in conditions_of(query.filters)):
        return None
    rows: list[tuple[int, int, int]] = []
    first = 0
    every = Task.objects.filter(project_id=scope.project.pk).order_by("pk").values_list("pk", flat=True)
    for width in WINDOWS:
        last = every.filter(pk__gte=first)[width - 1 : width].first()
        if last is None:
            return None
        tasks = selected_tasks(query, replace(scope, window=(first, last)))
        rows += tasks.filter(pk__range=(first, last)).order_by("pk").values_list(*COUNTED)
        if len(rows) > needed:
            return rows
        if len(rows) * GROWTH <= needed:  # too few for the next window, too
            return None
        first = last + 1
    return None


def totals_json(who: Actor, asked: Asked) -> shapes.Totals:
    """Return the exact totals of a question, without its tasks."""
    project, query = table_of(who, asked)
    scope = scope_of(who, project, query.display_types)
    totals = totals_of(selected_tasks(query, scope), query, scope)
    return {
        "total": totals.tasks,
        "total_annotations": totals.annotations,
        "total_predictions": totals.predictions,
    }


def task_page(
    who: Actor,
    asked: Asked,
    *,
    page: int,
    size: int,
    full: bool = False,
    resolve: bool = True,
    fields: Collection[str] | None = None,
    omitted: Collection[str] = (),
    quick: bool = False,
) -> bytes:
    """Return one page of the table as JSON; raises `NotFound` past the end.

    Of each task there are the keys of `fields` (all, when None) without the `omitted` ones.
    With `quick`, the totals may be lower bounds, and say so.
    """
    project, query = table_of(who, asked)
    scope = scope_of(who, project, query.display_types)
    ask_for_indexes(query, scope)
    start = (page - 1) * size
    ids, totals = _page_and_totals(query, scope, start, size, quick=quick)
    if page > 1 and start >= totals.tasks:
        raise NotFound("Invalid page.")
    if project.evaluate_predictions_automatically and ids:
        for predict in PORTS.predictors:
            predict(project, ids)
    exactness = {"total_is_exact": totals.is_exact} if quick else {}
    return to_json(
        {
            **exactness,
            "total_annotations": totals.annotations,
            "total_predictions": totals.predictions,
            "total": totals.tasks,
            "tasks": _without(omitted, task_rows(ids, scope, full=full, resolve=resolve, fields=fields)) if ids else [],
        }
    )


def _without(omitted: Collection[str], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not omitted:
        return rows
    return [{key: value for key, value in row.items() if key not in omitted} for row in rows]


def position_of(who: Actor, asked: Asked, task_id: int) -> int | None:
    """Return the place of a task in the table, from 0 on; None if it is not there."""
    project, query = table_of(who, asked)
    tasks = filtered_tasks(query, scope_of(who, project, query.display_types))
    if not tasks.filter(pk=task_id).exists():
        return None
    if not query.ordering:
        return tasks.filter(pk__lt=task_id).order_by().count()
    for index, other in enumerate(tasks.values_list("pk", flat=True).iterator(10_000)):
        if other == task_id:
            return index
    return None


def tasks_of_view(who: Actor, project: Project, view_id: int) -> QuerySet[Task]:
    """Return the tasks that a view of the project shows; raises `NotFound` for a view of another project."""
    view = get_view(who, view_id)
    if view.project_id != project.pk:
        raise NotFound("No View matches the given query.")
    query = read_query(view.data)
    return selected_tasks(query, scope_of(who, project, query.display_types))


def tasks_of_question(who: Actor, project: Project, question: Any) -> QuerySet[Task]:
    """Return the tasks of the project that a question means, in its order; raises `Invalid` if it makes no sense."""
    query = read_query(question)
    return filtered_tasks(query, scope_of(who, project, query.display_types))
