"""Predictions for tasks that are there already: what fits the config is stored, what does not is reported."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from postil.accounts.access import Actor
from postil.accounts.audit import record
from postil.core.clock import now
from postil.core.errors import Invalid, quoted
from postil.imports import shapes
from postil.imports.checking import UNDEFINED_VERSION
from postil.infra.bulk import insert_rows
from postil.labeling.config import parse_config
from postil.labeling.results import check_result, expand_prediction
from postil.projects.counters import change_counters
from postil.projects.models import Project
from postil.tasks.bulk_rows import PREDICTION_NAMES, RowMaker
from postil.tasks.models import Prediction, Task
from postil.tasks.totals import add_predictions

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
    kept: list[dict[str, Any]] = []
    for number, item in enumerate(items):
        result = item.get("result")
        expanded = expand_prediction(config, result) if result is not None and not isinstance(result, list) else result
        reason = _score_problem(item.get("score")) or next(map(str, check_result(config, expanded)), "")
        if reason:
            if len(stored.errors) < MAX_ERRORS:
                stored.errors.append({"item": number, "task": item["task"], "reason": reason})
            continue
        kept.append(_entry(item, expanded))
    _store(who, project, kept)
    record(
        who, "predictions.imported", object_type="project", object_id=project.pk, project_id=project.pk,
        details={"count": len(kept)},
    )  # fmt: skip
    stored.created = len(kept)
    return stored


def _store(who: Actor, project: Project, entries: Sequence[dict[str, Any]]) -> None:
    moment = now()
    maker = RowMaker(project=project, user_id=who.user.pk, moment=moment)
    for start in range(0, len(entries), BATCH):
        part = entries[start : start + BATCH]
        insert_rows(Prediction, PREDICTION_NAMES, [maker.prediction(entry["task"], entry) for entry in part])
    add_predictions(Task.objects.all(), Counter(entry["task"] for entry in entries), updated_at=moment)
    change_counters(project.pk, {"prediction_count": len(entries)})


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


def _score_problem(score: object) -> str:
    is_number = isinstance(score, int | float) and not isinstance(score, bool)
    return "" if score is None or is_number else f"score: {quoted(score)} is not a number."


def _entry(item: dict[str, Any], result: Any) -> dict[str, Any]:
    score, version = item.get("score"), item.get("model_version")
    return {
        "task": item["task"],
        "result": result,
        "score": None if score is None else float(score),
        "model_version": str(version) if version not in (None, "") else UNDEFINED_VERSION,
    }
