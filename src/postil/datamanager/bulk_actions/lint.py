"""Mends slips of the hand in annotations: regions out of the picture, doubles, empty ones, overlapping spans."""

from typing import Any

from django.db.models import Q

from postil.accounts.access import Actor
from postil.accounts.permissions import Permission
from postil.core.errors import Conflict, Invalid
from postil.datamanager.bulk_action import BulkAction, Call, answered_ids
from postil.datamanager.bulk_actions.annotations import annotations_of, note_changes
from postil.labeling.lint_fixes import KINDS, fix_slips
from postil.labels.facts import ensure_facts
from postil.labels.models import AnnotationFacts
from postil.projects.models import Project
from postil.tasks.many import Change
from postil.tasks.models import Annotation

FACTS = {
    "out_of_bounds": "out_of_bounds_count",
    "duplicates": "duplicate_region_count",
    "zero_length": "zero_length_count",
    "overlapping_spans": "overlapping_span_count",
}
TITLES = {
    "out_of_bounds": "Cut off what reaches out of the picture",
    "duplicates": "Drop regions that are there twice",
    "zero_length": "Drop regions without extent",
    "overlapping_spans": "Trim overlapping spans of the same label",
}


def _kinds(call: Call) -> list[str]:
    kinds = call.parameters.get("kinds")
    kinds = [kinds] if isinstance(kinds, str) else list(KINDS) if kinds is None else kinds
    if not isinstance(kinds, list) or not kinds or not all(isinstance(kind, str) and kind in KINDS for kind in kinds):
        raise Invalid.field("kinds", f"Name some of {', '.join(KINDS)}.")
    return kinds


def _check(call: Call) -> None:
    _kinds(call)


def _count(call: Call) -> int | None:
    """Return how many annotations have such slips; None while they are being counted."""
    has_slip = Q()
    for kind in _kinds(call):
        has_slip |= Q(**{f"{FACTS[kind]}__gt": 0})
    try:
        ensure_facts(call.project)
    except Conflict:
        return None
    facts = AnnotationFacts.objects.filter(has_slip, project=call.project).values("annotation_id")
    return Annotation.objects.filter(pk__in=facts, task_id__in=call.tasks.order_by().values("pk")).count()


def _fix(call: Call, ids: list[int]) -> int:
    """Mend the annotations of tasks; their states before are kept as versions."""
    kinds = _kinds(call)
    changes = []
    for annotation in annotations_of(call, ids, result_count__gt=0):
        result, count = fix_slips(annotation.result, kinds)
        if count:
            changes.append(Change(annotation, result=result))
    return note_changes(call, changes)


def _fixed(_call: Call, count: int) -> dict[str, Any]:
    return {"processed_items": count, "detail": f"Mended {count} annotations"}


def _form(_who: Actor, _project: Project) -> list[dict[str, Any]]:
    options = [{"value": kind, "label": title} for kind, title in TITLES.items()]
    field = {
        "type": "select", "name": "kinds", "label": "What to mend", "options": options, "multiple": True,
        "value": list(TITLES),
    }  # fmt: skip
    return [{"columnCount": 1, "fields": [field]}]


FIX_LINT = BulkAction(
    id="fix_lint",
    title="Fix Slips of the Hand",
    order=96,
    permissions=(Permission.ANNOTATION_CHANGE_ALL,),
    check=_check,
    plan=answered_ids,
    step=_fix,
    answer=_fixed,
    counts="annotations",
    count=_count,
    audited_as="annotations.mended",
    text="The annotations of the selected tasks are mended. Earlier versions are kept.",
    is_undoable=True,
    form=_form,
)
