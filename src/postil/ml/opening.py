"""Predictions for tasks that somebody opens, made beside the request.

A request waits a moment for a server that is usually quick, so that its prediction comes with the task; it never waits
for one that was slow or failed the last time. What a slow server says is stored; open pages look for it, and offer it.
"""

import logging
import threading
from collections import Counter
from collections.abc import Collection
from concurrent.futures import Future, wait

from django.db import connection

from postil.core.clock import monotonic_s
from postil.core.errors import PostilError
from postil.core.result import ItemError
from postil.infra.helpers import Helpers
from postil.infra.jobs import runs_at_once
from postil.infra.waiting import a_program_asks, patience
from postil.ml import queries
from postil.ml.models import MlBackend
from postil.ml.predicting import predict_tasks
from postil.projects.models import Project

logger = logging.getLogger(__name__)
THREADS = 16
CALLS_AT_ONCE = 2
PEOPLE_S, PROGRAMS_S = 1.0, 10.0
_pool = Helpers(THREADS, "model-predict")
_lock = threading.Lock()
_under_way: dict[tuple[int, tuple[int, ...]], Future[None]] = {}
_slow: set[int] = set()


def predict_opened(project: Project, task_ids: Collection[int]) -> None:
    """Have the project's servers asked about tasks that somebody opens; one that fails or is slow delays nobody."""
    backends = queries.backends_to_ask(project)
    if not backends:
        return
    if runs_at_once():
        for backend in backends:
            _predict(backend, task_ids)
        return
    started = [(backend.pk, _start(backend, tuple(task_ids))) for backend in backends]
    quick = [call for backend_id, call in started if call is not None and backend_id not in _slow]
    if quick:
        with patience(of_people=True) as may_wait:
            if may_wait:
                wait(quick, timeout=PROGRAMS_S if a_program_asks() else PEOPLE_S)


def _start(backend: MlBackend, task_ids: tuple[int, ...]) -> Future[None] | None:
    """Start asking a server, unless it is asked about these tasks already, or has enough to do."""
    name = (backend.pk, task_ids)
    with _lock:
        if name in _under_way:
            return _under_way[name]
        if Counter(backend_id for backend_id, _ in _under_way)[backend.pk] >= CALLS_AT_ONCE:
            return None
        call = _under_way[name] = _pool.submit(_run, backend, task_ids)
        return call


def _run(backend: MlBackend, task_ids: tuple[int, ...]) -> None:
    started = monotonic_s()
    is_good = False
    try:
        is_good = _predict(backend, task_ids)
    finally:
        is_slow = not is_good or monotonic_s() - started > PEOPLE_S
        (_slow.add if is_slow else _slow.discard)(backend.pk)
        with _lock:
            del _under_way[backend.pk, task_ids]
        connection.close()


def _predict(backend: MlBackend, task_ids: Collection[int]) -> bool:
    try:
        predict_tasks(backend, list(task_ids), lambda problem: _warn(backend, problem))
    except PostilError as problem:
        logger.warning("model server %s: %s", backend.pk, problem.detail)
        return False
    return True


def _warn(backend: MlBackend, problem: ItemError) -> None:
    logger.warning("model server %s: %s: %s", backend.pk, problem.where, problem.reason)
