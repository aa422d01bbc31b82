"""Label config: the tree of tags, and what follows from it: controls, objects, labels."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from postil.labeling.nodes import Node, parse_nodes
from postil.labeling.problems import ConfigError, Problem
from postil.labeling.references import find_references, whole_reference
from postil.labeling.text_cache import cached_by_text

__all__ = ["ConfigError", "Control", "LabelConfig", "Node", "ObjectTag", "Problem", "parse_config"]

LABEL_TAGS = {"Label", "Choice", "Relation"}


@dataclass(frozen=True, slots=True, eq=False)
class Control:
    """A tag that makes results.

    `labels` maps each word that results store (alias, else value) to the attributes of its tag, in document order.
    `is_dynamic`: further words come from task data or from a URL. `is_inferred`: `to_name` was not written.
    `placeholders` are the index flags of the Repeaters around it.
    """

    name: str
    tag: str
    type: str
    node: Node
    to_name: tuple[str, ...]
    labels: Mapping[str, Mapping[str, str]]
    is_dynamic: bool = False
    is_inferred: bool = False
    placeholders: tuple[str, ...] = ()

    @property
    def is_per_region(self) -> bool:
        """Whether answers belong to regions."""
        return self.node.get("perRegion") == "true"

    @property
    def is_per_item(self) -> bool:
        """Whether answers belong to pages of an image."""
        return self.node.get("perItem") == "true"

    @property
    def is_region(self) -> bool:
        """Whether results are located regions."""
        spec = self.node.spec
        return spec is not None and (spec.is_region or (self.tag == "Taxonomy" and self.node.flag("labeling")))

    def knows(self, word: str) -> bool:
        """Whether `word` is a stored word, or the shown text of one."""
        return word in self.labels or any(attrs.get("value") == word for attrs in self.labels.values())


@dataclass(frozen=True, slots=True, eq=False)
class ObjectTag:
    """A tag that shows task data. `path` is the reference without `$`, or `None` for fixed text."""

    name: str
    tag: str
    node: Node

    @property
    def path(self) -> str | None:
        """The referenced path, if the whole value is one reference."""
        return whole_reference(self.node.get("valueList") or self.node.get("value"))


@dataclass(frozen=True, slots=True, eq=False)
class LabelConfig:
    """A parsed config. Compared and hashed by identity; `parse_config` gives the same object for the same text."""

    source: str
    root: Node
    comments: tuple[str, ...]
    nodes: tuple[Node, ...]
    controls: Mapping[str, Control]
    objects: Mapping[str, ObjectTag]

    @property
    def names(self) -> list[str]:
        """All names in the config, sorted; a name given twice stands twice."""
        return sorted(node.attrs["name"] for node in self.nodes if node.attrs.get("name"))

    @property
    def relation_labels(self) -> tuple[str, ...]:
        """Words offered for links between regions."""
        return tuple(node.get("value") for node in self.nodes if node.tag == "Relation" and node.get("value"))

    def find_control(self, from_name: str) -> Control | None:
        """Return the control a result's `from_name` belongs to; knows the names a Repeater makes."""
        control = self.controls.get(from_name)
        if control is not None:
            return control
        return next((c for c in self.controls.values() if made_from(from_name, c.name, c.placeholders)), None)

    def find_object(self, to_name: str) -> ObjectTag | None:
        """Return the object a result's `to_name` belongs to; knows the names a Repeater makes."""
        found = self.objects.get(to_name)
        if found is not None:
            return found
        flags = self.placeholders
        return next((o for o in self.objects.values() if made_from(to_name, o.name, flags)), None)

    @property
    def placeholders(self) -> tuple[str, ...]:
        """Index flags of all Repeaters."""
        return tuple(index_flag(node) for node in self.nodes if node.tag == "Repeater")


def index_flag(repeater: Node) -> str:
    """Return the placeholder that a Repeater replaces by the index."""
    return repeater.get("indexFlag") or "{{idx}}"


