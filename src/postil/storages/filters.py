"""Which objects a person wants: a regular expression on the key, in linear time."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import re2

from postil.core.errors import Invalid

MAX_LENGTH = 1_000


def check_filter(pattern: str | None) -> None:
    """Raise `Invalid` for a filter that is no regular expression of the linear-time kind."""
    if pattern:
        _compiled(pattern)


def wanted(pattern: str | None) -> Callable[[str], bool]:
    """Return whether a key is wanted. LS: the expression fits from the start and need not reach the end."""
    if not pattern:
        return lambda _key: True
    compiled = _compiled(pattern)
    return lambda key: compiled.match(key) is not None


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> Any:
    if len(pattern) > MAX_LENGTH:
        raise Invalid.field("regex_filter", f"At most {MAX_LENGTH} characters are allowed.")
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 8 * 1024 * 1024
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        reason = str(error.args[0])[:200] if error.args else "unknown"
        raise Invalid.field("regex_filter", f"This is not a regular expression: {reason}") from None
