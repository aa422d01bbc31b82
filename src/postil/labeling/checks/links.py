"""Names, and the links from controls to objects."""

from collections import Counter
from collections.abc import Iterator

from postil.labeling.config import LabelConfig, Node, split_names
from postil.labeling.problems import Problem, Severity

MAX_NAMES = 100
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
    known = set(config.names)
    shown = str(sorted(known)) if len(known) <= MAX_NAMES else f"{str(sorted(known)[:MAX_NAMES])[:-1]}, …]"
    for node in config.nodes:
        for name in split_names(node.get("toName")):
            if name not in known:
                message = f'toName="{name}" not found in names: {shown}'
                yield _problem("error", "unknown_target", message, node, "toName")


def _wrong_targets(config: LabelConfig, node: Node, by_name: dict[str, Node]) -> Iterator[Problem]:
    control = config.controls.get(node.get("name"))
    names = control.to_name if control and control.node is node else split_names(node.get("toName"))
    if node.spec is not None and (node.spec.is_control or node.tag == "Filter"):
        for name in names:
            if name in by_name and by_name[name] is not node:
                yield from _wrong_target(node, by_name[name])
    if node.tag == "Pairwise" and len(set(names)) != 2:
        message = f"{_called(node)} compares two objects: write their two names in toName."
        yield _problem("warning", "pairwise_targets", message, node, "toName")
    if node.get("perRegion") == "true" and node.get("perItem") == "true":
        message = f"{_called(node)} cannot be perRegion and perItem at once."
        yield _problem("warning", "per_item_and_region", message, node, "perItem")


def _wrong_target(node: Node, target: Node) -> Iterator[Problem]:
    spec, other = node.spec, target.spec
    if spec is None or other is None:
        return
    code, message = "", ""
    if node.tag == "Filter":
        if other.kind not in FILTERED:
            code, message = "wrong_target", f"can only filter labels and choices, not {_called(target)}."
    elif not other.is_object:
        code, message = "target_not_object", f"points to {_called(target)}, which shows no data."
    elif "*" not in spec.targets and target.tag not in spec.targets:
        if spec.targets_enforced:
            code, message = "wrong_target", f"can only control {' or '.join(spec.targets)}, not {_called(target)}."
        else:
            code, message = "unusual_target", f"is made for {', '.join(spec.targets)}, not for {_called(target)}."
    if code:
        yield _problem("warning", code, f"{_called(node)} {message}", node, "toName")


def _conditions(node: Node, by_name: dict[str, Node]) -> Iterator[Problem]:
    name = node.get("whenTagName")
    if name and name not in by_name:
        message = f'whenTagName="{name}" of {_called(node)} names no tag.'
        yield _problem("warning", "unknown_condition", message, node, "whenTagName")


def _called(node: Node) -> str:
    return f'{node.tag} "{node.get("name")}"' if node.get("name") else node.tag


def _problem(severity: Severity, code: str, message: str, node: Node, attribute: str = "") -> Problem:
    return Problem(severity, code, message, node.line, node.column, node.tag, attribute)
