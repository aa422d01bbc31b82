"""Predictions from model servers, for chosen tasks and live while somebody draws.

A server is asked about several tasks in one call: about as many as it answers in some seconds. When such a call fails,
its tasks are asked about one by one, so that one bad task costs only itself. What does not fit the label config is not
stored.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import orjson
from django.db import transaction

from postil.accounts.models import User
from postil.core.clock import monotonic_s
from postil.core.errors import PostilError
from postil.core.result import ItemError
from postil.labeling.config import LabelConfig, parse_config
from postil.labeling.results import check_result
from postil.ml import protocol, queries, shapes
from postil.ml.actions import check_backend, facts_of
from postil.ml.models import MlBackend
from postil.ml.protocol import BackendFailed
from postil.projects.counters import change_counters
from postil.projects.models import Project
from postil.tasks.documents import annotation_json, draft_json, prediction_json, task_json
from postil.tasks.models import Annotation, Draft, Prediction, Task
from postil.tasks.queries import annotation_rows, draft_rows, prediction_rows, task_rows
from postil.tasks.totals import add_predictions

FIRST_BATCH, LARGEST_BATCH = 25, 100
BATCH_S = 10.0
FAILURES_IN_A_ROW = 10
Entries = list[dict[str, Any]]
Answers = dict[int, Entries]
Note = Callable[[ItemError], None]
_sizes: dict[int, int] = {}


def prepare(project: Project) -> None:
    """Ask the project's servers which version they are at."""
    for backend in queries.backends_of(project):
        check_backend(backend)


def predict_chosen(project: Project, ids: Sequence[int], note: Note) -> int:
    """Ask every server of a project about tasks; returns how many predictions' tasks were served.

    Tasks that could not be served go to `note`. Raises `PostilError` when no server answers.
    """
    count, backends = 0, list(queries.backends_of(project))
    problems: list[PostilError] = []
    for backend in backends:
        try:
            count += predict_tasks(backend, ids, note)
        except PostilError as problem:
            problems.append(problem)
            note(ItemError(backend.title, problem.detail))
    if problems and len(problems) == len(backends):
        raise problems[0]
    return count


def predict_tasks(backend: MlBackend, ids: Sequence[int], note: Note) -> int:
    """Ask a server about tasks and store what it says; returns the number of tasks that got a prediction.

    Tasks that have a prediction of the server's version are passed over. Raises `PostilError` when it fails.
    """
    named = Prediction.objects.filter(task__in=list(ids), model_version=backend.model_version or "")
    asked = Task.objects.filter(pk__in=list(ids), project=backend.project_id).exclude(pk__in=named.values("task"))
    left = list(asked.order_by("pk").values_list("pk", flat=True))
    config = parse_config(backend.project.label_config)
    done = 0
    while left:
        size = _sizes.get(backend.pk, FIRST_BATCH)
        now_asked, left = left[:size], left[size:]
        started = monotonic_s()
        answers = _ask(backend, now_asked, note)
        fitting = BATCH_S / max(monotonic_s() - started, 0.001)
        _sizes[backend.pk] = max(1, min(LARGEST_BATCH, int(len(now_asked) * fitting)))
        done += _store(backend, _fitting(config, answers, note))
    return done


def interact(backend: MlBackend, task: Task, user: User, context: dict[str, Any] | None) -> shapes.Interactive:
    """Return `{data: prediction}` for what a person is drawing, or `{errors: [...]}`."""
    try:
        [found] = protocol.predict(backend, [_opened(task, user)], facts_of(backend.project), context=context)
    except PostilError as problem:
        return {"errors": [problem.detail]}
    if not found:
        return {"errors": ["The ML backend has no answer for this."]}
    return {"data": found[0]}


