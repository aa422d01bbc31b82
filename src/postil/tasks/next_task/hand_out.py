"""Hands out the next task."""

import random
from dataclasses import dataclass

import orjson
from django.db import transaction
from django.db.models import QuerySet

from postil.accounts.access import Actor
from postil.accounts.models import User
from postil.core.errors import NotFound
from postil.infra.prepared import PreparedRows, PreparedUpdate, Slot
from postil.projects.enums import SkipQueue
from postil.projects.models import Project
from postil.tasks.models import Annotation, StreamHistory, Task, TaskLock
from postil.tasks.next_task import candidates, reserve, sampling

HISTORY_LENGTH = 100
TO_CHOOSE_FROM = 100
TRUTH_FIRST = "Onboarding ground truth queue"
BACK_TO_ME = (SkipQueue.REQUEUE_FOR_ME,)

_HISTORY = PreparedRows[StreamHistory](lambda: StreamHistory.objects.filter(project=Slot("project"), user=Slot("user")))
_REMEMBER = PreparedUpdate(
    lambda: (
        StreamHistory.objects.filter(pk=Slot("history")),
        {"items": Slot("items"), "position": Slot("position"), "reopenings": Slot("reopenings")},
    )
)


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
    history = _history(project, who.user)
    found = _first_of_chosen(project, who.user, chosen) if chosen is not None else _by_rules(project, who.user, history)
    if found is None:
        raise NotFound(f"There are no tasks for {who.user.email}")
    _remember(history, found.task_id)
    return found


def _first_of_chosen(project: Project, user: User, chosen: QuerySet[Task]) -> HandedOut | None:
    reserve.alone_in(project)
    task_id = reserve.first_free(project, user, candidates.open_among(chosen, user.pk))
    return _take(project, user, task_id, "Data manager queue") if task_id is not None else None


def _by_rules(project: Project, user: User, history: StreamHistory) -> HandedOut | None:
    held = reserve.held_lock(project, user)
    if held is not None:
        return HandedOut(held.task_id, "Task lock", held)
    reserve.alone_in(project)
    return (
        _from_open(project, user, history)
        or _first(project, user, "postponed", "Postponed draft queue")
        or (_first(project, user, "skipped", "Skipped queue") if project.skip_queue in BACK_TO_ME else None)
    )


def _from_open(project: Project, user: User, history: StreamHistory) -> HandedOut | None:
    """Look at open tasks from where the person has come to: what lies before may be millions of finished ones."""
    passed = history.position if history.reopenings == project.reopenings else 0
    since = reserve.first_open(project, user, passed)
    history.position, history.reopenings = since or 0, project.reopenings
    found = _from(project, user, since) if since is not None else None
    # Drafts come back from being postponed, and nothing counts that: before the end, look at everything once more.
    return found or (_from(project, user, 0) if passed else None)


def _from(project: Project, user: User, since: int) -> HandedOut | None:
    queue = sampling.QUEUES[project.sampling]
    return (
        (
            _first(project, user, sampling.GROUND_TRUTH, TRUTH_FIRST, since)
            if project.annotator_evaluation_enabled
            else None
        )
        or (_begun(project, user, since) if project.maximum_annotations > 1 else None)
        or (_first(project, user, "for several", queue, since) if project.show_overlap_first else None)
        or _sampled(project, user, queue, since)
    )


def _begun(project: Project, user: User, since: int) -> HandedOut | None:
    """Finish what others have begun: a random one of the most annotated tasks, among the first hundred."""
    begun = reserve.free_in_order(project, user, "begun", since, most=TO_CHOOSE_FROM)
    most = max((count for _task, count in begun), default=0)
    ids = [task_id for task_id, count in begun if count == most]
    return _take(project, user, random.choice(ids), "Breadth first queue") if ids else None  # noqa: S311 -- no secret


def _sampled(project: Project, user: User, queue: str, since: int) -> HandedOut | None:
    for order in sampling.orders_of(project):
        if order == sampling.RANDOM:
            found = _first(project, user, "by id", queue, max(since, sampling.random_place(project)))
        else:
            found = _first(project, user, order, queue, since)
        if found is not None:
            return found
    return None


def _first(project: Project, user: User, order: str, queue: str, since: int = 0) -> HandedOut | None:
    found = reserve.free_in_order(project, user, order, since)
    return _take(project, user, found[0][0], queue) if found else None


def _take(project: Project, user: User, task_id: int, queue: str) -> HandedOut:
    return HandedOut(task_id, queue, reserve.take_lock(project, user, task_id))


def _history(project: Project, user: User) -> StreamHistory:
    found = _HISTORY.first(project=project.pk, user=user.pk)
    return found if found is not None else StreamHistory.objects.get_or_create(project=project, user=user)[0]


def _remember(history: StreamHistory, task_id: int) -> None:
    """Append a task to the person's label-stream history; the same task twice in a row is one entry."""
    items = history.items
    if items and items[-1].get("taskId") == task_id:
        return
    _REMEMBER.run(
        history=history.pk,
        items=orjson.dumps([*items, {"taskId": task_id}][-HISTORY_LENGTH:]).decode(),
        position=history.position,
        reopenings=history.reopenings,
    )


def history(project: Project, user: User) -> list[dict[str, int | None]]:
    """Return the tasks that a person was handed, oldest first, each with the newest annotation they made of it."""
    stored = StreamHistory.objects.filter(project=project, user=user).first()
    ids = [item["taskId"] for item in stored.items] if stored is not None else []
    there = set(Task.objects.filter(project=project, pk__in=ids).values_list("pk", flat=True))
    mine = Annotation.objects.filter(task__in=ids, completed_by=user).order_by("pk")
    annotation_of = dict(mine.values_list("task", "pk"))
    return [{"taskId": task_id, "annotationId": annotation_of.get(task_id)} for task_id in ids if task_id in there]
