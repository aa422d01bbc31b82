"""Reserves a place on a task, in one transaction with the look at what is free.

Whoever reserves in a project is alone with that until the end of the transaction: on SQLite as the only writer, on
PostgreSQL by a lock of its own. A place that is seen free stays free, so nobody has to lock a task, and two who want
each other's task cannot stop each other for ever.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from postil.accounts.models import User
from postil.core.clock import now
from postil.infra.db import one_at_a_time
from postil.infra.prepared import PreparedRows, PreparedUpdate, Slot, insert
from postil.projects.models import Project
from postil.tasks.models import Task, TaskLock
from postil.tasks.next_task import candidates, sampling, score_places
from postil.tasks.next_task.sampling import BY_SCORE, GROUND_TRUTH, MOMENT, PROJECT, USER

LOCK_LIFE = timedelta(hours=24)
# Of a task that was only fetched beforehand.
AHEAD_LIFE = timedelta(hours=1)


def _held() -> QuerySet[TaskLock]:
    is_open = Exists(candidates.open_among(Task.objects.filter(pk=OuterRef("task")), USER))
    return TaskLock.objects.filter(is_open, project=PROJECT, user=USER, expires_at__gt=MOMENT).order_by("pk")[:2]


def _free(order: str, skip_queue: str, of_version: bool) -> "QuerySet[Any, tuple[int, int]]":
    if order == BY_SCORE:
        return sampling.by_score(skip_queue, of_version)
    if order == GROUND_TRUTH:
        return sampling.with_ground_truth(skip_queue)
    tasks = candidates.with_free_place(sampling.ORDERS[order](), USER, skip_queue=skip_queue, moment=MOMENT)
    return tasks.values_list("pk", "annotation_count")


_HELD = PreparedRows(_held)
_OPEN = PreparedRows[tuple[int]](lambda: sampling.ORDERS["by id"]().values_list("pk")[:1])
_FREE = PreparedRows(lambda order, skip_queue, of_version, most: _free(order, skip_queue, of_version)[:most])
_PROLONG = PreparedUpdate(
    lambda: (TaskLock.objects.filter(task=Slot("task"), user=USER), {"expires_at": Slot("until")})
)
_LOCK = PreparedRows[TaskLock](lambda: TaskLock.objects.filter(task=Slot("task"), user=USER))


def held_lock(project: Project, user: User, *, but: int | None = None) -> TaskLock | None:
    """Return the lock that the person holds on an open task; prolonged, unless it is what comes after task `but`."""
    held = _HELD.all(project=project.pk, user=user.pk, moment=now())
    lock = next((lock for lock in held if lock.task_id != but), None)
    if lock is not None and but is None:
        lock.expires_at = prolong(user, lock.task_id, LOCK_LIFE)
    return lock


def prolong(user: User, task_id: int, life: timedelta) -> datetime:
    """Let the lock that the person may hold on a task last until the returned moment."""
    until = now() + life
    _PROLONG.run(task=task_id, user=user.pk, until=until)
    return until


def alone_in(project: Project) -> None:
    """Wait until nobody else reserves in this project; call it inside the transaction, before looking."""
    one_at_a_time(f"reserve in project {project.pk}")


def first_open(project: Project, user: User, since: int) -> int | None:
    """Return the first task from `since` on that is open to the person, with or without a free place."""
    found = _OPEN.first(project=project.pk, user=user.pk, since=since)
    return found[0] if found is not None else None


def free_in_order(project: Project, user: User, order: str, since: int, *, most: int = 1) -> list[tuple[int, int]]:
    """Return ids and annotation counts of the first tasks of an order that have a free place for the person.

    Tasks before `since` are passed over, except by the orders of what was put aside.
    """
    score, scored_task = score_places.place_of(project, user) if order == BY_SCORE else score_places.START
    values = {
        "since": since, "version": project.model_version, "moment": now(), "score": score, "scored_task": scored_task,
    }  # fmt: skip
    shape = (order, project.skip_queue, bool(project.model_version), most)
    return _FREE.all(*shape, project=project.pk, user=user.pk, **values)


def first_free(project: Project, user: User, tasks: QuerySet[Task]) -> int | None:
    """Return the first of `tasks` that has a free place for the person."""
    free = candidates.with_free_place(tasks, user.pk, skip_queue=project.skip_queue, moment=now())
    return free.values_list("pk", flat=True).first()


def take_lock(project: Project, user: User, task_id: int, life: timedelta) -> TaskLock:
    """Lock a task for a person, or prolong the lock they hold. The caller is `alone_in` the project."""
    until = now() + life
    if _PROLONG.run(task=task_id, user=user.pk, until=until):
        lock = _LOCK.first(task=task_id, user=user.pk)
        assert lock is not None, "it was prolonged in this transaction"
        return lock
    lock = TaskLock(task_id=task_id, project=project, user=user, expires_at=until)
    insert(lock)
    return lock
