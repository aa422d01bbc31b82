"""The orders in which open tasks are offered: the sampling rules, and what comes before and after them."""

import random
from collections.abc import Callable

from django.db.models import OuterRef, QuerySet, Subquery

from postil.infra.prepared import PreparedRows, Slot
from postil.projects.enums import Sampling
from postil.projects.models import Project
from postil.tasks.models import Prediction, Task
from postil.tasks.next_task import candidates

PROJECT, USER = Slot("project"), Slot("user")


def _open() -> QuerySet[Task]:
    return candidates.open_tasks(PROJECT, USER)


def _by_score(scores: QuerySet[Prediction]) -> QuerySet[Task]:
    """Offer the tasks that a model is least sure of first."""
    of_task = scores.filter(task=OuterRef("pk"), score__isnull=False).order_by("score")
    scored = Prediction.objects.filter(project=PROJECT, score__isnull=False).values("task")
    least = _open().filter(pk__in=scored).annotate(least=Subquery(of_task.values("score")[:1]))
    return least.filter(least__isnull=False).order_by("least", "pk")


ORDERS: dict[str, Callable[[], QuerySet[Task]]] = {
    "by id": lambda: _open().order_by("pk"),
    "from a place on": lambda: _open().filter(pk__gte=Slot("pivot")).order_by("pk"),
    "by score": lambda: _by_score(Prediction.objects.all()),
    "by score of a version": lambda: _by_score(Prediction.objects.filter(model_version=Slot("version"))),
    "for several": lambda: _open().filter(overlap__gt=1).order_by("pk"),
    "ground truth": lambda: candidates.with_ground_truth(_open(), PROJECT).order_by("pk"),
    "begun": lambda: _open().filter(annotation_count__gt=0).order_by("-annotation_count", "pk"),
    "postponed": lambda: candidates.postponed_tasks(PROJECT, USER),
    "skipped": lambda: candidates.skipped_tasks(PROJECT, USER),
}
QUEUES: dict[str, str] = {
    Sampling.SEQUENTIAL: "Sequence queue",
    Sampling.UNIFORM: "Uniform random queue",
    Sampling.UNCERTAINTY: "Active learning or random queue",
}

_FIRST = PreparedRows[tuple[int]](
    lambda: Task.objects.filter(project=PROJECT, is_labeled=False).order_by("pk").values_list("pk")[:1]
)
_LAST = PreparedRows[tuple[int]](
    lambda: Task.objects.filter(project=PROJECT, is_labeled=False).order_by("-pk").values_list("pk")[:1]
)


def orders_of(project: Project) -> list[str]:
    """Return the orders to try for the sampling rule of a project; the last one has every open task."""
    by_score = "by score of a version" if project.model_version else "by score"
    return {
        Sampling.SEQUENTIAL: ["by id"],
        Sampling.UNIFORM: ["from a place on", "by id"],
        Sampling.UNCERTAINTY: [by_score, "from a place on", "by id"],
    }[Sampling(project.sampling)]


def random_place(project: Project) -> int:
    """Return a place among the ids of unfinished tasks: near enough to uniform, and it looks at two rows only."""
    first, last = _FIRST.first(project=project.pk), _LAST.first(project=project.pk)
    return random.randint(first[0], last[0]) if first and last else 0  # noqa: S311 -- sampling, no secret
