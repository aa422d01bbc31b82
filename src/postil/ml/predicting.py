"""Predictions from model servers: for tasks that are opened, for chosen tasks, and live while somebody draws."""

import logging
from collections.abc import Collection, Sequence
from typing import Any

import orjson
from django.db import transaction
from django.db.models import F, QuerySet

from postil.core.errors import PostilError
from postil.ml import protocol, queries
from postil.ml.actions import facts_of
from postil.ml.models import MlBackend
from postil.ml.protocol import BackendFailed
from postil.projects.counters import change_counters
from postil.projects.models import Project
from postil.tasks.documents import task_json
from postil.tasks.models import Prediction, Task
from postil.tasks.queries import task_rows

logger = logging.getLogger(__name__)
BATCH = 100
Answers = dict[int, list[dict[str, Any]]]


def predict_tasks(backend: MlBackend, tasks: QuerySet[Task]) -> int:
    """Ask a server about tasks and store what it says; returns the number of tasks that got a prediction.

    Tasks that have a prediction of the server's version are passed over. Raises `PostilError` when it fails.
    """
    known = Prediction.objects.filter(project=backend.project_id, model_version=backend.model_version or "")
    wanted = list(tasks.exclude(pk__in=known.values("task")).order_by("pk").values_list("pk", flat=True))
    done = 0
    for start in range(0, len(wanted), BATCH):
        ids = wanted[start : start + BATCH]
        answers = _ask(backend, ids)
        _store(backend, answers)
        done += len(answers)
    return done


def predict_opened(project: Project, task_ids: Collection[int]) -> None:
    """Ask the project's servers about tasks that somebody opens; a server that fails delays nobody and is logged."""
    for backend in queries.backends_to_ask(project):
        try:
            predict_tasks(backend, Task.objects.filter(pk__in=list(task_ids)))
        except PostilError as problem:
            logger.warning("model server %s: %s", backend.pk, problem.detail)


def interact(backend: MlBackend, task: Task, context: dict[str, Any] | None) -> dict[str, Any]:
    """Return `{data: prediction}` for what a person is drawing, or `{errors: [...]}`."""
    try:
        [found] = protocol.predict(backend, _documents([task.pk]), facts_of(backend.project), context=context)
    except PostilError as problem:
        return {"errors": [problem.detail]}
    if not found:
        return {"errors": ["The ML backend has no answer for this."]}
    return {"data": found[0]}


def try_out(backend: MlBackend) -> dict[str, Any]:
    """Ask a server about the newest task and return the whole exchange; nothing is stored."""
    task_id = Task.objects.filter(project=backend.project_id).order_by("-pk").values_list("pk", flat=True).first()
    if task_id is None:
        return {"status": 400, "error_message": "The project has no tasks yet.", "url": backend.url}
    documents = _documents([task_id])
    body = protocol.predict_body(documents, facts_of(backend.project), None)
    answer: dict[str, Any] = {
        "status": 200,
        "error_message": None,
        "url": backend.url.rstrip("/") + "/predict",
        "task": documents[0],
        "request": body,
        "response": None,
    }
    try:
        answer["response"] = protocol.ask_predict(backend, body)
    except PostilError as problem:
        status = problem.answered if isinstance(problem, BackendFailed) and problem.answered else 500
        return {**answer, "status": status, "error_message": problem.detail}
    try:
        protocol.predictions_of(answer["response"], len(documents))
    except BackendFailed as problem:
        answer["error_message"] = problem.detail
    return answer


def _ask(backend: MlBackend, ids: Sequence[int]) -> Answers:
    facts = facts_of(backend.project)
    documents = _documents(ids)
    try:
        found = protocol.predict(backend, documents, facts)
    except BackendFailed as problem:
        if len(ids) == 1 or problem.answered is not None:
            raise
        # It answered, but not one entry a task: ask one by one.
        found = [protocol.predict(backend, [document], facts)[0] for document in documents]
    return {task_id: entries for task_id, entries in zip(ids, found, strict=True) if entries}


def _documents(ids: Sequence[int]) -> list[dict[str, Any]]:
    rows = task_rows(Task.objects.filter(pk__in=ids).order_by("pk"))
    empty: dict[str, Any] = {"annotations": [], "predictions": []}
    return [orjson.loads(orjson.dumps({**task_json(row), **empty})) for row in rows]


@transaction.atomic
def _store(backend: MlBackend, answers: Answers) -> None:
    for task_id, entries in answers.items():
        for entry in entries:
            score = entry.get("score")
            Prediction.objects.create(
                task_id=task_id,
                project_id=backend.project_id,
                result=entry["result"],
                score=float(score) if isinstance(score, int | float) and not isinstance(score, bool) else None,
                model_version=str(entry.get("model_version") or backend.model_version or backend.title),
            )
        Task.objects.filter(pk=task_id).update(prediction_count=F("prediction_count") + len(entries))
    change_counters(backend.project_id, {"prediction_count": sum(len(entries) for entries in answers.values())})
