"""Bulk actions that change labels inside annotations."""

from collections.abc import Sequence
from typing import Any

from postil.accounts.access import Actor
from postil.accounts.permissions import Permission
from postil.core.errors import Conflict, Invalid
from postil.datamanager.bulk_action import BulkAction, Call, answered_ids
from postil.datamanager.bulk_actions.annotations import annotations_of, note_changes
from postil.labeling.config import Control
from postil.labeling.renaming import Label, drop_label, rename_label
from postil.labeling.schema_changes import PATH, is_scattered, stored_words
from postil.labels.actions import rename_everywhere
from postil.labels.facts import ensure_facts
from postil.labels.models import LabelUse
from postil.projects.configs import stored_config
from postil.projects.models import Project
from postil.tasks.many import Change
from postil.tasks.models import Annotation

MAX_LABELS = 100
# So many annotations that use trees are read for a preview.
READ = 20_000
Result = list[dict[str, Any]]
Swap = tuple[Label, Label | None, str | None]


def _rename(call: Call) -> dict[str, Any]:
    """Replace one label by another in all annotations of the project."""
    old, new = (call.parameters.get(key) for key in ("old_label_name", "new_label_name"))
    if not isinstance(old, str) or not old or not isinstance(new, str) or not new:
        raise Invalid.items(["old_label_name and new_label_name are needed."])
    control = call.parameters.get("control_tag")
    count = rename_everywhere(
        who=call.who, projects=[call.project], old=[old], new=[new],
        control=control if isinstance(control, str) and control else None,
    )  # fmt: skip
    return {"detail": f"Updated {count} annotations"}


def _asked(call: Call) -> tuple[list[str], str, str | None]:
    """Return the labels to replace, the new one ("" drops them), and the control, None for all."""
    old, new, control = (call.parameters.get(key) for key in ("old", "new", "control"))
    labels = [old] if isinstance(old, str) else old
    if not isinstance(labels, list) or not 0 < len(labels) <= MAX_LABELS:
        raise Invalid.field("old", "Name the labels to replace.")
    if not all(isinstance(label, str) and label for label in labels):
        raise Invalid.field("old", "Labels are words.")
    if new is not None and not isinstance(new, str):
        raise Invalid.field("new", "The new label is a word; leave it empty to drop the old ones.")
    if control not in (None, "") and control not in stored_config(call.project).controls:
        raise Invalid.field("control", f"The label config has no control {control!r}.")
    labels = [label for label in labels if label != new]
    if not labels:
        raise Invalid.field("new", "The new label is the old one.")
    return labels, new or "", control or None


def _check(call: Call) -> None:
    _asked(call)


def _swaps(call: Call) -> list[Swap]:
    """Return what is replaced by what (None: dropped) in which control; items of trees are stored as paths."""
    labels, new, control = _asked(call)
    swaps: list[Swap] = [(label, new or None, control) for label in labels]
    for tree in _trees(call.project, control):
        words = stored_words(tree)
        to = words.get(new, new.split(PATH)) if new else None
        swaps += [(words[label], to, tree.name) for label in labels if label in words]
    return swaps


def _trees(project: Project, name: str | None) -> list[Control]:
    controls = stored_config(project).controls.values()
    return [control for control in controls if control.name == (name or control.name) and _is_tree(control)]


def _is_tree(control: Control) -> bool:
    return control.type in ("taxonomy", "choices") and is_scattered(control)


def _count(call: Call) -> int | None:
    """Return how many annotations use one of the labels; None while they are being counted, or are too many to read."""
    labels, _new, control = _asked(call)
    try:
        ensure_facts(call.project)
    except Conflict:
        return None
    trees = [tree.name for tree in _trees(call.project, control)]
    uses = LabelUse.objects.filter(project=call.project)
    uses = uses.filter(control=control) if control else uses
    plain = uses.exclude(control__in=trees).filter(label__in=labels)
    found = Annotation.objects.filter(task_id__in=call.tasks.order_by().values("pk"))
    users = found.filter(pk__in=plain.values("annotation_id"))
    if not trees:
        return users.count()
    maybe = uses.filter(control__in=trees, label__in=[label.split(PATH)[-1] for label in labels])
    read = found.filter(pk__in=maybe.values("annotation_id")).values_list("pk", "result")[: READ + 1]
    swaps = _swaps(call)
    in_trees = {pk for pk, result in read.iterator(1_000) if _replaced(result or [], swaps)[1]}
    return None if len(in_trees) > READ else len(in_trees.union(users.values_list("pk", flat=True)))


def _relabel(call: Call, ids: list[int]) -> int:
    """Rename, merge or drop labels in the annotations of tasks."""
    swaps = _swaps(call)
    changes = []
    for annotation in annotations_of(call, ids, result_count__gt=0):
        result, count = _replaced(annotation.result or [], swaps)
        if count:
            changes.append(Change(annotation, result=result))
    return note_changes(call, changes)


def _replaced(result: Result, swaps: Sequence[Swap]) -> tuple[Result, int]:
    changed = 0
    for old, new, control in swaps:
        if new:
            result, count = rename_label(result, old, new, control=control)
        else:
            result, count = drop_label(result, old, control=control)
        changed += count
    return result, changed


def _relabeled(_call: Call, count: int) -> dict[str, Any]:
    return {"processed_items": count, "detail": f"Updated {count} annotations"}


def _form(_who: Actor, project: Project) -> list[dict[str, Any]]:
    controls = [control for control in stored_config(project).controls.values() if control.labels]
    words = [
        {"value": word, "label": word, "control": control.name}
        for control in controls
        for word in (stored_words(control) if _is_tree(control) else control.labels)
    ]
    fields: list[dict[str, Any]] = [
        {"type": "select", "name": "control", "label": "Control", "placeholder": "All",
         "options": [{"value": control.name, "label": control.name} for control in controls]},
        {"type": "select", "name": "old", "label": "Labels to replace", "options": words, "multiple": True},
        {"type": "input", "name": "new", "label": "New label", "placeholder": "Empty: drop them", "options": words},
    ]  # fmt: skip
    return [{"columnCount": 1, "fields": fields}]


RELABEL = BulkAction(
    id="relabel",
    title="Rename, Merge or Drop Labels",
    order=94,
    permissions=(Permission.LABEL_CHANGE, Permission.ANNOTATION_CHANGE_ALL),
    check=_check,
    plan=answered_ids,
    step=_relabel,
    answer=_relabeled,
    counts="annotations",
    count=_count,
    audited_as="labels.replaced",
    text="The labels are replaced in the annotations of the selected tasks. Earlier versions are kept.",
    is_undoable=True,
    form=_form,
)
RENAME_LABELS = BulkAction(
    id="rename_labels",
    title="Rename Labels",
    order=110,
    permissions=(Permission.LABEL_CHANGE, Permission.ANNOTATION_CHANGE_ALL),
    run=_rename,
    is_listed=False,
    is_destructive=False,
    is_experimental=True,
)
