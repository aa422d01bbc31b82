"""The orders in which open tasks are offered: the sampling rules, and what comes before and after them."""

import random
from collections.abc import Callable

from django.db.models import OuterRef, QuerySet
from django.db.models.lookups import GreaterThan

from postil.infra.prepared import PreparedRows, Slot
from postil.projects.enums import Sampling
from postil.projects.models import Project
from postil.tasks.models import Annotation, Prediction, Task
from postil.tasks.next_task import candidates
from postil.tasks.next_task.score_places import not_before

PROJECT, USER, SINCE, MOMENT = Slot("project"), Slot("user"), Slot("since"), Slot("moment")


def _open() -> QuerySet[Task]:
    return candidates.open_tasks(PROJECT, USER).filter(pk__gte=SINCE)


def _with_place(skip_queue: str) -> GreaterThan:
    task = _open().filter(pk=OuterRef("task"))
    free = candidates.with_free_place(task, USER, skip_queue=skip_queue, moment=MOMENT)
    return GreaterThan(candidates.how_many(free), 0)


def by_score(skip_queue: str, of_version: bool) -> "QuerySet[Prediction, tuple[int, int]]":
    """Return open tasks with a free place, those first that a model is least sure of: one entry for each prediction.

    Predictions before the place that is given as `score` and `scored_task` are passed over.
    """
    version = {"model_version": Slot("version")} if of_version else {}
    scores = Prediction.objects.filter(
        not_before(), _with_place(skip_queue), project=PROJECT, score__isnull=False, **version
    )
    return scores.order_by("score", "task").values_list("task", "task__annotation_count")


def with_ground_truth(skip_queue: str) -> "QuerySet[Annotation, tuple[int, int]]":
    """Return open tasks with a free place that have a ground truth annotation; such annotations are few."""
    known = Annotation.objects.filter(_with_place(skip_queue), project=PROJECT, ground_truth=True)
    return known.order_by("task").values_list("task", "task__annotation_count")


ORDERS: dict[str, Callable[[], QuerySet[Task]]] = {
    "by id": lambda: _open().order_by("pk"),
    "for several": lambda: _open().filter(overlap__gt=1).order_by("pk"),
    "begun": lambda: _open().filter(annotation_count__gt=0).order_by("pk"),
    "postponed": lambda: candidates.postponed_tasks(PROJECT, USER),
    "skipped": lambda: candidates.skipped_tasks(PROJECT, USER),
}
RANDOM, BY_SCORE, GROUND_TRUTH = "by id from a random place on", "by score", "ground truth"
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
    """Return the orders to try for the sampling rule of a project; the last one has every open task.

    `RANDOM` is the order by id from a `random_place` on.
    """
    return {
        Sampling.SEQUENTIAL: ["by id"],
        Sampling.UNIFORM: [RANDOM, "by id"],
        Sampling.UNCERTAINTY: [BY_SCORE, RANDOM, "by id"],
    }[Sampling(project.sampling)]


def random_place(project: Project) -> int:
    """Return a place among the ids of unfinished tasks: near enough to uniform, and it looks at two rows only."""
    first, last = _FIRST.first(project=project.pk), _LAST.first(project=project.pk)
    return random.randint(first[0], last[0]) if first and last else 0  # noqa: S311 -- sampling, no secret
