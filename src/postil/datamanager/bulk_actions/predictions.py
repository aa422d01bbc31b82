"""Bulk actions on the predictions of tasks."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from postil.accounts.access import Actor
from postil.accounts.audit import record
from postil.accounts.permissions import Permission
from postil.core.errors import Invalid
from postil.datamanager.bulk_action import BulkAction, Call
from postil.infra.events import emit
from postil.projects.counters import change_counters
from postil.projects.models import Project
from postil.tasks.enums import VersionAction
from postil.tasks.events import AnnotationsCreated
from postil.tasks.models import Annotation, Prediction, Task
from postil.tasks.ports import PORTS
from postil.tasks.recount import counted

BATCH = 500


def _batches(call: Call) -> list[list[int]]:
    ids = list(call.tasks.order_by("pk").values_list("pk", flat=True))
    return [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]


@transaction.atomic
def _delete_predictions(call: Call) -> dict[str, Any]:
    """Delete the predictions of the tasks; a model can make them again."""
    count = 0
    for ids in _batches(call):
        found = Prediction.objects.filter(task_id__in=ids)
        number = found.count()
        if number:
            Annotation.all_objects.filter(parent_prediction__in=found).update(parent_prediction=None)
            found.delete()
            Task.objects.filter(pk__in=ids).update(prediction_count=0)
            count += number
    change_counters(call.project.pk, {"prediction_count": -count})
    record(
        call.who, "predictions.deleted", object_type="project", object_id=call.project.pk, project_id=call.project.pk,
        details={"count": count},
    )  # fmt: skip
    return {"processed_items": count, "detail": f"Deleted {count} predictions"}


@transaction.atomic
def _to_annotations(call: Call) -> dict[str, Any]:
    """Make an annotation of each prediction that none was made of yet."""
    versions = _versions(call.parameters.get("model_version"))
    made: list[int] = []
    for ids in _batches(call):
        predictions = Prediction.objects.filter(task_id__in=ids).order_by("task_id", "pk")
        if versions is not None:
            predictions = predictions.filter(model_version__in=versions)
        done = Annotation.objects.filter(task_id__in=ids).exclude(parent_prediction=None)
        open_ones = predictions.exclude(pk__in=done.values("parent_prediction_id"))
        made += _annotate(call, open_ones)
    if made:
        emit(AnnotationsCreated(project_id=call.project.pk, annotation_ids=tuple(made)))
    record(
        call.who, "predictions.annotated", object_type="project", object_id=call.project.pk,
        project_id=call.project.pk, details={"count": len(made)},
    )  # fmt: skip
    return {"processed_items": len(made), "detail": f"Created {len(made)} annotations"}


def _annotate(call: Call, predictions: QuerySet[Prediction]) -> list[int]:
    by_task: dict[int, list[Prediction]] = {}
    for prediction in predictions:
        by_task.setdefault(prediction.task_id, []).append(prediction)
    made: list[int] = []
    for task_id, found in by_task.items():
        with counted(task_id, editor=call.who.user) as task:
            for prediction in found:
                result = prediction.result if isinstance(prediction.result, list) else []
                annotation = Annotation.objects.create(
                    task=task,
                    project_id=task.project_id,
                    result=result,
                    result_count=len(result),
                    completed_by=call.who.user,
                    updated_by=call.who.user,
                    config_version_id=task.project.config_version_id,
                    is_surplus=task.is_labeled,
                    parent_prediction=prediction,
                    last_action=VersionAction.PREDICTION.value,
                    revision_action=VersionAction.PREDICTION,
                )
                made.append(annotation.pk)
    return made


def _versions(value: Any) -> list[str] | None:
    if value in (None, "", []):
        return None
    versions = value if isinstance(value, list) else [value]
    if not all(isinstance(version, str) for version in versions):
        raise Invalid.field("model_version", "The name of a model version, or a list of names, is needed.")
    return versions


def _version_form(_who: Actor, project: Project) -> list[dict[str, Any]]:
    found = Prediction.objects.filter(project=project, task__deleted_at=None).order_by("model_version")
    names = [name for name in found.values_list("model_version", flat=True).distinct()[:1000] if name]
    chosen = project.model_version if project.model_version in names else (names[0] if names else None)
    field = {
        "type": "select",
        "name": "model_version",
        "label": "Choose predictions",
        "options": names,
        "value": chosen,
    }
    return [{"columnCount": 1, "fields": [field]}]


def _retrieve(call: Call) -> dict[str, Any]:
    """Ask the project's model servers about the tasks; says how many of them were served."""
    count = sum(predict(call.project, call.tasks) for predict in PORTS.batch_predictors)
    return {"processed_items": count, "detail": f"Retrieved {count} predictions"}


DELETE_PREDICTIONS = BulkAction(
    id="delete_tasks_predictions",
    title="Delete Predictions",
    order=102,
    permissions=(Permission.PREDICTION_CHANGE,),
    run=_delete_predictions,
    text="All predictions of the selected tasks are deleted. A model can make them again.",
)
PREDICTIONS_TO_ANNOTATIONS = BulkAction(
    id="predictions_to_annotations",
    title="Create Annotations From Predictions",
    order=91,
    permissions=(Permission.TASK_CHANGE,),
    run=_to_annotations,
    text="Each prediction of the selected tasks becomes an annotation; those already used are passed over.",
    is_destructive=False,
    form=_version_form,
)
RETRIEVE_PREDICTIONS = BulkAction(
    id="retrieve_tasks_predictions",
    title="Retrieve Predictions",
    order=90,
    permissions=(Permission.PREDICTION_CHANGE,),
    run=_retrieve,
    text="The model server of the project is asked for predictions of the selected tasks.",
    is_destructive=False,
)
