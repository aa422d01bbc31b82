"""Tasks that are open to a person, and which of them have a free place.

People and projects are given by id or by the slot of a prepared queryset.
"""

from datetime import datetime
from typing import Any

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import LessThan

from postil.infra.prepared import Slot
from postil.projects.enums import SkipQueue
from postil.tasks.models import Annotation, Draft, Task, TaskLock

Ref = int | Slot
Moment = datetime | Slot


def open_tasks(project: Ref, user: Ref) -> QuerySet[Task]:
    """Return the tasks that are not labeled, that the person has not annotated or skipped, and has not postponed."""
    return open_among(Task.objects.filter(project=project), user)


def open_among(tasks: QuerySet[Task], user: Ref) -> QuerySet[Task]:
    """Return those of `tasks` that are open to the person, in their order."""
    mine = Annotation.objects.filter(project=OuterRef("project"), completed_by=user, task=OuterRef("pk"))
    postponed = Draft.objects.filter(task=OuterRef("pk"), user=user, was_postponed=True)
    return tasks.filter(LessThan(how_many(mine), 1), LessThan(how_many(postponed), 1), is_labeled=False)


def with_free_place(tasks: QuerySet[Task], user: Ref, *, skip_queue: str, moment: Moment) -> QuerySet[Task]:
    """Return those of `tasks` whose overlap exceeds the work that counts and the locks of others at `moment`."""
    counting = Annotation.objects.filter(task=OuterRef("pk"), ground_truth=False)
    if skip_queue == SkipQueue.REQUEUE_FOR_OTHERS:
        counting = counting.filter(Q(was_cancelled=False) | Q(completed_by=user))
    elif skip_queue == SkipQueue.REQUEUE_FOR_ME:
        counting = counting.filter(Q(was_cancelled=False) | ~Q(completed_by=user))
    others = TaskLock.objects.filter(~Q(user=user), task=OuterRef("pk"), expires_at__gt=moment)
    return tasks.filter(overlap__gt=how_many(counting) + how_many(others))


def how_many(rows: QuerySet[Any]) -> Subquery:
    """Return an expression: the number of rows, counted for one candidate after the other.

    `Exists` would say the same, but PostgreSQL makes a join of it and then reads everything that a person ever did.
    Compare it by "less" or "greater": of what is equal PostgreSQL expects next to nothing, and then looks at all tasks.
    Django's own count would group the rows and give null for none.
    """
    counted = rows.order_by().annotate(n=Func(F("pk"), function="COUNT", output_field=IntegerField()))
    return Subquery(counted.values("n"))


def postponed_tasks(project: Ref, user: Ref) -> QuerySet[Task]:
    """Return the tasks that the person has postponed, oldest draft first."""
    mine = Draft.objects.filter(user=user, was_postponed=True, annotation=None)
    done = Annotation.objects.filter(task=OuterRef("pk"), completed_by=user)
    tasks = Task.objects.filter(~Exists(done), project=project, is_labeled=False, drafts__in=mine)
    return tasks.order_by("drafts__pk")


def skipped_tasks(project: Ref, user: Ref) -> QuerySet[Task]:
    """Return the tasks that the person has skipped and nobody finished, oldest skip first."""
    skips = Annotation.objects.filter(project=project, completed_by=user, was_cancelled=True)
    finished = Annotation.objects.filter(task=OuterRef("pk"), completed_by=user, was_cancelled=False)
    tasks = Task.objects.filter(~Exists(finished), project=project, is_labeled=False, annotations__in=skips)
    return tasks.order_by("annotations__pk")
