"""Trying a model server out: one question, its whole answer, and what of it does not fit the project."""

from typing import Any

from postil.core.clock import monotonic_s
from postil.core.errors import NotFound, PostilError
from postil.labeling.config import parse_config
from postil.labeling.results import check_result
from postil.ml import protocol, shapes
from postil.ml.actions import facts_of
from postil.ml.models import MlBackend
from postil.ml.predicting import documents
from postil.ml.protocol import BackendFailed
from postil.tasks.models import Task


class NeedsRandom(PostilError):
    """LS: only random tasks can be asked about, and the request must say so."""

    status = 501
    code = "not_implemented"
    default_detail = "Not implemented - you must provide random=true query parameter"


def try_out(backend: MlBackend, task_id: int | None = None) -> shapes.Trial:
    """Ask a server about a task, the newest unless one is named; nothing is stored."""
    tasks = Task.objects.filter(project=backend.project_id)
    if task_id is not None and not tasks.filter(pk=task_id).exists():
        raise NotFound("No Task matches the given query.")
    asked = task_id or tasks.order_by("-pk").values_list("pk", flat=True).first()
    if asked is None:
        return {"status": 400, "error_message": "The project has no tasks yet.", "url": backend.url}
    found = documents([asked])
    body = protocol.predict_body(found, facts_of(backend.project), None)
    answer: shapes.Trial = {
        "status": 200,
        "error_message": None,
        "url": backend.url.rstrip("/") + "/predict",
        "task": found[0],
        "request": body,
        "response": None,
        "problems": [],
    }
    started = monotonic_s()
    try:
        answer["response"] = protocol.ask_predict(backend, body)
        answer["problems"] = problems_of(answer["response"], backend.project.label_config)
        protocol.predictions_of(answer["response"], 1)
    except BackendFailed as problem:
        answer["error_message"] = problem.detail
        if answer["response"] is None:
            answer["status"] = problem.answered or 500
    except PostilError as problem:
        answer["status"], answer["error_message"] = 500, problem.detail
    answer["duration_ms"] = round((monotonic_s() - started) * 1000)
    return answer


def problems_of(response: Any, label_config: str) -> list[shapes.TrialProblem]:
    """Return what in an answer about one task would not become a prediction: where, what, and what would be right."""
    results = response.get("results") if isinstance(response, dict) else None
    if not isinstance(results, list):
        return [_problem("results", "A list is needed: one entry for each task.")]
    if len(results) != 1:
        return [_problem("results", f"One entry for each task is needed: 1, not {len(results)}.")]
    entries = results[0] if isinstance(results[0], list) else [results[0]]
    found: list[shapes.TrialProblem] = []
    for number, entry in enumerate(entries):
        place = f"results[0][{number}]" if isinstance(results[0], list) else "results[0]"
        found += _entry_problems(place, entry, label_config)
    return found


def _entry_problems(place: str, entry: Any, label_config: str) -> list[shapes.TrialProblem]:
    if not isinstance(entry, dict):
        return [_problem(place, "An object with `result` is needed.")]
    if not isinstance(entry.get("result"), list):
        return [_problem(f"{place}.result", "A list of results is needed.")]
    found = []
    for fault in check_result(parse_config(label_config), entry["result"]):
        inside = f".{fault.path}" if fault.path else ""
        found.append(_problem(f"{place}.result[{fault.index}]{inside}", fault.message, fault.options))
    score = entry.get("score")
    if score is not None and (isinstance(score, bool) or not isinstance(score, int | float)):
        found.append(_problem(f"{place}.score", "The score must be a number; it is left out."))
    return found


def _problem(where: str, message: str, options: tuple[str, ...] = ()) -> shapes.TrialProblem:
    return {"where": where, "message": message, "options": list(options)}
