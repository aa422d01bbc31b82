"""Asks model servers how they are, beside the requests that show them.

Whoever looks gets the state that is known. People never wait for a server; a program waits a moment, because scripts
read the model version right after they changed it, but not for a server that was slow the last time.
"""

import threading
from collections.abc import Sequence
from concurrent.futures import Future, wait
from datetime import timedelta

from django.db import connection

from postil.core.clock import monotonic_s, now
from postil.infra.helpers import Helpers
from postil.infra.waiting import patience
from postil.ml import actions, queries
from postil.ml.models import MlBackend

THREADS = 8
PATIENCE_S = 1.0
FRESH = timedelta(seconds=10)
_pool = Helpers(THREADS, "model-check")
_lock = threading.Lock()
_under_way: dict[int, Future[None]] = {}
_slow: set[int] = set()


def looked_at(backends: Sequence[MlBackend]) -> list[MlBackend]:
    """Have these servers asked, and return them as they are known to be."""
    with patience() as may_wait:
        if not may_wait:
            for backend in backends:
                if backend.checked_at is None or backend.checked_at < now() - FRESH:
                    _check(backend.pk)
            return list(backends)
        checks = {backend.pk: _check(backend.pk) for backend in backends}
        wait([check for backend_id, check in checks.items() if backend_id not in _slow], timeout=PATIENCE_S)
    known = queries.backends_by_id(checks)
    return [known.get(backend.pk, backend) for backend in backends]


def _check(backend_id: int) -> Future[None]:
    """Start asking a server, unless it is being asked just now."""
    with _lock:
        found = _under_way.get(backend_id)
        if found is None:
            found = _under_way[backend_id] = _pool.submit(_run, backend_id)
        return found


def _run(backend_id: int) -> None:
    started = monotonic_s()
    try:
        backend = queries.backends_by_id([backend_id]).get(backend_id)
        if backend is not None:
            actions.check_backend(backend)
    finally:
        (_slow.add if monotonic_s() - started > PATIENCE_S else _slow.discard)(backend_id)
        with _lock:
            del _under_way[backend_id]
        connection.close()
