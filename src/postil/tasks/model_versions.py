"""The model versions that made a project's predictions."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Count, Max

from postil.core.clock import iso
from postil.projects.counters import change_counters
from postil.projects.models import Project
from postil.tasks import shapes
from postil.tasks.models import Prediction, Task
from postil.tasks.totals import add_predictions

# Lists of live model servers, as their package shows them; it adds itself in `apps.ready`.
LIVE: list[Callable[[Project], list[Any]]] = []


def counts(project: Project) -> dict[str, int]:
    """Return the number of predictions by model version."""
    found = Prediction.objects.filter(project=project, task__deleted_at=None).values_list("model_version")
    return {str(version or ""): n for version, n in found.annotate(n=Count("pk")).order_by("model_version")}


def extended(project: Project, *, limit: int | None, include_live: bool) -> shapes.ModelVersions:
    """Return stored versions with their newest prediction, and the live model servers if asked."""
    found = Prediction.objects.filter(project=project, task__deleted_at=None).values("model_version")
    newest = found.annotate(count=Count("pk"), latest=Max("created_at")).order_by("-latest")
    rows = list(newest[:limit] if limit and limit > 0 else newest)
    live = [backend for backends in LIVE for backend in backends(project)] if include_live else None
    return {
        "static": [
            {"model_version": row["model_version"], "count": row["count"], "latest": iso(row["latest"])} for row in rows
        ],
        "live": live,
    }


@transaction.atomic
def delete(project: Project, version: str | None, *, tasks: Any = None) -> int:
    """Remove the predictions of a version (of all versions for None), of some tasks or all; returns how many."""
    found = Prediction.objects.filter(project=project, task__deleted_at=None)
    if version is not None:
        found = found.filter(model_version=version)
    if tasks is not None:
        found = found.filter(task__in=tasks)
    per_task = dict(found.values_list("task").annotate(n=Count("pk")).order_by())
    removed, _ = found.delete()
    add_predictions(Task.objects.all(), {task_id: -count for task_id, count in per_task.items()})
    change_counters(project.pk, {"prediction_count": -sum(per_task.values())})
    shown = project.model_version
    if shown and not Prediction.objects.filter(project=project, model_version=shown).exists():
        # LS: the project no longer names a version that has no predictions.
        Project.objects.filter(pk=project.pk, model_version=shown).update(model_version=None)
    return removed
