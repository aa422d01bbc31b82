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
from postil.projects.access import require_open
from postil.projects.enums import SkipQueue
from postil.projects.models import Project
from postil.tasks.models import Annotation, StreamHistory, Task, TaskLock
from postil.tasks.next_task import candidates, reserve, sampling
from postil.tasks.shapes import HistoryItem

HISTORY_LENGTH = 100
TO_CHOOSE_FROM = 100
# So many of the first entries may be one task: an order by scores has one for each of its predictions.
MOST_OF_ONE = 20
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


@dataclass(frozen=True, slots=True)
class _Search:
    """Who looks for a task where. `looking_at`: a task that they are at, if it is asked what comes after it."""

    project: Project
    user: User
    looking_at: int | None = None

    def first_free(self, order: str, since: int = 0) -> int | None:
        """Return the first task of an order that has a free place and is another one."""
        return next((task_id for task_id, _ in self.free(order, since, 1)), None)

    def free(self, order: str, since: int, most: int) -> list[tuple[int, int]]:
        """Return ids and annotation counts of other tasks with a free place, in an order."""
        if self.looking_at is None:
            return reserve.free_in_order(self.project, self.user, order, since, most=most)
        found = reserve.free_in_order(self.project, self.user, order, since, most=most + MOST_OF_ONE)
        return [entry for entry in found if entry[0] != self.looking_at][:most]

    def take(self, task_id: int, queue: str) -> HandedOut:
        """Reserve a task; one that comes later is not held for long, as perhaps nobody comes to it."""
        life = reserve.LOCK_LIFE if self.looking_at is None else reserve.AHEAD_LIFE
        return HandedOut(task_id, queue, reserve.take_lock(self.project, self.user, task_id, life))


def next_task(
    project: Project, who: Actor, *, chosen: QuerySet[Task] | None = None, after: int | None = None
) -> HandedOut:
    """Return the next task of a person, reserved for them; raises `NotFound` when there is none.

    `chosen`: an ordered selection of tasks (the data manager's); then only these, in their order, are looked at.
    `after`: the task that the person is looking at, whose reservation begins anew. What comes after it is found by the
    same rules and reserved for a shorter time.
    """
    require_open(who, project)
    found = _found(_Search(project, who.user, after), chosen)
    if found is None:
        raise NotFound(f"There are no tasks for {who.user.email}")
    return found


@transaction.atomic
def _found(search: _Search, chosen: QuerySet[Task] | None) -> HandedOut | None:
    history = _history(search.project, search.user)
    found = _first_of_chosen(search, chosen) if chosen is not None else _by_rules(search, history)
    if found is not None:
        _remember(history, found.task_id)
    return found


def _first_of_chosen(search: _Search, chosen: QuerySet[Task]) -> HandedOut | None:
    reserve.alone_in(search.project)
    others = chosen if search.looking_at is None else chosen.exclude(pk=search.looking_at)
    task_id = reserve.first_free(search.project, search.user, candidates.open_among(others, search.user.pk))
    return search.take(task_id, "Data manager queue") if task_id is not None else None


def _by_rules(search: _Search, history: StreamHistory) -> HandedOut | None:
    project, user = search.project, search.user
    if search.looking_at is not None:
        reserve.prolong(user, search.looking_at, reserve.LOCK_LIFE)
    held = reserve.held_lock(project, user, but=search.looking_at)
    if held is not None:
        return HandedOut(held.task_id, "Task lock", held)
    reserve.alone_in(project)
    return (
        _from_open(search, history)
        or _first(search, "postponed", "Postponed draft queue")
        or (_first(search, "skipped", "Skipped queue") if project.skip_queue in BACK_TO_ME else None)
    )


def _from_open(search: _Search, history: StreamHistory) -> HandedOut | None:
    """Look at open tasks from where the person has come to: what lies before may be millions of finished ones."""
    project = search.project
    passed = history.position if history.reopenings == project.reopenings else 0
    since = reserve.first_open(project, search.user, passed)
    history.position, history.reopenings = since or 0, project.reopenings
    found = _from(search, since) if since is not None else None
    # Drafts come back from being postponed, and nothing counts that: before the end, look at everything once more.
    return found or (_from(search, 0) if passed else None)


def _from(search: _Search, since: int) -> HandedOut | None:
    project = search.project
    queue = sampling.QUEUES[project.sampling]
    return (
        (_first(search, sampling.GROUND_TRUTH, TRUTH_FIRST, since) if project.annotator_evaluation_enabled else None)
        or (_begun(search, since) if project.maximum_annotations > 1 else None)
        or (_first(search, "for several", queue, since) if project.show_overlap_first else None)
        or _sampled(search, queue, since)
    )


def _begun(search: _Search, since: int) -> HandedOut | None:
    """Finish what others have begun: a random one of the most annotated tasks, among the first hundred."""
    begun = search.free("begun", since, TO_CHOOSE_FROM)
    most = max((count for _task, count in begun), default=0)
    ids = [task_id for task_id, count in begun if count == most]
    return search.take(random.choice(ids), "Breadth first queue") if ids else None  # noqa: S311 -- no secret


def _sampled(search: _Search, queue: str, since: int) -> HandedOut | None:
    for order in sampling.orders_of(search.project):
        if order == sampling.RANDOM:
            found = _first(search, "by id", queue, max(since, sampling.random_place(search.project)))
        else:
            found = _first(search, order, queue, since)
        if found is not None:
            return found
    return None


def _first(search: _Search, order: str, queue: str, since: int = 0) -> HandedOut | None:
    task_id = search.first_free(order, since)
    return search.take(task_id, queue) if task_id is not None else None


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


def history(project: Project, user: User) -> list[HistoryItem]:
    """Return the tasks that a person was handed, oldest first, each with the newest annotation they made of it."""
    stored = StreamHistory.objects.filter(project=project, user=user).first()
    ids = [item["taskId"] for item in stored.items] if stored is not None else []
    there = set(Task.objects.filter(project=project, pk__in=ids).values_list("pk", flat=True))
    mine = Annotation.objects.filter(task__in=ids, completed_by=user).order_by("pk")
    annotation_of = dict(mine.values_list("task", "pk"))
    return [{"taskId": task_id, "annotationId": annotation_of.get(task_id)} for task_id in ids if task_id in there]
