"""Bulk actions for scripts: not in the menu, but called by their ids."""

from collections import Counter
from typing import Any

from django.db.models import QuerySet

from postil.accounts.permissions import Permission
from postil.core.errors import Invalid
from postil.datamanager.bulk_action import BulkAction, Call
from postil.labeling.results import used_labels
from postil.tasks.data_fields import set_data_field
from postil.tasks.models import Annotation, Prediction

EVERY_CONTROL = ("", "ALL")
YES = (True, "yes", "true", "1")


def _add_data_field(call: Call) -> dict[str, Any]:
    """Write the same value into a field of all tasks."""
    name, value = call.parameters.get("value_name"), _typed(call.parameters)
    if not isinstance(name, str):
        raise Invalid.field("value_name", "This field is required.")
    count = set_data_field(
        project=call.project, who=call.who, tasks=call.tasks, name=name, value_of=lambda ids: dict.fromkeys(ids, value)
    )
    return {"detail": f"Updated {count} tasks"}


def _typed(parameters: dict[str, Any]) -> str | float | int:
    kind, value = parameters.get("value_type") or "String", parameters.get("value")
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise Invalid.field("value", "Give a text or a number.")
    if kind == "String":
        return str(value)
    if kind != "Number":
        raise Invalid.field("value_type", 'Must be "String" or "Number".')
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not abs(number) < float("inf"):
        raise Invalid.field("value", "A valid number is required.")
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _cache_labels(call: Call) -> dict[str, Any]:
    """Write the labels that annotations or predictions use into a field of each task, with or without their counts."""
    control = call.parameters.get("control_tag", "")
    source = str(call.parameters.get("source") or "Annotations").lower()
    if not isinstance(control, str):
        raise Invalid.field("control_tag", "Not a valid string.")
    if source not in ("annotations", "predictions"):
        raise Invalid.field("source", 'Must be "Annotations" or "Predictions".')
    rows: QuerySet[Any] = (Annotation if source == "annotations" else Prediction).objects.order_by("pk")
    wanted, counts = control if control not in EVERY_CONTROL else None, call.parameters.get("with_counters") in YES
    count = set_data_field(
        project=call.project,
        who=call.who,
        tasks=call.tasks,
        name=("cache_" if source == "annotations" else "cache_predictions_") + (wanted or "all"),
        value_of=lambda ids: _labels_of(rows.filter(task__in=ids), ids, wanted, counts=counts),
    )
    return {"detail": f"Updated {count} tasks"}


def _labels_of(rows: QuerySet[Any], ids: list[int], control: str | None, *, counts: bool) -> dict[int, str]:
    used: dict[int, Counter[str]] = {task_id: Counter() for task_id in ids}
    for task_id, result in rows.values_list("task_id", "result").iterator(1_000):
        used[task_id].update(word for name, word in used_labels(result) if control in (None, name))
    return {
        task_id: ", ".join(f"{word}: {found[word]}" if counts else word for word in sorted(found))
        for task_id, found in used.items()
    }


ADD_DATA_FIELD = BulkAction(
    id="add_data_field",
    title="Add or Modify Data Field",
    order=1,
    permissions=(Permission.TASK_CHANGE,),
    run=_add_data_field,
    is_listed=False,
    is_experimental=True,
)
CACHE_LABELS = BulkAction(
    id="cache_labels",
    title="Cache Labels",
    order=2,
    permissions=(Permission.TASK_CHANGE,),
    run=_cache_labels,
    is_listed=False,
    is_experimental=True,
)
