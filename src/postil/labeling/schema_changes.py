"""What a new label config takes away from the old one, and how answers could be brought over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from postil.labeling.config import Control, LabelConfig
from postil.labeling.nodes import Node
from postil.labeling.renaming import drop_control, drop_label, relabel_links, rename_control, rename_label
from postil.labeling.results import used_labels

Result = Sequence[dict[str, Any]]
Kind = Literal["label_removed", "control_removed", "target_changed"]
ACTIONS = ("rename_label", "merge_label", "drop_label", "rename_control", "retarget_control", "drop_control", "keep")
PATH = " / "
# The labels of links belong to no control; no control can have this name.
LINKS = "<Relations>"


@dataclass(frozen=True, slots=True)
class Loss:
    """A label or a control that the new config does not have, or objects (`targets`) that a control left.

    `new_names` came with the new config and may be the same thing under another name; `known_names` were there before.
    """

    kind: Kind
    control: str
    label: str | None
    new_names: tuple[str, ...]
    known_names: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do with answers: `to` is the new name."""

    action: str
    control: str
    label: str | None = None
    to: str | None = None


def losses(old: LabelConfig, new: LabelConfig) -> list[Loss]:
    """Return what `new` lacks, in the order of the old config. Labels that come with the task's data are not known."""
    found: list[Loss] = []
    for control in old.controls.values():
        after = _successor(control, new)
        if after is None:
            others = [c for c in new.controls.values() if c.type == control.type and _is_new(c, old)]
            found.append(Loss("control_removed", control.name, None, tuple(other.name for other in others)))
            # Who renames a control may have renamed its labels, too.
            found += _label_losses(control, others)
            continue
        left = tuple(name for name in control.to_name if name not in after.to_name)
        if left and after.to_name:
            found.append(Loss("target_changed", control.name, None, _new_targets(control, after, old, new), (), left))
        found += _label_losses(control, [after])
    gone = [word for word in old.relation_labels if word not in new.relation_labels]
    fresh = tuple(word for word in new.relation_labels if word not in old.relation_labels)
    stay = tuple(word for word in new.relation_labels if word in old.relation_labels)
    return found + [Loss("label_removed", LINKS, word, fresh, stay) for word in gone]


def _label_losses(control: Control, successors: Sequence[Control]) -> list[Loss]:
    """Return the labels that one of the controls lacks which may go on for this one."""
    listed = [after for after in successors if not after.is_dynamic]
    before = stored_words(control)
    offered = {word: after for after in listed for word in stored_words(after)}
    gone = [word for word in before if not all(_knows(after, word) for after in listed)]
    fresh = tuple(word for word in offered if not _knows(control, word))
    stay = tuple(word for word in offered if _knows(control, word))
    return [Loss("label_removed", control.name, word, fresh, stay) for word in gone]


def _new_targets(control: Control, after: Control, old: LabelConfig, new: LabelConfig) -> tuple[str, ...]:
    """Return the objects that answers can go to: of the same kind for regions, any for answers about the whole."""
    tags = {old.objects[name].tag for name in control.to_name if name in old.objects}
    fits = [name for name in after.to_name if name in new.objects and new.objects[name].tag in tags]
    return tuple(fits) if control.is_region or control.is_per_region else after.to_name


def stored_words(control: Control) -> dict[str, Any]:
    """Return the words that a control offers, and how results store them: paths of a tree, numbers of stars, words."""
    if control.type == "rating":
        most = control.node.get("maxRating") or "5"
        return {str(stars): stars for stars in range(1, int(most) + 1)} if most.isdecimal() and len(most) < 4 else {}
    if control.type == "taxonomy" or (control.type == "choices" and control.node.flag("allowNested")):
        return {PATH.join(path): list(path) for path in _paths(control.node, ())}
    return {word: word for word in control.labels}


