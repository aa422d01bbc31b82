"""Tags that nobody knows, and tags in the wrong place."""

from collections.abc import Iterator
from difflib import get_close_matches

from postil.labeling.config import LabelConfig, Node
from postil.labeling.problems import Problem
from postil.labeling.spec import TagSpec
from postil.labeling.tags import TAGS

TRANSPARENT = {"View", "Panel", "Collapse", "Repeater", "Filter"}


def check_places(config: LabelConfig) -> Iterator[Problem]:
    """Yield unknown and misplaced tags, and words given twice."""
    if config.root.tag != "View":
        yield _problem("root_not_view", f"The outermost tag should be View, not {config.root.written}.", config.root)
    yield from _check(config.root, None)
    for control in config.controls.values():
        yield from _duplicate_words(control.node)


def _check(node: Node, parent: Node | None) -> Iterator[Problem]:
    """Check `node`, which stands in `parent`, the nearest tag above that is no mere container."""
    if node.spec is None:
        yield _problem("unknown_tag", f"There is no tag {node.written}.{_suggestion(node.written)}", node)
    elif node.spec.parents and not (parent and _fits(node.spec, parent)):
        places = ", ".join(node.spec.parents).replace("*Labels", "RectangleLabels and the like")
        where = f"not in {parent.tag}" if parent else "not on its own"
        yield _problem("wrong_parent", f"{node.tag} stands inside {places}, {where}.", node)
    inner = parent if node.tag in TRANSPARENT and not _is_parent(node) else node
    for child in node.children:
        yield from _check(child, inner)


def _is_parent(node: Node) -> bool:
    return node.tag == "Collapse"


def _fits(spec: TagSpec, parent: Node) -> bool:
    if parent.spec is None:
        return True  # told already; its content cannot be judged
    return any(
        parent.tag == place or (place.startswith("*") and parent.tag.endswith(place[1:])) for place in spec.parents
    )


def _suggestion(written: str) -> str:
    close = get_close_matches(written.lower(), [name.lower() for name in TAGS], n=1)
    name = next((name for name in TAGS if close and name.lower() == close[0]), None)
    return f" Did you mean {name}?" if name else ""


def _duplicate_words(node: Node) -> Iterator[Problem]:
    if node.tag == "Taxonomy":
        return  # the same word may stand in several branches
    seen: set[str] = set()
    for child in node.walk():
        if child.tag not in {"Label", "Choice"} or any(
            inner is not child and inner.tag == "Choice" for inner in child.walk()
        ):
            continue
        word = child.get("alias") or child.get("value")
        if word and word in seen:
            yield _problem("duplicate_label", f'"{word}" is given twice in {node.tag} "{node.get("name")}".', child)
        seen.add(word)


def _problem(code: str, message: str, node: Node) -> Problem:
    return Problem("warning", code, message, node.line, node.column, node.tag)
