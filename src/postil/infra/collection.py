"""Python's search for cycles of garbage, made rarer while millions of short-lived objects are made.

With the usual threshold it takes a quarter of the time of an import. Memory does not suffer: these objects have no
cycles and go as soon as nobody uses them.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

RARE = 100_000
_lock = threading.Lock()
_users = 0
_usual = gc.get_threshold()


@contextmanager
def rare_collections() -> Iterator[None]:
    """Collect rarely inside; the usual threshold is back when the last user leaves."""
    global _users, _usual  # noqa: PLW0603 -- one threshold for the whole process
    with _lock:
        if _users == 0:
            _usual = gc.get_threshold()
            gc.set_threshold(max(_usual[0], RARE), *_usual[1:])
        _users += 1
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if _users == 0:
                gc.set_threshold(*_usual)
