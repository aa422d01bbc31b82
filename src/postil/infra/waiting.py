"""Requests that wait for other servers: never inside a transaction, and never all of them at once.

Whoever waits inside a transaction makes everybody wait who wants to write. And each request that waits has a thread:
at most half of them may, so that a name server or model server that hangs leaves room for people who only label.
"""

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from postil.core.errors import Unavailable
from postil.infra.db import in_transaction

FULL = "Other servers are slow, and many requests wait for them already. Try again in a moment."
_room = threading.BoundedSemaphore(max(1, settings.CONFIG.threads // 2))
_thread = threading.local()


@contextmanager
def serving() -> Iterator[None]:
    """Mark what happens inside as part of a request."""
    _thread.serves = True
    _thread.is_patient = False
    try:
        yield
    finally:
        _thread.serves = False


def is_serving() -> bool:
    """Whether this thread serves a request."""
    return bool(getattr(_thread, "serves", False))


def serve_a_script() -> None:
    """Note that a program asks, which rather waits a moment than hears too early; people never wait for others."""
    _thread.is_patient = True


def a_program_asks() -> bool:
    """Whether the request is that of a program."""
    return is_serving() and bool(_thread.is_patient)


@contextmanager
def patience(*, of_people: bool = False) -> Iterator[bool]:
    """Give whether the request may wait a moment for something that it can also do without.

    People wait only where their patience is asked for.
    """
    may_wait = a_program_asks() or (of_people and is_serving())
    if not (may_wait and _room.acquire(blocking=False)):
        yield False
        return
    try:
        yield True
    finally:
        _room.release()


@contextmanager
def waiting_for_others() -> Iterator[None]:
    """Wait for another server inside; raises `Unavailable` in a request when as many wait already as may.

    Background work is not bounded here: it has threads of its own.
    """
    if in_transaction():
        warnings.warn("A transaction is open while another server is waited for.", RuntimeWarning, stacklevel=3)
    if not is_serving():
        yield
        return
    if not _room.acquire(blocking=False):
        raise Unavailable(FULL)
    _thread.serves = False  # what is inside waits in the same place
    try:
        yield
    finally:
        _thread.serves = True
        _room.release()
