"""Attributes that nobody knows, and values of the wrong type."""

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches

from postil.labeling.checks.speeds import SPEEDS
from postil.labeling.config import LabelConfig, Node
from postil.labeling.problems import Problem
from postil.labeling.references import whole_reference
from postil.labeling.spec import Attr, AttrType, TagSpec

_INTEGER = re.compile(r"\s*[+-]?\d+\s*")
_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*")
_LOOSE_REFERENCE = re.compile(r"\$[A-Za-z0-9_]+[^A-Za-z0-9_\[\].{}\s]")


def check_attributes(config: LabelConfig) -> Iterator[Problem]:
    """Yield what is wrong with attributes."""
    for node in config.nodes:
        if node.spec is None:
            continue
        for name, text in node.attrs.items():
            attr = node.spec.attrs.get(name)
            if attr is None:
                if not _is_free(node, name):
                    yield _problem("unknown_attribute", _unknown(node.spec, name), node, name)
            elif text != "" and name not in SPEEDS:
                message = _fault(attr, text)
                if message:
                    yield _problem("bad_value", f'{name}="{text[:80]}" of {node.tag}: {message}', node, name)


def _is_free(node: Node, name: str) -> bool:
    """Whether an attribute that the tag lacks is fine: the tag's own text, a name, or a word to a model."""
    # ML backends read model_… and predicted_values from the config they are given.
    is_for_models = name.startswith("model_") or name == "predicted_values"
    return name == "name" or is_for_models or (name == "value" and node.text.strip() != "") or ":" in name


def _unknown(spec: TagSpec, name: str) -> str:
    close = get_close_matches(name, spec.attrs, n=1)
    return f"{spec.name} has no attribute {name}; it is ignored.{f' Did you mean {close[0]}?' if close else ''}"


def _fault(attr: Attr, text: str) -> str:
    """Return what is wrong with a value, or nothing."""
    if attr.or_field and whole_reference(text):
        return ""
    check = _CHECKS.get(attr.type)
    return check(attr, text) if check else ""


def _boolean(_: Attr, text: str) -> str:
    return "" if text in {"true", "false"} else "write true or false."


def _enum(attr: Attr, text: str) -> str:
    return "" if text in attr.values else f"allowed are {', '.join(attr.values)}."


def _list(attr: Attr, text: str) -> str:
    words = [word.strip() for word in text.split(",")]
    if not attr.values or all(word in attr.values for word in words):
        return ""
    return f"write one or more of {', '.join(attr.values)}."


def _integer(attr: Attr, text: str) -> str:
    return _bounds(attr, text) if _INTEGER.fullmatch(text) else "write a whole number."


def _number(attr: Attr, text: str) -> str:
    return _bounds(attr, text) if _NUMBER.fullmatch(text) else "write a number."


def _bounds(attr: Attr, text: str) -> str:
    number = float(text)
    if attr.minimum is not None and number < attr.minimum:
        return f"write {attr.minimum:g} or more."
    if attr.maximum is not None and number > attr.maximum:
        return f"write {attr.maximum:g} or less."
    return ""


def _field(_: Attr, text: str) -> str:
    if whole_reference(text):
        return ""
    if _LOOSE_REFERENCE.search(text):
        return "a field name may hold letters, digits and _ only."
    return "write $ and the name of a task field."


_CHECKS: Mapping[AttrType, Callable[[Attr, str], str]] = {
    "boolean": _boolean,
    "enum": _enum,
    "field": _field,
    "integer": _integer,
    "list": _list,
    "number": _number,
}


def _problem(code: str, message: str, node: Node, attribute: str) -> Problem:
    return Problem("warning", code, message, node.line, node.column, node.tag, attribute)
