"""What is shown, and therefore asked and stored: visibleWhen, perRegion, perItem.

A condition looks at the answers and at the selected regions. A tag is hidden with any tag around it, and a choice
inside a hidden tag counts as not made.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from postil.labeling.config import Control, LabelConfig, Node, match_placeholders
from postil.labeling.results import Item
from postil.labeling.tags import result_specs

CHOOSERS = {"Choices", "Taxonomy"}


class Visibility:
    """Answers what is shown for one result list and one selection of regions.

    `selected` holds ids of regions; with `ignore_regions` every condition on regions holds. `bindings`, where asked
    for, are the indexes of the Repeaters around a tag.
    """

    def __init__(
        self,
        config: LabelConfig,
        result: Sequence[Item],
        *,
        selected: Collection[str] = (),
        ignore_regions: bool = False,
    ) -> None:
        self._config = config
        self._ignore_regions = ignore_regions
        self._by_control: dict[str, list[Item]] = {}
        self._by_region: dict[str, list[Item]] = {}
        for item in result:
            if item.get("type") != "relation" and isinstance(item.get("value"), dict):
                self._by_control.setdefault(str(item.get("from_name")), []).append(item)
                self._by_region.setdefault(str(item.get("id")), []).append(item)
        self._asking: set[tuple[int, tuple[tuple[str, str], ...]]] = set()
        self.select(selected)

    def select(self, ids: Collection[str]) -> None:
        """Change which regions are selected."""
        self._selected = set(ids)
        self._regions = {region: self._by_region[region] for region in self._selected if region in self._by_region}

    def is_visible(self, node: Node, bindings: Mapping[str, str] | None = None) -> bool:
        """Whether the conditions of a tag and of all tags around it hold."""
        bindings = bindings or {}
        key = (id(node), tuple(sorted(bindings.items())))
        if key in self._asking:
            return True  # a condition that asks about itself
        self._asking.add(key)
        try:
            return all(self._holds(tag, bindings) for tag in _ancestry(self._config, node))
        finally:
            self._asking.discard(key)

    def is_asked(self, control: Control, bindings: Mapping[str, str] | None = None) -> bool:
        """Whether a person can answer a control now: visible, and with the right region selected."""
        if not self.is_visible(control.node, bindings):
            return False
        return not control.is_per_region or (len(self._regions) == 1 and self._region_fits(control, bindings or {}))

    def _region_fits(self, control: Control, bindings: Mapping[str, str]) -> bool:
        """Whether the selected region lies on the control's object and carries the wanted label."""
        items = next(iter(self._regions.values()))
        targets = {_bind(name, bindings) for name in control.to_name}
        if not any(item.get("to_name") in targets for item in items):
            return False
        return self.has_wanted_label(control)

    def has_wanted_label(self, control: Control) -> bool:
        """Whether a selected region carries a label that a per-region control asks for."""
        wanted = control.node.get("whenLabelValue")
        return not wanted or any(self._region_has(items, "", wanted) for items in self._regions.values())

    def _holds(self, node: Node, bindings: Mapping[str, str]) -> bool:
        condition = node.get("visibleWhen")
        if self._ignore_regions and condition in {"region-selected", "no-region-selected"}:
            return True
        if condition == "region-selected":
            return self._region_selected(node, bindings)
        if condition == "no-region-selected":
            return len(self._regions) != 1
        if condition == "choice-selected":
            return self._choice_selected(node, bindings)
        if condition == "choice-unselected":
            return not self._choice_selected(node, bindings)
        if not condition and node.get("whenChoiceValue"):
            return self._choice_selected(node, bindings)
        return True

    def _region_selected(self, node: Node, bindings: Mapping[str, str]) -> bool:
        if len(self._regions) != 1:
            return False
        items = next(iter(self._regions.values()))
        tag_name = _bind(node.get("whenTagName"), bindings)
        if tag_name and not any(item.get("from_name") == tag_name for item in items):
            return False
        wanted = node.get("whenLabelValue")
        if wanted and not self._region_has(items, tag_name, wanted):
            return False
        roles = node.get("whenRole")
        return not roles or any(_role(item) in _words(roles) for item in items)

    def _region_has(self, items: Sequence[Item], tag_name: str, wanted: str) -> bool:
        """Whether a region carries one of the labels in a comma list, from one control or from any."""
        for item in items:
            name = str(item.get("from_name"))
            control = self._config.find_control(name)
            if tag_name not in {"", name} or (control is not None and not control.is_region):
                continue
            if _matches(control, stored_words(item), wanted):
                return True
        return False

    def _choice_selected(self, node: Node, bindings: Mapping[str, str]) -> bool:
        tag_name = _bind(node.get("whenTagName"), bindings)
        wanted = node.get("whenChoiceValue")
        names = [tag_name] if tag_name else list(self._by_control)
        return any(self._chose(name, wanted, CHOOSERS if tag_name else {"Choices"}) for name in names)

    def _chose(self, name: str, wanted: str, tags: Collection[str]) -> bool:
        control = self._config.find_control(name)
        if control is None or control.tag not in tags:
            return False
        words = [word for item in self._answers(name, control) for word in stored_words(item)]
        if not words or (wanted and not _matches(control, words, wanted)):
            return False
        return self.is_visible(control.node, match_placeholders(name, control.name, control.placeholders))

    def _answers(self, name: str, control: Control) -> list[Item]:
        items = self._by_control.get(name, [])
        return [item for item in items if item.get("id") in self._selected] if control.is_per_region else items


