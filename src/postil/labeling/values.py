"""Values of result items, compared with what their tag stores."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from postil.labeling.config import Control, LabelConfig
from postil.labeling.spec import Value, ValueType

Fault: TypeAlias = tuple[str, str, tuple[str, ...]]  # path, message, allowed words
Words: TypeAlias = Mapping[str, Any] | None  # stored words; None when any word is allowed

_DATA_URL = re.compile(r"data:image/[a-z+.-]+;base64,[A-Za-z0-9+/=\s]*")
_NUMBER_TEXT = re.compile(r"-?\d+(\.\d+)?")


def check_values(
    config: LabelConfig, control: Control, fields: Mapping[str, Value], value: Mapping[str, Any]
) -> Iterator[Fault]:
    """Yield what is wrong with the value of an item of `control`."""
    offered = offered_words(config, control)
    for key, field in fields.items():
        if key in value:
            for path, message, options in _check(field, value[key], offered):
                yield f"value.{key}{path}", message, options
        elif field.required and not _may_lack(control, key, value):
            yield f"value.{key}", "is missing.", ()
    yield from _check_bounds(control, value)


@lru_cache(maxsize=1024)
def offered_words(config: LabelConfig, control: Control) -> Words:
    """Return the words a control's results may hold, or `None` if any may come.

    A shape without labels of its own takes them from the labels groups of the same object.
    """
    if control.node.spec is None or control.is_dynamic or control.node.flag("legacy"):
        return None
    if control.node.spec.kind != "shape":
        return _all_words(control)
    partners = [c for c in config.controls.values() if c.tag == "Labels" and set(c.to_name) & set(control.to_name)]
    if any(partner.is_dynamic for partner in partners):
        return None
    return {word: None for partner in partners for word in _all_words(partner)}


def _all_words(control: Control) -> dict[str, Any]:
    shown = {attrs["value"]: attrs for attrs in control.labels.values() if attrs.get("value")}
    return {**control.labels, **shown}


def _may_lack(control: Control, key: str, value: Mapping[str, Any]) -> bool:
    """Whether a required key may be absent here."""
    if key in {"rle", "format"}:  # drafts store strokes, and old masks no format
        return "touches" in value or "rle" in value
    return key == control.type and control.node.flag("allowEmpty")


def _check_bounds(control: Control, value: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield answers that break the numbers written in the config."""
    if control.tag == "Rating":
        highest = _int(control.node.get("maxRating"), 5)
        if _is_integer(value.get("rating")) and value["rating"] > highest:
            yield "value.rating", f"must be {highest} or less.", ()
    if control.tag == "Ranker" and isinstance(value.get("ranker"), dict):
        for key, ids in value["ranker"].items():
            if not isinstance(ids, list) or not all(isinstance(item, str) for item in ids):
                yield f"value.ranker.{key}", "must be a list of item ids (texts).", ()


