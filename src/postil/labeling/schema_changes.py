"""What a new label config takes away from the old one, and how answers could be brought over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from postil.labeling.config import Control, LabelConfig
from postil.labeling.renaming import drop_control, drop_label, rename_control, rename_label

Result = Sequence[dict[str, Any]]
ACTIONS = ("rename_label", "merge_label", "drop_label", "rename_control", "drop_control", "keep")


@dataclass(frozen=True, slots=True)
class Loss:
    """A label or a control that the new config does not have.

    `new_names` came with the new config and may be the same thing under another name; `known_names` were there before.
    """

    kind: Literal["label_removed", "control_removed"]
    control: str
    label: str | None
    new_names: tuple[str, ...]
    known_names: tuple[str, ...] = ()


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
            others = [c.name for c in new.controls.values() if c.type == control.type and _is_new(c, old)]
            found.append(Loss("control_removed", control.name, None, tuple(others)))
        elif not after.is_dynamic:
            gone = [word for word in control.labels if not after.knows(word)]
            fresh = tuple(word for word in after.labels if not control.knows(word))
            stay = tuple(word for word in after.labels if control.knows(word))
            found += [Loss("label_removed", control.name, word, fresh, stay) for word in gone]
    return found


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
            found += [(control.name, word) for word in control.labels if not old.controls[control.name].knows(word)]
    return found


def fault_of(step: Step, old: LabelConfig, new: LabelConfig) -> str | None:
    """Return why a step makes no sense, None for one that does."""
    before, after = old.controls.get(step.control), new.controls.get(step.control)
    if step.action not in ACTIONS:
        return f"There is no action {step.action!r}."
    if before is None:
        return f"The label config has no control {step.control!r}."
    if step.action in ("keep", "drop_control"):
        return None
    if step.action == "rename_control":
        target = new.controls.get(step.to or "")
        fits = target is not None and target.type == before.type
        return None if fits else f"The new label config has no control {step.to!r} like {step.control!r}."
    if step.label is None or not before.knows(step.label):
        return f"{step.control!r} has no label {step.label!r}."
    if step.action == "drop_label":
        return None
    if after is None or step.to is None or not (after.knows(step.to) or after.is_dynamic):
        return f"The new label config has no label {step.to!r} in {step.control!r}."
    return None


def carried_over(result: Result, steps: Sequence[Step], new: LabelConfig) -> tuple[list[dict[str, Any]], int]:
    """Return a result as the steps leave it, and how many items they changed."""
    items, changed = list(result), 0
    for step in steps:
        if step.action == "rename_control" and step.to is not None:
            items, count = rename_control(items, step.control, step.to, to_names=new.controls[step.to].to_name)
        elif step.action == "drop_control":
            items, count = drop_control(items, step.control)
        elif step.action == "drop_label" and step.label is not None:
            items, count = drop_label(items, step.label, control=step.control)
        elif step.label is not None and step.to is not None:
            items, count = rename_label(items, step.label, step.to, control=step.control)
        else:
            count = 0
        changed += count
    return items, changed
