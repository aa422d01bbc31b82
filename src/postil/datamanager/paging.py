"""The ids of one page. Sorting and skipping carry no task data, and pages far down are found from a known place.

Where every task is shown by id, the id at which a page began is remembered for a minute: the next pages continue there
instead of counting from the first task. What changes the number of tasks makes another place.
"""

from django.core.cache import cache
from django.db.models import QuerySet

from postil.datamanager.column import Scope
from postil.datamanager.queries import ordered
from postil.datamanager.request import TaskQuery
from postil.tasks.models import Task

REMEMBERED_S = 60
# Nearer to the beginning, or to a known place, skipping is as fast as looking it up.
NEAR = 2_000
STEP = 10_000


def page_ids(tasks: "QuerySet[Task]", query: TaskQuery, scope: Scope, start: int, size: int) -> list[int]:
    """Return the ids of the tasks from `start` on, `size` at most; `tasks` are those that the question means."""
    if query.is_restricted or query.ordering or start < NEAR:
        return list(ordered(tasks, query, scope).values_list("pk", flat=True)[start : start + size])
    project = scope.project
    known = f"pages:{project.pk}:{project.task_count}:{project.last_inner_id}"
    ids = Task.objects.filter(project_id=project.pk).order_by("pk").values_list("pk", flat=True)
    begin, place = start, cache.get(f"{known}:{start}")
    if place is None:
        begin = start - start % STEP
        place = cache.get(f"{known}:step:{begin}")
        if place is None:
            place = _id_at(ids, begin, project.task_count)
            cache.set(f"{known}:step:{begin}", place, timeout=REMEMBERED_S)
    if place is None:
        return []
    skipped = start - begin
    found = list(ids.filter(pk__gte=place)[skipped : skipped + size])
    if len(found) == size:
        cache.set(f"{known}:{start + size}", found[-1] + 1, timeout=REMEMBERED_S)
    return found


def _id_at(ids: "QuerySet[Task, int]", position: int, count: int) -> int | None:
    """Return the id at a position, counted from the nearer end."""
    from_end = count - 1 - position
    if from_end < 0:
        return None
    nearest = ids[position : position + 1] if position <= from_end else ids.reverse()[from_end : from_end + 1]
    return next(iter(nearest), None)