def documents(ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return tasks as model servers get them."""
    rows = task_rows(Task.objects.filter(pk__in=ids).order_by("pk"))
    hanging: dict[int, dict[str, list[Any]]] = {task_id: {"annotations": [], "predictions": []} for task_id in ids}
    for row in annotation_rows(Annotation.objects.filter(task__in=ids).order_by("pk")):
        hanging[row["task_id"]]["annotations"].append(annotation_json(row))
    for row in prediction_rows(Prediction.objects.filter(task__in=ids).order_by("pk")):
        hanging[row["task_id"]]["predictions"].append(prediction_json(row))
    return [orjson.loads(orjson.dumps({**task_json(row), **hanging[row["id"]]})) for row in rows]


def _opened(task: Task, user: User) -> dict[str, Any]:
    """Return a task as a model server gets it while a person draws: with what that person has begun."""
    [document] = documents([task.pk])
    drafts = [draft_json(row) for row in draft_rows(Draft.objects.filter(task=task, user=user).order_by("pk"))]
    return {**document, "allow_skip": task.allow_skip, "drafts": orjson.loads(orjson.dumps(drafts))}


def _ask(backend: MlBackend, ids: Sequence[int], note: Note) -> Answers:
    facts = facts_of(backend.project)
    asked = documents(ids)
    try:
        found = protocol.predict(backend, asked, facts)
    except BackendFailed:
        if len(ids) == 1:
            raise
        return _one_by_one(backend, ids, asked, note)
    return {task_id: entries for task_id, entries in zip(ids, found, strict=True) if entries}


def _one_by_one(backend: MlBackend, ids: Sequence[int], asked: Entries, note: Note) -> Answers:
    """Ask about each task alone; raises the first problem when none is answered, or many in a row are not."""
    facts = facts_of(backend.project)
    answers: Answers = {}
    problems: list[ItemError] = []
    in_a_row = 0
    for task_id, document in zip(ids, asked, strict=True):
        try:
            [entries] = protocol.predict(backend, [document], facts)
        except BackendFailed as problem:
            in_a_row += 1
            if in_a_row >= FAILURES_IN_A_ROW or (not answers and task_id == ids[-1]):
                raise
            problems.append(ItemError(f"task {task_id}", problem.detail))
        else:
            in_a_row = 0
            answers[task_id] = entries
    for failed in problems:
        note(failed)
    return {task_id: entries for task_id, entries in answers.items() if entries}


def _fitting(config: LabelConfig, answers: Answers, note: Note) -> Answers:
    """Return the predictions that fit the label config; notes the first fault of each other one."""
    kept: Answers = {}
    for task_id, entries in answers.items():
        for entry in entries:
            problems = check_result(config, entry["result"])
            if problems:
                note(ItemError(f"task {task_id}", str(problems[0])))
            else:
                kept.setdefault(task_id, []).append(entry)
    return kept


@transaction.atomic
def _store(backend: MlBackend, answers: Answers) -> int:
    """Store predictions of tasks that are still there; what another request stored meanwhile is left out."""
    live = Task.objects.select_for_update(of=("self",)).filter(pk__in=list(answers)).order_by("pk")
    ids = list(live.values_list("pk", flat=True))
    rows = [_row(backend, task_id, entry) for task_id in ids for entry in answers[task_id]]
    versions = {row.model_version for row in rows}
    stored = Prediction.objects.filter(task__in=list(answers), model_version__in=versions)
    known = set(stored.values_list("task_id", "model_version"))
    rows = [row for row in rows if (row.task_id, row.model_version) not in known]
    Prediction.objects.bulk_create(rows, batch_size=500)
    counts = Counter(row.task_id for row in rows)
    add_predictions(Task.objects.all(), counts)
    change_counters(backend.project_id, {"prediction_count": len(rows)})
    return len(counts)


def _row(backend: MlBackend, task_id: int, entry: dict[str, Any]) -> Prediction:
    score = entry.get("score")
    return Prediction(
        task_id=task_id,
        project_id=backend.project_id,
        result=entry["result"],
        score=float(score) if isinstance(score, int | float) and not isinstance(score, bool) else None,
        model_version=str(entry.get("model_version") or backend.model_version or backend.title),
    )