def stored_words(item: Item) -> list[str]:
    """Return the labels or choices an item holds; of a path, its last element."""
    spec = result_specs().get(str(item.get("type")))
    value: Mapping[str, Any] = item["value"]
    words = value.get(spec.label_key) if spec is not None and spec.label_key else None
    if not isinstance(words, list):
        return []
    ends = (word[-1] if isinstance(word, list) and word else word for word in words)
    return [word for word in ends if isinstance(word, str)]


def _role(item: Item) -> str:
    message = item["value"].get("chatmessage")
    return str(message.get("role")) if isinstance(message, dict) else ""


def _words(text: str) -> set[str]:
    return {text, *(word.strip() for word in text.split(","))}


def _matches(control: Control | None, words: Sequence[str], wanted: str) -> bool:
    """Whether one of `words` is in the comma list, by what is stored or by what is shown."""
    allowed = _words(wanted)
    for word in words:
        attrs = control.labels.get(word, {}) if control is not None else {}
        if word in allowed or attrs.get("value") in allowed:
            return True
    return False


def _bind(name: str, bindings: Mapping[str, str]) -> str:
    for flag, index in bindings.items():
        name = name.replace(flag, index)
    return name


@lru_cache(maxsize=128)
def _parents(config: LabelConfig) -> dict[int, Node]:
    return {id(child): node for node in config.nodes for child in node.children}


def _ancestry(config: LabelConfig, node: Node) -> Iterator[Node]:
    """Yield a tag and all tags around it, from the inside out."""
    parents = _parents(config)
    current: Node | None = node
    while current is not None:
        yield current
        current = parents.get(id(current))


def prune_hidden(config: LabelConfig, result: Sequence[Item]) -> list[Item]:
    """Return what is to be stored of a result list: answers to hidden questions are left out.

    Only choice conditions hide answers from the result; regions are selected and unselected all the time. Per-region
    answers go when their region lacks the label they are asked for. Unknown items stay.
    """
    visibility = Visibility(config, result, ignore_regions=True)
    kept = []
    for item in result:
        control = config.find_control(str(item.get("from_name")))
        if control is None or control.is_region or _is_stored(visibility, control, item):
            kept.append(item)
    return kept


def _is_stored(visibility: Visibility, control: Control, item: Item) -> bool:
    bindings = match_placeholders(str(item.get("from_name")), control.name, control.placeholders)
    visibility.select([str(item.get("id"))] if control.is_per_region else [])
    if control.is_per_region and not visibility.has_wanted_label(control):
        return False
    return visibility.is_visible(control.node, bindings)
