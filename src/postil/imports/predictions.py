"""Predictions for tasks that are there already: what fits the config is stored, what does not is reported."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F

from postil.accounts.access import Actor
from postil.accounts.audit import record
from postil.core.clock import now
from postil.core.errors import Invalid
from postil.imports import shapes
from postil.imports.checking import UNDEFINED_VERSION
from postil.labeling.config import parse_config
from postil.labeling.results import check_result, expand_prediction
from postil.projects.counters import change_counters
from postil.projects.models import Project
from postil.tasks.models import Prediction, Task

BATCH = 1_000
MAX_ITEMS = 1_000_000
MAX_ERRORS = 100


@dataclass(slots=True)
class Stored:
    """How many predictions were stored, and why others were not."""

    created: int = 0
    errors: list[shapes.PredictionProblem] = field(default_factory=list)

    def answer(self) -> shapes.PredictionsImported:
        """Return the answer; errors are named only when there are any."""
        return {"created": self.created, "errors": self.errors} if self.errors else {"created": self.created}


@transaction.atomic
def import_predictions(*, who: Actor, project: Project, items: Any) -> Stored:
    """Store predictions. An unknown task refuses all of them; a result that does not fit the config only itself."""
    if not isinstance(items, list):
        raise Invalid.items(["A list of predictions is needed: [{task, result, score?, model_version?}]."])
    if len(items) > MAX_ITEMS:
        raise Invalid.items([f"At most {MAX_ITEMS} predictions can be imported at once."])
    config = parse_config(project.label_config)
    _check_tasks(project, items)
    stored = Stored()
    rows: list[Prediction] = []
    for number, item in enumerate(items):
        result = item.get("result")
        expanded = expand_prediction(config, result) if result is not None and not isinstance(result, list) else result
        problems = check_result(config, expanded)
        if problems:
            if len(stored.errors) < MAX_ERRORS:
                stored.errors.append({"item": number, "task": item["task"], "reason": str(problems[0])})
            continue
        rows.append(_row(project, item, expanded))
    Prediction.objects.bulk_create(rows, batch_size=BATCH)
    for task_id, count in Counter(row.task_id for row in rows).items():
        Task.objects.filter(pk=task_id).update(prediction_count=F("prediction_count") + count, updated_at=now())
    change_counters(project.pk, {"prediction_count": len(rows)})
    record(
        who, "predictions.imported", object_type="project", object_id=project.pk, project_id=project.pk,
        details={"count": len(rows)},
    )  # fmt: skip
    stored.created = len(rows)
    return stored


def _check_tasks(project: Project, items: list[Any]) -> None:
    wanted: list[int] = []
    for number, item in enumerate(items):
        if not isinstance(item, dict):
            raise Invalid.items([f"Item {number} must be an object with task and result."])
        task_id = item.get("task")
        if isinstance(task_id, bool) or not isinstance(task_id, int) or not 0 <= task_id < 2**63:
            raise Invalid.items([f'Item {number}: "task" must be the id of a task of this project.'])
        wanted.append(task_id)
    ids = list(set(wanted))
    known: set[int] = set()
    for start in range(0, len(ids), BATCH):
        known.update(
            Task.objects.filter(project=project, pk__in=ids[start : start + BATCH]).values_list("pk", flat=True)
        )
    missing = [
        f'Item {number}: invalid "task" field: this project has no task {task_id}.'
        for number, task_id in enumerate(wanted)
        if task_id not in known
    ]
    if missing:
        raise Invalid.items(missing[:MAX_ERRORS])


def _row(project: Project, item: dict[str, Any], result: Any) -> Prediction:
    score = item.get("score")
    version = item.get("model_version")
    return Prediction(
        task_id=item["task"],
        project=project,
        result=result,
        score=float(score) if isinstance(score, int | float) and not isinstance(score, bool) else None,
        model_version=str(version) if version not in (None, "") else UNDEFINED_VERSION,
    )
