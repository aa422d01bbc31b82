"""Names, and the links from controls to objects."""

from collections import Counter
from collections.abc import Iterator

from postil.labeling.config import LabelConfig, Node, split_names
from postil.labeling.problems import Problem, Severity

FILTERED = {"classification", "labels"}


def check_links(config: LabelConfig) -> Iterator[Problem]:
    """Yield what is wrong with names and links."""
    yield from _duplicate_names(config)
    yield from _unknown_targets(config)
    by_name = {node.attrs["name"]: node for node in config.nodes if node.get("name")}
    for node in config.nodes:
        if node.spec is None:
            continue
        yield from _wrong_targets(config, node, by_name)
        yield from _conditions(node, by_name)
    if not config.controls:
        yield _problem("warning", "no_controls", "Nothing can be labeled: no tag asks for an answer.", config.root)


def _duplicate_names(config: LabelConfig) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for node in config.nodes:
        name = node.get("name")
        seen[name] += 1
        if name and seen[name] == 2:
            yield _problem("error", "duplicate_name", "Label config contains non-unique names", node, "name")


def _unknown_targets(config: LabelConfig) -> Iterator[Problem]:
    names = config.names
    known = set(names)
    for node in config.nodes:
        for name in split_names(node.get("toName")):
            if name not in known:
                message = f'toName="{name}" not found in names: {sorted(known)}'
                yield _problem("error", "unknown_target", message, node, "toName")


def _wrong_targets(config: LabelConfig, node: Node, by_name: dict[str, Node]) -> Iterator[Problem]:
    spec = node.spec
    if spec is None or not (spec.is_control or node.tag == "Filter"):
        return
    control = config.controls.get(node.get("name"))
    names = control.to_name if control and control.node is node else split_names(node.get("toName"))
    targets = [by_name[name] for name in names if name in by_name]
    if node.tag == "Filter":
        for target in targets:
            if target.spec is not None and target.spec.kind not in FILTERED:
                message = f"{_called(node)} can only filter labels and choices, not {_called(target)}."
                yield _problem("warning", "wrong_target", message, node, "toName")
        return
    for target in targets:
        if target.spec is None or target is node:
            continue
        if not target.spec.is_object:
            message = f"{_called(node)} points to {_called(target)}, which shows no data."
            yield _problem("warning", "target_not_object", message, node, "toName")
        elif spec.targets_enforced and target.tag not in spec.targets:
            message = f"{_called(node)} can only control {' or '.join(spec.targets)}, not {_called(target)}."
            yield _problem("warning", "wrong_target", message, node, "toName")
        elif "*" not in spec.targets and target.tag not in spec.targets:
            message = f"{_called(node)} is made for {', '.join(spec.targets)}; on {_called(target)} it has no effect."
            yield _problem("warning", "unusual_target", message, node, "toName")
    if node.tag == "Pairwise" and len(set(names)) != 2:
        message = f"{_called(node)} compares two objects: write their two names in toName."
        yield _problem("warning", "pairwise_targets", message, node, "toName")
    if node.get("perRegion") == "true" and node.get("perItem") == "true":
        message = f"{_called(node)} cannot be perRegion and perItem at once."
        yield _problem("warning", "per_item_and_region", message, node, "perItem")


def _conditions(node: Node, by_name: dict[str, Node]) -> Iterator[Problem]:
    name = node.get("whenTagName")
    if name and name not in by_name:
        message = f'whenTagName="{name}" of {_called(node)} names no tag.'
        yield _problem("warning", "unknown_condition", message, node, "whenTagName")


def _called(node: Node) -> str:
    return f'{node.tag} "{node.get("name")}"' if node.get("name") else node.tag


def _problem(severity: Severity, code: str, message: str, node: Node, attribute: str = "") -> Problem:
    return Problem(severity, code, message, node.line, node.column, node.tag, attribute)
