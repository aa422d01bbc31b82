"""Sums over many tasks at once: for deleting, restoring, and proving the counters of a project."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from postil.infra.expressions import IsAmong
from postil.projects.counters import COUNTERS, Counts
from postil.projects.models import Project
from postil.tasks.models import Annotation, Prediction, Task
from postil.tasks.queries import has_result

BATCH = 500


def totals_of(tasks: QuerySet[Task], project: Project) -> Counts:
    """Return what these tasks add to the counters of their project, from the rows themselves."""
    sums = tasks.aggregate(
        tasks=Count("pk"), finished=Count("pk", filter=Q(is_labeled=True)), predictions=Sum("prediction_count")
    )
    useful = Q(was_cancelled=False, ground_truth=False) & has_result()
    answers = Annotation.objects.filter(task__in=tasks).aggregate(
        annotations=Count("pk", filter=Q(was_cancelled=False)),
        cancelled=Count("pk", filter=Q(was_cancelled=True)),
        truth=Count("pk", filter=Q(ground_truth=True)),
        useful=Count("pk", filter=useful),
        annotated=Count("task", distinct=True, filter=useful),
    )
    return {
        "task_count": sums["tasks"],
        "finished_task_count": sums["finished"],
        "annotated_task_count": answers["annotated"],
        "annotation_count": answers["annotations"],
        "useful_annotation_count": answers["useful"],
        "ground_truth_count": answers["truth"],
        "skipped_annotation_count": answers["cancelled"],
        "prediction_count": sums["predictions"] or 0,
    }


def recount(project: Project) -> dict[str, tuple[int, int]]:
    """Return the counters of a project that are wrong, as (stored, true). An empty dict means that all are right."""
    true = totals_of(Task.objects.filter(project=project), project)
    predictions = Prediction.objects.filter(project=project, task__deleted_at=None).count()
    counts: dict[str, int] = {**true, "prediction_count": predictions}  # type: ignore[dict-item]  # all are numbers
    wrong: dict[str, tuple[int, int]] = {}
    for name in COUNTERS:
        stored, counted = getattr(project, name), counts.get(name, 0)
        if stored != counted:
            wrong[name] = (stored, counted)
    return wrong


def repair(project: Project) -> dict[str, tuple[int, int]]:
    """Store the true counters; returns what was wrong."""
    wrong = recount(project)
    if wrong:
        Project.all_objects.filter(pk=project.pk).update(
            **{name: counted for name, (_stored, counted) in wrong.items()}
        )
    return wrong


def recount_tasks() -> int:
    """Return how many tasks have a counter that differs from their rows."""
    return _with_wrong_counters().count()


def repair_tasks() -> int:
    """Store the true counters of tasks; returns how many were wrong."""
    wrong = _with_wrong_counters()
    ids = list(wrong.values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        Task.all_objects.filter(pk__in=ids[start : start + BATCH]).update(
            annotation_count=_rows(Annotation, was_cancelled=False),
            cancelled_annotation_count=_rows(Annotation, was_cancelled=True),
            prediction_count=_rows(Prediction),
        )
    return len(ids)


def _rows(model: type[Annotation | Prediction], **rule: bool) -> Coalesce:
    live = model.objects.filter(task=OuterRef("pk"), **rule).order_by().values("task")
    return Coalesce(Subquery(live.annotate(rows=Count("pk")).values("rows")), 0)


def _with_wrong_counters() -> QuerySet[Task]:
    counted = Task.objects.annotate(
        true_annotations=_rows(Annotation, was_cancelled=False),
        true_cancelled=_rows(Annotation, was_cancelled=True),
        true_predictions=_rows(Prediction),
    )
    return counted.exclude(
        annotation_count=F("true_annotations"),
        cancelled_annotation_count=F("true_cancelled"),
        prediction_count=F("true_predictions"),
    )


def add_predictions(tasks: QuerySet[Task], counts: Mapping[int, int], **touched: Any) -> None:
    """Add to the numbers of predictions of these tasks: `counts` by task, negative for those that went.

    One statement for all tasks that get the same number; `touched` is stored with it.
    """
    by_count: defaultdict[int, list[int]] = defaultdict(list)
    for task_id, count in counts.items():
        by_count[count].append(task_id)
    for count, ids in by_count.items():
        tasks.filter(IsAmong("id", ids)).update(prediction_count=F("prediction_count") + count, **touched)
