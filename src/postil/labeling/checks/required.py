"""Attributes and children that a tag cannot do without."""

from collections.abc import Iterator

from postil.labeling.config import LabelConfig, Node
from postil.labeling.problems import Problem, Severity

# LS: these are refused on saving when they stand directly in a View; elsewhere a lack is only told.
STRICT: dict[str, tuple[str, ...]] = {
    "Text": ("name", "value"),
    "HyperText": ("name", "value"),
    "Image": ("name", "value"),
    "Choices": ("name", "toName"),
    "Labels": ("name", "toName"),
    "TextArea": ("name", "toName"),
    "Number": ("name", "toName"),
    "Choice": ("value",),
    "Label": ("value",),
}
GROUPS = {"Choices": "Choice", "Labels": "Label"}


def check_required(config: LabelConfig) -> Iterator[Problem]:
    """Yield what is missing."""
    yield from _check(config, config.root, is_strict=False, path=config.root.tag)


def _check(config: LabelConfig, node: Node, *, is_strict: bool, path: str) -> Iterator[Problem]:
    yield from _missing_attributes(config, node, is_strict=is_strict, path=path)
    if node.tag in GROUPS and not _has_words(node):
        child = GROUPS[node.tag]
        message = f"Validation failed on {path}: '{child}' is a required property"
        yield _problem("error" if is_strict else "warning", "missing_children", message, node)
    inside = node.tag == "View" or (is_strict and node.tag in GROUPS)
    count: dict[str, int] = {}
    for child_node in node.children:
        count[child_node.tag] = count.get(child_node.tag, 0) + 1
    index: dict[str, int] = {}
    for child_node in node.children:
        tag = child_node.tag
        place = f"{path}/{tag}/{index.get(tag, 0)}" if count[tag] > 1 else f"{path}/{tag}"
        index[tag] = index.get(tag, 0) + 1
        yield from _check(config, child_node, is_strict=inside, path=place)


def _missing_attributes(config: LabelConfig, node: Node, *, is_strict: bool, path: str) -> Iterator[Problem]:
    if node.spec is None:
        return
    strict = STRICT.get(node.tag, ()) if is_strict else ()
    for name in dict.fromkeys((*strict, *(name for name, attr in node.spec.attrs.items() if attr.required))):
        if _is_given(config, node, name, is_strict=name in strict):
            continue
        if name in strict:
            message = f"Validation failed on {path}: '{name}' is a required property"
            yield _problem("error", "missing_attribute", message, node, name)
        else:
            yield _problem("warning", "missing_attribute", f"{node.tag} needs the attribute {name}.", node, name)
    if is_strict and node.tag == "Image" and node.get("value") and node.get("valueList"):
        message = f"Validation failed on {path}: give either 'value' or 'valueList', not both"
        yield _problem("error", "both_values", message, node, "valueList")


def _is_given(config: LabelConfig, node: Node, name: str, *, is_strict: bool) -> bool:
    if name in node.attrs and (node.attrs[name].strip() or is_strict or name not in {"name", "toName"}):
        return True
    if name == "name" and node.tag == "HyperText" and node.markup.strip():
        return True  # mark-up to read, nothing to label
    if name == "value" and node.get("valueList"):
        return True
    control = config.controls.get(node.get("name"))
    return name == "toName" and not is_strict and control is not None and control.is_inferred


def _has_words(node: Node) -> bool:
    return bool(node.get("value")) or any(child.tag in {GROUPS[node.tag], "View"} for child in node.children)


def _problem(severity: Severity, code: str, message: str, node: Node, attribute: str = "") -> Problem:
    return Problem(severity, code, message, node.line, node.column, node.tag, attribute)
