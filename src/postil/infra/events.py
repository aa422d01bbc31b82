"""Events: "this happened, nobody waits".

`emit` inside a transaction delivers after its commit, and never when it is rolled back. Subscribers are wired in
`apps.ready()` of the packages above; one that fails is logged and does not disturb the others.
Who must write in the same transaction (an outbox) subscribes inside: it is called at once, and its failure counts.
"""

import logging
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction

logger = logging.getLogger(__name__)
E = TypeVar("E")
_subscribers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)
_inside: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type[E], handler: Callable[[E], None]) -> None:
    """Call `handler` after each commit that emitted a `kind`; wiring twice is the same as once."""
    if handler not in _subscribers[kind]:
        _subscribers[kind].append(handler)


def subscribe_inside(kind: type[E], handler: Callable[[E], None]) -> None:
    """Call `handler` where a `kind` is emitted, in the same transaction; wiring twice is the same as once."""
    if handler not in _inside[kind]:
        _inside[kind].append(handler)


def emit(event: object) -> None:
    """Tell the subscribers of this kind of event: those inside now, the others once the transaction is committed."""
    for handler in _inside[type(event)]:
        handler(event)
    if _subscribers[type(event)]:
        transaction.on_commit(lambda: _deliver(event))


def _deliver(event: object) -> None:
    for handler in _subscribers[type(event)]:
        try:
            handler(event)
        except Exception:
            logger.exception("%s failed on %s", handler.__qualname__, type(event).__name__)
