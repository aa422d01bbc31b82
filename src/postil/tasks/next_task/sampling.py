"""The sampling rules of a project: in which order open tasks are offered."""

import random
from collections.abc import Callable

from django.db.models import Max, Min, OuterRef, QuerySet, Subquery

from postil.projects.enums import Sampling
from postil.projects.models import Project
from postil.tasks.models import Prediction, Task

Rule = Callable[[Project, QuerySet[Task]], QuerySet[Task]]


def sequential(_project: Project, tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Offer tasks by id."""
    return tasks.order_by("pk")


def uniform(_project: Project, tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Offer tasks from a random place on: near enough to uniform, and it looks at a few rows only."""
    span = tasks.aggregate(low=Min("pk"), high=Max("pk"))
    if span["low"] is None:
        return tasks.none()
    pivot = random.randint(span["low"], span["high"])  # noqa: S311 -- sampling, no secret
    return tasks.filter(pk__gte=pivot).order_by("pk")


def uncertainty(project: Project, tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Offer tasks whose prediction has the lowest score first; without predictions, random ones."""
    scores = Prediction.objects.filter(task=OuterRef("pk"), score__isnull=False)
    if project.model_version:
        scores = scores.filter(model_version=project.model_version)
    scored = tasks.filter(pk__in=Prediction.objects.filter(project=project, score__isnull=False).values("task"))
    scored = scored.annotate(least=Subquery(scores.order_by("score").values("score")[:1])).filter(least__isnull=False)
    return scored.order_by("least", "pk") if scored.exists() else uniform(project, tasks)


RULES: dict[str, tuple[str, Rule]] = {
    Sampling.SEQUENTIAL: ("Sequence queue", sequential),
    Sampling.UNIFORM: ("Uniform random queue", uniform),
    Sampling.UNCERTAINTY: ("Active learning or random queue", uncertainty),
}
