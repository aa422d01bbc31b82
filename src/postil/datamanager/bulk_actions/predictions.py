"""Bulk actions on the predictions of tasks."""

from typing import Any

import orjson
from django.db.models import Exists, OuterRef

from postil.accounts.access import Actor
from postil.accounts.permissions import Permission
from postil.core.errors import Invalid
from postil.datamanager.bulk_action import BulkAction, Call, count_deleted, predicted_ids, selected_ids
from postil.datamanager.prediction_trash import move_predictions
from postil.infra.db import RawJson
from postil.infra.expressions import IsAmong
from postil.projects.models import Project
from postil.tasks.enums import VersionAction
from postil.tasks.many import NewAnnotation, annotate_many
from postil.tasks.models import Annotation, Prediction, Task
from postil.tasks.ports import PORTS

ASKED_AT_ONCE = 100


def _delete(call: Call, ids: list[int]) -> int:
    """Put the predictions of tasks into the trash."""
    locked = Task.objects.select_for_update(of=("self",)).filter(IsAmong("id", ids)).order_by("pk")
    live = [pk for pk, project_id in locked.values_list("pk", "project_id") if project_id == call.project.pk]
    entry = call.trash("prediction")
    count = move_predictions(live, entry)
    count_deleted(entry, count, "predictions")
    return count


def _deleted(_call: Call, count: int) -> dict[str, Any]:
    return {"processed_items": count, "detail": f"Deleted {count} predictions"}


def _check_versions(call: Call) -> None:
    _versions(call.parameters.get("model_version"))


def _to_annotations(call: Call, ids: list[int]) -> int:
    """Make an annotation of each prediction that none was made of yet."""
    versions = _versions(call.parameters.get("model_version"))
    predictions = Prediction.objects.filter(IsAmong("task_id", ids)).order_by("task_id", "pk")
    if versions is not None:
        predictions = predictions.filter(model_version__in=versions)
    done = Annotation.objects.filter(IsAmong("task_id", ids)).exclude(parent_prediction=None)
    used = set(done.values_list("parent_prediction_id", flat=True))
    rows = predictions.annotate(raw=RawJson("result")).values_list("pk", "task_id", "raw")
    wanted = [_of_prediction(pk, task_id, raw) for pk, task_id, raw in rows if pk not in used]
    if not wanted:
        return 0
    made = annotate_many(call.project, call.who.user.pk, wanted, VersionAction.PREDICTION)
    call.traces.made.extend(made)
    return len(made)


def _count_wanted(call: Call) -> int:
    versions = _versions(call.parameters.get("model_version"))
    predictions = Prediction.objects.filter(task_id__in=call.tasks.order_by().values("pk"))
    predictions = predictions if versions is None else predictions.filter(model_version__in=versions)
    used = Annotation.objects.filter(parent_prediction_id=OuterRef("pk"), task_id=OuterRef("task_id"))
    return predictions.exclude(Exists(used)).count()


def _of_prediction(prediction_id: int, task_id: int, raw: str | None) -> NewAnnotation:
    # Each entry of a result is an object; what is no list says nothing.
    result = raw if raw is not None and raw.startswith("[") else "[]"
    return NewAnnotation(task_id, result, len(orjson.loads(result)), prediction_id=prediction_id)


def _annotated(_call: Call, count: int) -> dict[str, Any]:
    return {"processed_items": count, "detail": f"Created {count} annotations"}


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


def _tasks_to_ask_about(call: Call) -> list[int]:
    """Return the selected tasks, once the model servers said which version they are at."""
    for prepare, _ in PORTS.batch_predictors:
        prepare(call.project)
    return selected_ids(call)


def _retrieve(call: Call, ids: list[int]) -> int:
    """Ask the project's model servers about tasks that have no prediction of their version yet."""
    return sum(predict(call.project, ids, call.problems.append) for _, predict in PORTS.batch_predictors)


def _retrieved(_call: Call, count: int) -> dict[str, Any]:
    return {"processed_items": count, "detail": f"Retrieved {count} predictions"}


DELETE_PREDICTIONS = BulkAction(
    id="delete_tasks_predictions",
    title="Delete Predictions",
    order=102,
    permissions=(Permission.PREDICTION_CHANGE,),
    plan=predicted_ids,
    step=_delete,
    answer=_deleted,
    counts="predictions",
    audited_as="predictions.deleted",
    text="All predictions of the selected tasks go to the trash. They can be restored from there.",
    is_undoable=True,
)
PREDICTIONS_TO_ANNOTATIONS = BulkAction(
    id="predictions_to_annotations",
    title="Create Annotations From Predictions",
    order=91,
    permissions=(Permission.TASK_CHANGE,),
    check=_check_versions,
    plan=predicted_ids,
    step=_to_annotations,
    answer=_annotated,
    counts="predictions",
    count=_count_wanted,
    audited_as="predictions.annotated",
    text="Each prediction of the selected tasks becomes an annotation; those already used are passed over.",
    is_destructive=False,
    is_undoable=True,
    form=_version_form,
)
RETRIEVE_PREDICTIONS = BulkAction(
    id="retrieve_tasks_predictions",
    title="Retrieve Predictions",
    order=90,
    permissions=(Permission.PREDICTION_CHANGE,),
    plan=_tasks_to_ask_about,
    step=_retrieve,
    answer=_retrieved,
    batch=ASKED_AT_ONCE,
    calls_others=True,
    text="The model server of the project is asked for predictions of the selected tasks.",
    is_destructive=False,
)
