"""References from a config into task data: `$field`, `$a.b`, `$list[0].text`."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

Step: TypeAlias = str | int

_STEP = r"[A-Za-z0-9_\[\]{}]+"
REFERENCE = re.compile(rf"\$([A-Za-z0-9_{{}}]{_STEP[:-1]}*(?:\.{_STEP})*)")
_PART = re.compile(r"([^\[\]]+)|\[(\d+)\]")


class Missing:
    """Stands for "no such path", since `None` is a value."""


MISSING = Missing()


def whole_reference(text: str) -> str | None:
    """Return the path if `text` is exactly one reference, else `None`."""
    match = REFERENCE.fullmatch(text.strip())
    return match.group(1) if match else None


def find_references(text: str) -> list[str]:
    """Return the paths of all references in `text`."""
    return REFERENCE.findall(text)


def root_key(path: str) -> str:
    """Return the task field in which a path begins."""
    return re.split(r"[.\[]", path, maxsplit=1)[0]


@lru_cache(maxsize=4096)
def steps(path: str) -> tuple[Step, ...]:
    """Return a path as keys and indexes."""
    return tuple(int(index) if index else key for part in path.split(".") for key, index in _PART.findall(part))


def resolve(data: object, path: str) -> object:
    """Return what `path` leads to in `data`, or `MISSING`. A field whose name is the whole path wins."""
    if isinstance(data, Mapping) and path in data:
        found: object = data[path]
        return found
    return follow(data, steps(path))


def follow(value: object, path: tuple[Step, ...]) -> object:
    """Return what the steps lead to, or `MISSING`."""
    for step in path:
        if isinstance(step, int):
            if not isinstance(value, list) or step >= len(value):
                return MISSING
            value = value[step]
        elif isinstance(value, Mapping) and step in value:
            value = value[step]
        else:
            return MISSING
    return value
