"""Remember what was made from a text, within a bound on all texts together."""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TypeVar

T = TypeVar("T")

MAX_CHARS = 1_500_000  # a parsed config takes 20 to 50 bytes a character


def cached_by_text(make: Callable[[str], T]) -> Callable[[str], T]:
    """Return `make` with a memory: the same text gives the same object, as long as it was asked for lately."""
    memory: OrderedDict[str, T] = OrderedDict()
    lock = Lock()
    size = 0

    @wraps(make)
    def remembered(text: str) -> T:
        nonlocal size
        with lock:
            if text in memory:
                memory.move_to_end(text)
                return memory[text]
        made = make(text)
        with lock:
            if text in memory:
                return memory[text]
            memory[text] = made
            size += len(text)
            while size > MAX_CHARS and len(memory) > 1:
                oldest, _ = memory.popitem(last=False)
                size -= len(oldest)
        return made

    return remembered
