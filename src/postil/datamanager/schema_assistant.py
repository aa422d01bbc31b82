"""Says what a new label config would take from a project's answers, and carries the change out with its migration."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet

from postil.accounts.access import Actor
from postil.core.errors import Conflict, Invalid
from postil.datamanager.bulk_actions.migrate import MIGRATE_CONFIG, steps_of
from postil.datamanager.filters import PREFIX, items_of
from postil.datamanager.jobs import RunBulkAction
from postil.datamanager.models import BulkRun, View
from postil.datamanager.shapes import ConfigChanges, ConfigLoss, OfferedStep
from postil.infra.jobs import enqueue
from postil.infra.models import Job
from postil.labeling.config import LabelConfig
from postil.labeling.schema_changes import Loss, additions, fault_of, is_scattered, losses, words_said
from postil.labels.facts import ensure_facts
from postil.labels.models import LabelUse
from postil.projects.actions import set_label_config
from postil.projects.configs import check_savable, stored_config
from postil.projects.models import Project
from postil.projects.ports import PORTS
from postil.tasks.models import Annotation, Draft, Prediction

# Of drafts and predictions so many are looked at, the newest: they have no index of their labels.
LOOKED_AT = 2_000
# So many annotations are read where labels are not stored as words.
READ = 20_000
MAX_STEPS = 1_000

Triples = Mapping[tuple[str, str, str], int]
Said = tuple[int, set[tuple[str, str | None]]]


def changes_json(project: Project, label_config: str) -> ConfigChanges:
    """Return what would be lost, how much uses it, and what can be done about it; changes nothing."""
    old, new = stored_config(project), check_savable(label_config)
    found = losses(old, new)
    answer = _told(project, found, old) if found else []
    return {
        "changes": answer,
        "added": [{"control": name, "label": word} for name, word in additions(old, new)],
        "is_safe": not any(change[name] != 0 for change in answer for name in ("annotations", "drafts", "predictions")),
    }


def _told(project: Project, found: list[Loss], old: LabelConfig) -> list[ConfigLoss]:
    """Return losses with what uses them."""
    is_known = _has_facts(project)
    others = {
        "drafts": _newest(Draft.objects.filter(task__project=project), old, LOOKED_AT),
        "predictions": _newest(Prediction.objects.filter(project=project), old, LOOKED_AT),
    }
    whole = all(len(rows) < LOOKED_AT for rows in others.values())
    triples = PORTS.answers_in_use(project).triples if any(loss.label is None for loss in found) else {}
    read: list[Said] | None = None
    answer: list[ConfigLoss] = []
    for loss in found:
        is_exact = is_known and whole
        if loss.label is not None and is_scattered(old.controls.get(loss.control)):
            if read is None:
                read = _newest(Annotation.objects.filter(project=project), old, READ)
            users = [task for task, said in read if (loss.control, loss.label) in said]
            annotations: int | None = len(users)
            tasks: int | None = len(set(users))
            is_exact = whole and len(read) < READ
        else:
            annotations, tasks = _counts(project, loss, triples) if is_known else (None, None)
        drafts, predictions = (
            sum((loss.control, loss.label) in said for _task, said in others[name])
            for name in ("drafts", "predictions")
        )
        answer.append(
            {
                "kind": loss.kind, "control": loss.control, "label": loss.label, "annotations": annotations,
                "tasks": tasks, "drafts": drafts, "predictions": predictions, "is_exact": is_exact,
                "views": _views(project, loss), "steps": _steps(loss, annotations),
            }
        )  # fmt: skip
    return answer


def _has_facts(project: Project) -> bool:
    try:
        ensure_facts(project)
    except Conflict:
        return False
    return True


def _answers(loss: Loss, triples: Triples) -> int:
    """Return how many answers a control gave, about the objects that it leaves."""
    return sum(
        count
        for (name, to, _type), count in triples.items()
        if name == loss.control and (not loss.targets or to in loss.targets)
    )


def _counts(project: Project, loss: Loss, triples: Triples) -> tuple[int, int]:
    uses = LabelUse.objects.filter(project=project, control=loss.control)
    uses = uses if loss.label is None else uses.filter(label=loss.label)
    users = Annotation.objects.filter(pk__in=uses.values("annotation_id"), task__deleted_at=None)
    answers = _answers(loss, triples) if loss.label is None else 0
    if loss.targets and not answers:
        return 0, 0
    annotations = users.count()
    # Not as DISTINCT: PostgreSQL's helpers hand each other hash tables in an order that takes minutes to put together.
    tasks: int = users.aggregate(n=Count("task_id", distinct=True))["n"]
    if loss.label is None and not annotations:
        # Texts, ratings and numbers use no labels: each answer counts.
        annotations = tasks = answers
    return annotations, tasks


def _newest(rows: QuerySet[Any], config: LabelConfig, count: int) -> list[Said]:
    """Return what the newest of these rows use, each with its task."""
    listed = rows.filter(task__deleted_at=None).order_by("-pk").values_list("task_id", "result")
    return [(task, words_said(result, config)) for task, result in listed[:count]]


def _views(project: Project, loss: Loss) -> int:
    """Return how many views filter by the label or the control."""
    views = View.objects.filter(project=project).values_list("data", flat=True)
    return sum(any(_names(value, loss) for value in _label_values(data)) for data in views)


def _label_values(data: Any) -> Iterator[Any]:
    filters = data.get("filters") if isinstance(data, dict) else None
    for item in items_of(filters):
        if item.get("filter") == f"{PREFIX}labels":
            value = item.get("value")
            yield from value if isinstance(value, list) else [value]


def _names(value: Any, loss: Loss) -> bool:
    label, control = (value.get("label"), value.get("control")) if isinstance(value, dict) else (value, None)
    if loss.label is None:
        return bool(control == loss.control)
    return label == loss.label and control in (None, "", loss.control)


def _steps(loss: Loss, annotations: int | None) -> list[OfferedStep]:
    if loss.label is None:
        moved = ("rename_control" if loss.kind == "control_removed" else "retarget_control", loss.new_names)
        offered = [moved, ("drop_control", None)]
        # Answers of a control that is gone could not be shown any more.
        return _offered([*offered, *([("keep", None)] if annotations == 0 else [])])
    return _offered(
        [("rename_label", loss.new_names), ("merge_label", loss.known_names), ("drop_label", None), ("keep", None)]
    )


def _offered(steps: list[tuple[str, tuple[str, ...] | None]]) -> list[OfferedStep]:
    return [{"action": action, "to": list(names or ())} for action, names in steps if names is None or names]


@transaction.atomic
def migrate(*, who: Actor, project: Project, label_config: str, steps: Any) -> Job:
    """Save a label config, and have a job bring the annotations over. Raises `Invalid` for steps that do not fit."""
    project = Project.objects.select_for_update().get(pk=project.pk)
    old, new = stored_config(project), check_savable(label_config)
    wanted = steps_of(steps)
    if len(wanted) > MAX_STEPS:
        raise Invalid.field("steps", f"At most {MAX_STEPS} steps can be done at once.")
    faults = [fault for fault in (fault_of(step, old, new, wanted) for step in wanted) if fault]
    moved = {step.control for step in wanted if step.action in ("rename_control", "retarget_control", "drop_control")}
    triples = PORTS.answers_in_use(project).triples
    left = [loss for loss in losses(old, new) if loss.label is None and loss.control not in moved]
    faults += [f"Say what becomes of the answers of {loss.control!r}." for loss in left if _answers(loss, triples)]
    if faults:
        raise Invalid.field("steps", *faults)
    question = {
        "label_config": label_config, "label_config_before": project.label_config, "steps": steps,
        "selectedItems": {"all": True, "excluded": []},
    }  # fmt: skip
    set_label_config(who=who, project=project, label_config=label_config)
    row = BulkRun.objects.create(
        action="migrate_config", project=project, organization_id=project.organization_id, user=who.user,
        question=question,
    )  # fmt: skip
    job = enqueue(
        RunBulkAction(run_id=row.pk, title=MIGRATE_CONFIG.title), who=who.user, unit="tasks",
        organization_id=who.organization.pk, project_id=project.pk,
    )  # fmt: skip
    BulkRun.objects.filter(pk=row.pk).update(job_id=job.pk)
    return job
