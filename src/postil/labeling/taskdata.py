"""Does a task's data hold what the config shows? Compiled once for a config, then microseconds for a task."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import NoneType
from typing import Any

from postil.labeling.config import LabelConfig, Node
from postil.labeling.derived import data_references, first_data_key
from postil.labeling.references import MISSING, Step, follow, steps

UNNAMED_KEY = "$undefined$"  # data that came without field names: plain lines, single files

TaskCheck = Callable[[Mapping[str, Any]], list[str]]

_TEXT_OR_LIST: tuple[type, ...] = (str, list)
_ANY_DATA: tuple[type, ...] = (dict, list, str)
_TYPES: Mapping[str, tuple[type, ...]] = {
    "Text": (str, int, float, list),
    "Header": (str, int, float),
    "Image": _TEXT_OR_LIST,
    "Paragraphs": _TEXT_OR_LIST,
    "List": _TEXT_OR_LIST,
    "Chat": _TEXT_OR_LIST,
    "Dialog": _TEXT_OR_LIST,
    "Ranker": _TEXT_OR_LIST,
    "Choices": _TEXT_OR_LIST,
    "Table": _ANY_DATA,
    "TimeSeries": _ANY_DATA,
    "ReactCode": (dict, list, str, int, float, NoneType),
    "Taxonomy": (str, list, dict, NoneType),  # a tree may be a single object
    "Repeater": (list,),
}
_WORDS: Mapping[type, str] = {
    str: "text", int: "a number", float: "a number", bool: "true or false", list: "a list", dict: "an object",
    NoneType: "null",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Need:
    """One field that every task must have."""

    key: str
    path: tuple[Step, ...]
    is_plain: bool
    types: tuple[type, ...]
    tag: str


def allowed_types(node: Node) -> tuple[type, ...]:
    """Return the JSON types a tag can show."""
    if node.tag in _TYPES:
        return _TYPES[node.tag]
    return _TEXT_OR_LIST if node.spec is not None and node.spec.kind == "labels" else (str,)


@lru_cache(maxsize=128)
def compile_task_check(config: LabelConfig) -> TaskCheck:
    """Return a function that lists what is wrong with the data of one task; empty means it fits."""
    needs = _needs(config)
    first = first_data_key(config)

    def check(data: Mapping[str, Any]) -> list[str]:
        faults = []
        for need in needs:
            value = data.get(need.key, MISSING)
            if value is MISSING and not need.is_plain:
                value = follow(data, need.path)
            if value is MISSING and need.path[0] == first and UNNAMED_KEY in data:
                value = data[UNNAMED_KEY]
            if value is MISSING:
                faults.append(f'"{need.key}" key is expected in task data')
            elif not isinstance(value, need.types):
                faults.append(_type_fault(need, value))
        return faults

    return check


def check_task_data(config: LabelConfig, data: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the data of one task."""
    return compile_task_check(config)(data)


def rename_unnamed(config: LabelConfig, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return `data` with a value that came without a field name put under the first field of the config."""
    first = first_data_key(config)
    if UNNAMED_KEY not in data or first is None or first in data:
        return data
    return {first if key == UNNAMED_KEY else key: value for key, value in data.items()}


def _needs(config: LabelConfig) -> list[_Need]:
    """Return one need for each field; tags that share a field need only one of their types."""
    found: dict[str, _Need] = {}
    for node, path in data_references(config):
        has_index = "[" in path
        key = path.partition("[")[0]
        is_plain = "." not in key
        types: tuple[type, ...] = (list,) if has_index else allowed_types(node) if is_plain else (object,)
        known = found.get(key)
        if known is None:
            found[key] = _Need(key, steps(key), is_plain, types, node.tag)
        elif not has_index:
            merged = tuple(dict.fromkeys((*known.types, *types)))
            found[key] = _Need(key, known.path, is_plain, merged, known.tag)
    return list(found.values())


def _type_fault(need: _Need, value: object) -> str:
    words = list(dict.fromkeys(_WORDS[kind] for kind in need.types if kind in _WORDS))
    expected = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
    found = _WORDS.get(type(value), type(value).__name__)
    return f'"{need.key}" is {found} in task data, but {need.tag} expects {expected}'
