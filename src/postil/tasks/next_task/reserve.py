"""Reserves a place on a task, in one transaction with the look at what is free.

On SQLite the transaction is the only writer; on PostgreSQL the task's row is locked, and rows that others look at just
now are passed over.
"""

from datetime import timedelta

from django.db.models import Count, Q, QuerySet

from postil.accounts.models import User
from postil.core.clock import now
from postil.infra.db import is_postgres
from postil.projects.enums import SkipQueue
from postil.projects.models import Project
from postil.tasks.models import Annotation, Task, TaskLock

LOCK_LIFE = timedelta(hours=24)
BATCH = 50
MAX_LOOKS = 200


def held_lock(project: Project, user: User, tasks: QuerySet[Task]) -> TaskLock | None:
    """Return the lock that the person holds on one of `tasks`."""
    locks = list(TaskLock.objects.filter(project=project, user=user, expires_at__gt=now()).order_by("pk"))
    # A person holds few locks: look at their tasks, not at all that are open.
    open_ids = set(tasks.filter(pk__in=[lock.task_id for lock in locks]).values_list("pk", flat=True)) if locks else ()
    return next((lock for lock in locks if lock.task_id in open_ids), None)


def reserve_first(project: Project, user: User, tasks: QuerySet[Task]) -> TaskLock | None:
    """Lock the first of `tasks` that has a free place for the person; None when none has. Must run in a transaction."""
    seen: set[int] = set()
    busy: list[int] = []
    for start in range(0, BATCH * MAX_LOOKS, BATCH):
        ids = list(tasks.values_list("pk", flat=True)[start : start + BATCH])
        fresh = [task_id for task_id in ids if task_id not in seen]
        seen.update(fresh)
        lock = _reserve_one_of(project, user, fresh, busy)
        if lock is not None:
            return lock
        if len(ids) < BATCH:
            break
    # Nothing else is free: wait for those that others looked at just now, always in the same order.
    return _reserve_one_of(project, user, sorted(busy), None) if busy else None


def _reserve_one_of(project: Project, user: User, ids: list[int], busy: list[int] | None) -> TaskLock | None:
    """Lock the first with a free place. Rows that others hold go to `busy`; without such a list they are waited for."""
    free = _places(project, user, ids)
    for task_id in ids:
        if free.get(task_id, 0) <= 0:
            continue
        if is_postgres():
            rows = Task.objects.select_for_update(skip_locked=busy is not None)
            if rows.filter(pk=task_id, is_labeled=False).first() is None:
                if busy is not None:
                    busy.append(task_id)
                continue
            # Somebody may have come between the look and the lock.
            if _places(project, user, [task_id]).get(task_id, 0) <= 0:
                continue
        return take_lock(project, user, task_id)
    return None


def take_lock(project: Project, user: User, task_id: int) -> TaskLock:
    """Lock a task for a person, or prolong the lock they hold."""
    expires_at = now() + LOCK_LIFE
    held = TaskLock.objects.filter(task=task_id, user=user)
    if held.update(expires_at=expires_at):
        return held.get()
    return TaskLock.objects.create(task_id=task_id, project=project, user=user, expires_at=expires_at)


def _places(project: Project, user: User, ids: list[int]) -> dict[int, int]:
    """Return how many more people may work on each task: its overlap without work that counts and locks of others."""
    counting = Annotation.objects.filter(task_id__in=ids, ground_truth=False)
    if project.skip_queue == SkipQueue.REQUEUE_FOR_OTHERS:
        counting = counting.exclude(~Q(completed_by=user), was_cancelled=True)
    elif project.skip_queue == SkipQueue.REQUEUE_FOR_ME:
        counting = counting.exclude(completed_by=user, was_cancelled=True)
    taken = dict(counting.values_list("task").annotate(n=Count("pk")).order_by())
    others = TaskLock.objects.filter(task_id__in=ids, expires_at__gt=now()).exclude(user=user)
    locked = dict(others.values_list("task").annotate(n=Count("pk")).order_by())
    overlaps = Task.objects.filter(pk__in=ids).values_list("pk", "overlap")
    return {task_id: overlap - taken.get(task_id, 0) - locked.get(task_id, 0) for task_id, overlap in overlaps}