def _paths(node: Node, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for child in node.children:
        word = child.get("alias") or child.get("value") if child.tag == "Choice" else ""
        path = (*above, word) if word else above
        if word:
            yield path
        yield from _paths(child, path)


def _knows(control: Control, word: str) -> bool:
    words = stored_words(control)
    is_plain = all(isinstance(stored, str) for stored in words.values())
    return word in words or (is_plain and control.knows(word))


def is_scattered(control: Control | None) -> bool:
    """Whether the words of a control are not stored as words, so that nothing but results tells their use."""
    return control is None or not all(isinstance(stored, str) for stored in stored_words(control).values())


def words_said(result: object, config: LabelConfig) -> set[tuple[str, str | None]]:
    """Return what a result uses: controls (with None) and their words as `stored_words` names them."""
    items = [item for item in result if isinstance(item, dict)] if isinstance(result, list) else []
    said: set[tuple[str, str | None]] = {*used_labels(items)}
    for item in items:
        name, value = str(item.get("from_name")), item.get("value")
        if item.get("type") == "relation":
            labels = item.get("labels")
            said |= {(LINKS, word) for word in (labels if isinstance(labels, list) else []) if isinstance(word, str)}
            continue
        said.add((name, None))
        if isinstance(value, dict) and name in config.controls and is_scattered(config.controls[name]):
            stored = value.get(config.controls[name].type)
            parts = stored if isinstance(stored, list) else [stored]
            said |= {(name, _word(part)) for part in parts}
    return said


def _word(stored: object) -> str:
    if isinstance(stored, list):
        return PATH.join(map(str, stored))
    return str(int(stored)) if isinstance(stored, float) and stored.is_integer() else str(stored)


def _successor(control: Control, new: LabelConfig) -> Control | None:
    after = new.controls.get(control.name)
    return after if after is not None and after.type == control.type else None


def _is_new(control: Control, old: LabelConfig) -> bool:
    before = old.controls.get(control.name)
    return before is None or before.type != control.type


def additions(old: LabelConfig, new: LabelConfig) -> list[tuple[str, str | None]]:
    """Return the controls (without a label) and the labels of known controls that only the new config has."""
    found: list[tuple[str, str | None]] = []
    for control in new.controls.values():
        if _is_new(control, old):
            found.append((control.name, None))
        else:
            before = old.controls[control.name]
            found += [(control.name, word) for word in stored_words(control) if not _knows(before, word)]
    known = old.relation_labels
    return found + [(LINKS, word) for word in new.relation_labels if word not in known]


def fault_of(step: Step, old: LabelConfig, new: LabelConfig, steps: Sequence[Step] = ()) -> str | None:
    """Return why a step makes no sense, None for one that does; `steps` are all that go together."""
    if step.action not in ACTIONS:
        return f"There is no action {step.action!r}."
    if step.control == LINKS:
        return _fault_of_link(step, old, new)
    before = old.controls.get(step.control)
    after = new.controls.get(_renamed(step.control, steps))
    if before is None:
        return f"The label config has no control {step.control!r}."
    if step.action in ("keep", "drop_control"):
        return None
    if step.action == "rename_control":
        target = new.controls.get(step.to or "")
        fits = target is not None and target.type == before.type
        return None if fits else f"The new label config has no control {step.to!r} like {step.control!r}."
    if step.action == "retarget_control":
        fits = after is not None and step.to in after.to_name
        return None if fits else f"In the new label config {step.control!r} is not about {step.to!r}."
    if step.label is None or not _knows(before, step.label):
        return f"{step.control!r} has no label {step.label!r}."
    if step.action == "drop_label":
        return None
    if after is None or step.to is None or not (_knows(after, step.to) or after.is_dynamic):
        return f"The new label config has no label {step.to!r} in {step.control!r}."
    return None


def _fault_of_link(step: Step, old: LabelConfig, new: LabelConfig) -> str | None:
    if step.action not in ("rename_label", "merge_label", "drop_label", "keep"):
        return f"There is no control {step.control!r}."
    if step.label not in old.relation_labels:
        return f"Links have no label {step.label!r}."
    if step.action in ("drop_label", "keep") or step.to in new.relation_labels:
        return None
    return f"The new label config has no label {step.to!r} for links."


def _renamed(control: str, steps: Sequence[Step]) -> str:
    """Return under which name a control goes on."""
    names = [step.to for step in steps if step.action == "rename_control" and step.control == control]
    return names[0] if names and names[0] is not None else control


def carried_over(
    result: Result, steps: Sequence[Step], old: LabelConfig, new: LabelConfig
) -> tuple[list[dict[str, Any]], int]:
    """Return a result as the steps leave it, and how many items they changed. Labels change before their controls."""
    items, changed = list(result), 0
    for step in sorted(steps, key=lambda step: step.label is None):
        items, count = _carried(items, step, steps, old, new)
        changed += count
    return items, changed


def _carried(
    items: list[dict[str, Any]], step: Step, steps: Sequence[Step], old: LabelConfig, new: LabelConfig
) -> tuple[list[dict[str, Any]], int]:
    if step.action == "rename_control" and step.to is not None:
        return rename_control(items, step.control, step.to, to_names=new.controls[step.to].to_name)
    after = new.controls.get(_renamed(step.control, steps))
    if step.action == "retarget_control" and step.to is not None and after is not None:
        return rename_control(items, step.control, step.control, to_names=(step.to, *after.to_name))
    if step.action == "drop_control":
        stays = _successor(old.controls[step.control], new)
        return drop_control(items, step.control, but_about=stays.to_name if stays is not None else ())
    if step.label is None or step.action == "keep":
        return items, 0
    if step.control == LINKS:
        return relabel_links(items, step.label, step.to if step.action != "drop_label" else None)
    stored = stored_words(old.controls[step.control]).get(step.label, step.label)
    if step.action == "drop_label":
        return drop_label(items, stored, control=step.control)
    if step.to is None:
        return items, 0
    to = stored_words(after).get(step.to, step.to) if after is not None else step.to
    return rename_label(items, stored, to, control=step.control)
