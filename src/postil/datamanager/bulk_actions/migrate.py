"""Brings annotations, drafts and predictions over to a label config that was just saved, before the job begins."""

from typing import Any

from django.db import transaction

from postil.accounts.permissions import Permission
from postil.core.errors import Conflict, Invalid
from postil.datamanager.bulk_action import BulkAction, Call, spoken_for_ids
from postil.datamanager.bulk_actions.annotations import annotations_of, note_changes
from postil.datamanager.rewriting import rewrite
from postil.labeling.config import LabelConfig, parse_config
from postil.labeling.schema_changes import Step, carried_over, fault_of
from postil.projects.actions import set_label_config
from postil.projects.models import Project
from postil.tasks.many import Change


def steps_of(given: Any) -> list[Step]:
    """Return the steps of a request or of a stored run; raises `Invalid` for another shape."""
    if not isinstance(given, list) or not all(isinstance(step, dict) for step in given):
        raise Invalid.field("steps", "A list of steps is needed.")
    found = []
    for step in given:
        words = {name: step.get(name) for name in ("action", "control", "label", "to")}
        if not all(word is None or isinstance(word, str) for word in words.values()):
            raise Invalid.field("steps", "Action, control, label and to are words.")
        found.append(Step(words["action"] or "", words["control"] or "", words["label"], words["to"]))
    return found


def _configs(call: Call) -> tuple[LabelConfig, LabelConfig]:
    """Return the label config of before and the new one."""
    texts = [call.parameters.get(name) for name in ("label_config_before", "label_config")]
    if not all(isinstance(text, str) for text in texts):
        raise Invalid.field("label_config", "Label configs are changed at the project's migrate-config address.")
    before, after = (parse_config(str(text)) for text in texts)
    return before, after


def _check(call: Call) -> None:
    before, after = _configs(call)
    steps = _steps(call)
    faults = [fault for fault in (fault_of(step, before, after, steps) for step in steps) if fault]
    if faults:
        raise Invalid.field("steps", *faults)


def _steps(call: Call) -> list[Step]:
    return steps_of(call.parameters.get("steps"))


def _migrate(call: Call, ids: list[int]) -> int:
    """Bring the annotations, drafts and predictions of tasks over; what they said before is kept."""
    steps, (before, after) = _steps(call), _configs(call)
    changes = []
    for annotation in annotations_of(call, ids, result_count__gt=0):
        result, count = carried_over(annotation.result or [], steps, before, after)
        if count:
            changes.append(Change(annotation, result=result))
    rewritten = rewrite(call.project, ids, lambda result: carried_over(result, steps, before, after))
    call.traces.rewritten.extend(rewritten)
    return note_changes(call, changes) + len(rewritten)


def _migrated(_call: Call, count: int) -> dict[str, Any]:
    return {"processed_items": count, "detail": f"Brought {count} annotations, drafts and predictions over"}


@transaction.atomic
def _config_back(call: Call) -> None:
    """Give the project the config of before; raises `Conflict` if somebody changed it since."""
    project = Project.objects.select_for_update().get(pk=call.project.pk)
    before, after = call.parameters["label_config_before"], call.parameters["label_config"]
    if project.label_config == before:
        return
    if project.label_config != after:
        raise Conflict("The label config was changed since; take that back first, in the list of its versions.")
    set_label_config(who=call.who, project=project, label_config=before)


MIGRATE_CONFIG = BulkAction(
    id="migrate_config",
    title="Bring Annotations over to a New Label Config",
    order=111,
    permissions=(Permission.PROJECT_CHANGE, Permission.LABEL_CHANGE, Permission.ANNOTATION_CHANGE_ALL),
    check=_check,
    plan=spoken_for_ids,
    step=_migrate,
    answer=_migrated,
    take_back=_config_back,
    counts="annotations",
    audited_as="labels.migrated",
    is_listed=False,
    is_undoable=True,
)