def _int(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() else default


def _check(field: Value, value: object, offered: Words) -> Iterator[Fault]:
    yield from _CHECKS[field.type](field, value, offered)


def _any(*_: object) -> Iterator[Fault]:
    yield from ()


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(field: Value, value: object, _: Words) -> Iterator[Fault]:
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield "", "must be a number.", ()
    elif field.minimum is not None and value < field.minimum:
        yield "", f"must be {field.minimum:g} or more.", ()
    elif field.maximum is not None and value > field.maximum:
        yield "", f"must be {field.maximum:g} or less.", ()


def _integer(field: Value, value: object, offered: Words) -> Iterator[Fault]:
    if not _is_integer(value) and not (isinstance(value, float) and value.is_integer()):
        yield "", "must be a whole number.", ()
    else:
        yield from _number(field, value, offered)


def _boolean(_: Value, value: object, __: Words) -> Iterator[Fault]:
    if not isinstance(value, bool):
        yield "", "must be true or false.", ()


def _string(field: Value, value: object, _: Words) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield "", "must be a text.", ()
    elif field.values and value not in field.values:
        yield "", f"must be one of {', '.join(field.values)}.", field.values


def _text(_: Value, value: object, __: Words) -> Iterator[Fault]:
    if not isinstance(value, str) and not (isinstance(value, list) and all(isinstance(line, str) for line in value)):
        yield "", "must be a text or a list of texts.", ()


def _texts(_: Value, value: object, __: Words) -> Iterator[Fault]:
    if not isinstance(value, list) or not all(isinstance(line, str) for line in value):
        yield "", "must be a list of texts.", ()


def _position(field: Value, value: object, offered: Words) -> Iterator[Fault]:
    if isinstance(value, str):
        if field.minimum is not None and not _NUMBER_TEXT.fullmatch(value):
            yield "", "must be a number, or text that holds one.", ()
    else:
        yield from _number(field, value, offered)


def _labels(_: Value, value: object, offered: Words) -> Iterator[Fault]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        yield "", "must be a list of texts.", ()
        return
    yield from _unknown_words(value, offered)


def _unknown_words(words: list[str], offered: Words) -> Iterator[Fault]:
    if offered is None:
        return
    options = tuple(offered)
    for word in words:
        if word not in offered:
            yield "", f'"{word[:80]}" is none of {", ".join(options[:20]) or "the labels (there are none)"}.', options


def _choices(_: Value, value: object, offered: Words) -> Iterator[Fault]:
    if not isinstance(value, list) or not all(isinstance(word, str) or _is_path(word) for word in value):
        yield "", "must be a list of texts, or of paths.", ()
        return
    for word in value:
        yield from _unknown_words(word if isinstance(word, list) else [word], offered)


def _paths(_: Value, value: object, offered: Words) -> Iterator[Fault]:
    if not isinstance(value, list) or not all(_is_path(path) for path in value):
        yield "", "must be a list of paths, each a list of texts.", ()
        return
    for path in value:
        yield from _unknown_words(path, offered)


def _is_path(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(part, str) for part in value)


def _points(field: Value, value: object, _: Words) -> Iterator[Fault]:
    if not isinstance(value, list) or not all(
        isinstance(point, list) and len(point) == 2 and all(_is_number(number) for number in point) for point in value
    ):
        yield "", "must be a list of points [x, y].", ()
        return
    highest = field.maximum
    for index, point in enumerate(value):
        if highest is not None and max(point) > highest:
            yield f"[{index}]", f"must be {highest:g} or less.", ()


def _bytes(_: Value, value: object, __: Words) -> Iterator[Fault]:
    if not isinstance(value, list) or not all(_is_integer(byte) and 0 <= byte <= 255 for byte in value):
        yield "", "must be a list of bytes (whole numbers from 0 to 255).", ()


def _data_url(_: Value, value: object, __: Words) -> Iterator[Fault]:
    if not isinstance(value, str) or not _DATA_URL.fullmatch(value):
        yield "", "must be the data URL of a picture (data:image/png;base64,…).", ()


def _list(field: Value, value: object, offered: Words) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield "", "must be a list.", ()
        return
    if len(value) < field.at_least:
        yield "", f"must have {field.at_least} or more elements.", ()
    item = field.item or Value("any")
    for index, element in enumerate(value):
        for path, message, options in _check(item, element, offered):
            yield f"[{index}]{path}", message, options


def _object(field: Value, value: object, offered: Words) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield "", "must be an object.", ()
        return
    for key, sub in field.fields.items():
        if key in value:
            for path, message, options in _check(sub, value[key], offered):
                yield f".{key}{path}", message, options
        elif sub.required:
            yield f".{key}", "is missing.", ()


_CHECKS: Mapping[ValueType, Callable[[Value, object, Words], Iterator[Fault]]] = {
    "any": _any,
    "boolean": _boolean,
    "bytes": _bytes,
    "choices": _choices,
    "data_url": _data_url,
    "integer": _integer,
    "labels": _labels,
    "list": _list,
    "number": _number,
    "object": _object,
    "paths": _paths,
    "points": _points,
    "position": _position,
    "string": _string,
    "text": _text,
    "texts": _texts,
}
