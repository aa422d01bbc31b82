"""Tasks that are open to a person."""

from django.db.models import Exists, OuterRef, QuerySet

from postil.accounts.models import User
from postil.projects.models import Project
from postil.tasks.models import Annotation, Draft, Task


def open_tasks(project: Project, user: User) -> QuerySet[Task]:
    """Return the tasks that are not labeled, that the person has not annotated or skipped, and has not postponed."""
    return open_among(Task.objects.filter(project=project), user)


def open_among(tasks: QuerySet[Task], user: User) -> QuerySet[Task]:
    """Return those of `tasks` that are open to the person, in their order."""
    mine = Annotation.objects.filter(task=OuterRef("pk"), completed_by=user)
    postponed = Draft.objects.filter(task=OuterRef("pk"), user=user, was_postponed=True)
    return tasks.filter(~Exists(mine), ~Exists(postponed), is_labeled=False)


def with_ground_truth(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Return those tasks that have a ground truth annotation."""
    return tasks.filter(Exists(Annotation.objects.filter(task=OuterRef("pk"), ground_truth=True)))


def postponed_tasks(project: Project, user: User) -> QuerySet[Task]:
    """Return the tasks that the person has postponed, oldest draft first."""
    mine = Draft.objects.filter(user=user, was_postponed=True, annotation=None)
    done = Annotation.objects.filter(task=OuterRef("pk"), completed_by=user)
    tasks = Task.objects.filter(~Exists(done), project=project, is_labeled=False, drafts__in=mine)
    return tasks.order_by("drafts__pk")


def skipped_tasks(project: Project, user: User) -> QuerySet[Task]:
    """Return the tasks that the person has skipped and nobody finished, oldest skip first."""
    skips = Annotation.objects.filter(completed_by=user, was_cancelled=True)
    finished = Annotation.objects.filter(task=OuterRef("pk"), completed_by=user, was_cancelled=False)
    tasks = Task.objects.filter(~Exists(finished), project=project, is_labeled=False, annotations__in=skips)
    return tasks.order_by("annotations__pk")
