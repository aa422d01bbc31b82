"""Kinds of work: a frozen dataclass says what is to be done, a handler does it.

@dataclass(frozen=True)
class ImportTasks:            # <pkg>/jobs.py
    project_id: int

A field `title` says in words what is done; the page shows it beside the progress.

register(ImportTasks, handlers.import_tasks)      # <pkg>/apps.py, ready()
"""

import re
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from typing import Any, TypeVar

from postil.infra.jobs.run import Run

S = TypeVar("S")
Handler = Callable[[Any, Run], dict[str, Any] | None]
_handlers: dict[str, tuple[type, Handler]] = {}


def kind_of(spec: type) -> str:
    """Return the name of a kind: `ImportTasks` is `import_tasks`, unless the class says otherwise in `kind`."""
    named = getattr(spec, "kind", None)
    return named if isinstance(named, str) else re.sub(r"(?<!^)(?=[A-Z])", "_", spec.__name__).lower()


def register(spec: type[S], handler: Callable[[S, Run], dict[str, Any] | None]) -> None:
    """Let `handler` do the work of this kind; wiring it again replaces it."""
    if not is_dataclass(spec):
        raise TypeError(f"{spec.__name__} must be a dataclass.")
    _handlers[kind_of(spec)] = (spec, handler)


def payload_of(spec: object) -> dict[str, Any]:
    """Return what is stored of a spec; it must hold ids and plain values only, and no secret."""
    if kind_of(type(spec)) not in _handlers:
        raise LookupError(f"No handler is registered for {type(spec).__name__}.")
    return asdict(spec)  # type: ignore[call-overload,no-any-return] # `register` made sure that it is a dataclass


def load(kind: str, payload: dict[str, Any]) -> tuple[object, Handler]:
    """Return the spec and its handler; raises `LookupError` for a kind that this version does not know."""
    if kind not in _handlers:
        raise LookupError(f"This version does not know jobs of the kind {kind}.")
    spec, handler = _handlers[kind]
    return spec(**payload), handler