def made_from(name: str, pattern: str, placeholders: tuple[str, ...]) -> bool:
    """Whether a Repeater may have made `name` from `pattern`."""
    return bool(placeholders) and _name_pattern(pattern, placeholders).fullmatch(name) is not None


def match_placeholders(name: str, pattern: str, placeholders: tuple[str, ...]) -> dict[str, str]:
    """Return the index that each placeholder stands for in a name that a Repeater made."""
    match = _name_pattern(pattern, placeholders).fullmatch(name) if placeholders else None
    found = match.groupdict() if match else {}
    return {flag: found[f"flag{n}"] for n, flag in enumerate(placeholders) if found.get(f"flag{n}")}


@lru_cache(maxsize=4096)
def _name_pattern(pattern: str, placeholders: tuple[str, ...]) -> re.Pattern[str]:
    text = re.escape(pattern)
    for number, flag in enumerate(placeholders):
        text = text.replace(re.escape(flag), f"(?P<flag{number}>[0-9]+)", 1)
        text = text.replace(re.escape(flag), f"(?P=flag{number})")
    return re.compile(text)


@cached_by_text
def parse_config(source: str) -> LabelConfig:
    """Return the config in `source`; raises `ConfigError` if it is no well-formed, safe XML."""
    document = parse_nodes(source)
    nodes = tuple(document.root.walk())
    objects = {node.attrs["name"]: ObjectTag(node.attrs["name"], node.tag, node) for node in nodes if _is_object(node)}
    return LabelConfig(
        source=source,
        root=document.root,
        comments=document.comments,
        nodes=nodes,
        controls=MappingProxyType(_find_controls(document.root, tuple(objects))),
        objects=MappingProxyType(objects),
    )


def _is_object(node: Node) -> bool:
    if not node.get("name") or not (node.get("value") or node.get("valueList")):
        return False
    if node.spec is None:
        return not node.get("toName")
    return node.spec.is_object or node.tag == "Dialog"


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in a comma list."""
    return tuple(name for part in text.split(",") if (name := part.strip()))


def _find_controls(root: Node, object_names: tuple[str, ...]) -> dict[str, Control]:
    only_object = object_names if len(object_names) == 1 else ()
    controls: dict[str, Control] = {}
    labels: dict[str, dict[str, Mapping[str, str]]] = {}
    for node, owner, placeholders in _walk(root, "", (), only_object):
        if node.tag in LABEL_TAGS:
            word = node.get("alias") or node.get("value")
            if owner and word:
                labels[owner][word] = MappingProxyType(dict(node.attrs))
        elif _is_control(node, only_object):
            name = node.attrs["name"]
            written = split_names(node.get("toName"))
            labels[name] = {}
            controls[name] = Control(
                name=name,
                tag=node.tag,
                type=(node.spec and node.spec.result_type) or node.tag.lower(),
                node=node,
                to_name=written or only_object,
                labels=MappingProxyType(labels[name]),
                is_dynamic=_is_dynamic(node),
                is_inferred=not written,
                placeholders=placeholders,
            )
    return controls


def _is_dynamic(node: Node) -> bool:
    if node.spec is not None and node.spec.label_key is None:
        return False
    return bool(find_references(node.get("value"))) or bool(node.get("apiUrl"))


def _walk(
    node: Node, owner: str, placeholders: tuple[str, ...], only_object: tuple[str, ...]
) -> Iterator[tuple[Node, str, tuple[str, ...]]]:
    """Yield every tag with the name of the control it stands in and the index flags of its Repeaters."""
    yield node, owner, placeholders
    if _is_control(node, only_object):
        owner = node.attrs["name"]
    if node.tag == "Repeater":
        placeholders = (*placeholders, index_flag(node))
    for child in node.children:
        yield from _walk(child, owner, placeholders, only_object)


def _is_control(node: Node, only_object: tuple[str, ...]) -> bool:
    if not node.get("name") or node.tag == "Filter":
        return False
    if split_names(node.get("toName")):
        return True
    return bool(only_object) and node.spec is not None and node.spec.is_control and not node.spec.is_object
