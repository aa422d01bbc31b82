"""Hands out the next task."""

import random
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from postil.accounts.access import Actor
from postil.accounts.models import User
from postil.core.errors import NotFound
from postil.projects.enums import SkipQueue
from postil.projects.models import Project
from postil.tasks.models import Annotation, StreamHistory, Task, TaskLock
from postil.tasks.next_task import candidates, sampling
from postil.tasks.next_task.reserve import held_lock, reserve_first, take_lock

HISTORY_LENGTH = 100


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A task, the rule that chose it, and the lock on it."""

    task_id: int
    queue: str
    lock: TaskLock


@transaction.atomic
def next_task(project: Project, who: Actor, *, chosen: QuerySet[Task] | None = None) -> HandedOut:
    """Return the next task of a person, reserved for them; raises `NotFound` when there is none.

    `chosen`: an ordered selection of tasks (the data manager's); then only these, in their order, are looked at.
    """
    user = who.user
    found = _first_of_chosen(project, user, chosen) if chosen is not None else _by_rules(project, user)
    if found is None:
        raise NotFound(f"There are no tasks for {user.email}")
    remember(project, user, found.task_id)
    return found


def _first_of_chosen(project: Project, user: User, chosen: QuerySet[Task]) -> HandedOut | None:
    lock = reserve_first(project, user, candidates.open_among(chosen, user))
    return _handed(lock, "Data manager queue")


def _by_rules(project: Project, user: User) -> HandedOut | None:
    tasks = candidates.open_tasks(project, user)
    held = held_lock(project, user, tasks)
    if held is not None:
        return HandedOut(held.task_id, "Task lock", take_lock(project, user, held.task_id))
    return _from_open(project, user, tasks) or _from_put_aside(project, user)


def _from_open(project: Project, user: User, tasks: QuerySet[Task]) -> HandedOut | None:
    if project.annotator_evaluation_enabled:
        lock = reserve_first(project, user, candidates.with_ground_truth(tasks).order_by("pk"))
        if lock is not None:
            return _handed(lock, "Onboarding ground truth queue")
    if project.maximum_annotations > 1:
        lock = _breadth_first(project, user, tasks)
        if lock is not None:
            return _handed(lock, "Breadth first queue")
    if project.show_overlap_first and tasks.filter(overlap__gt=1).exists():
        tasks = tasks.filter(overlap__gt=1)
    queue, rule = sampling.RULES[project.sampling]
    lock = reserve_first(project, user, rule(project, tasks))
    if lock is None:
        lock = reserve_first(project, user, tasks.order_by("pk"))
    return _handed(lock, queue)


def _breadth_first(project: Project, user: User, tasks: QuerySet[Task]) -> TaskLock | None:
    """Finish what others have begun: a random one of the most annotated tasks."""
    begun = tasks.filter(annotation_count__gt=0)
    most = begun.order_by("-annotation_count").values_list("annotation_count", flat=True).first()
    if most is None:
        return None
    ids = list(begun.filter(annotation_count=most).order_by("pk").values_list("pk", flat=True)[:HISTORY_LENGTH])
    random.shuffle(ids)
    for task_id in ids:
        lock = reserve_first(project, user, tasks.filter(pk=task_id))
        if lock is not None:
            return lock
    return reserve_first(project, user, begun.order_by("-annotation_count", "pk"))


def _from_put_aside(project: Project, user: User) -> HandedOut | None:
    lock = reserve_first(project, user, candidates.postponed_tasks(project, user))
    if lock is not None:
        return _handed(lock, "Postponed draft queue")
    if project.skip_queue == SkipQueue.REQUEUE_FOR_ME:
        return _handed(reserve_first(project, user, candidates.skipped_tasks(project, user)), "Skipped queue")
    return None


def _handed(lock: TaskLock | None, queue: str) -> HandedOut | None:
    return HandedOut(lock.task_id, queue, lock) if lock is not None else None


def remember(project: Project, user: User, task_id: int) -> None:
    """Append a task to the person's label-stream history; the same task twice in a row is one entry."""
    history, _ = StreamHistory.objects.get_or_create(project=project, user=user)
    items = list(history.items)
    if items and items[-1].get("taskId") == task_id:
        items.pop()
    items.append({"taskId": task_id})
    history.items = items[-HISTORY_LENGTH:]
    history.save(update_fields=["items"])


def history(project: Project, user: User) -> list[dict[str, int | None]]:
    """Return the tasks that a person was handed, oldest first, each with the newest annotation they made of it."""
    stored = StreamHistory.objects.filter(project=project, user=user).first()
    ids = [item["taskId"] for item in stored.items] if stored is not None else []
    mine = Annotation.objects.filter(task__in=ids, completed_by=user).order_by("pk")
    annotation_of = dict(mine.values_list("task", "pk"))
    return [{"taskId": task_id, "annotationId": annotation_of.get(task_id)} for task_id in ids]
