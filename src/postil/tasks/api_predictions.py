"""Routes of predictions and model versions."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router, Status

from postil.accounts.access import actor, needs
from postil.accounts.permissions import Permission
from postil.core.errors import Invalid, NotFound
from postil.infra.http import bool_param, int_param
from postil.projects.access import get_project
from postil.tasks import access, actions, documents, model_versions, queries, reading, schemas, shapes
from postil.tasks.answering import answer, answer_list

router = Router(tags=["Predictions"])
READ_AT_ONCE = 2_000


@router.get("/predictions/", operation_id="api_predictions_list")
@needs(Permission.PREDICTION_VIEW, lent=True)
def list_predictions(
    request: HttpRequest, task: str = "", project: str = "", task__project: str = ""
) -> Annotated[HttpResponse, list[shapes.Prediction]]:
    """List predictions of a task or a project."""
    who = actor(request)
    found = queries.visible_predictions(who)
    task_id = int_param(request, "task")
    project_ids = {int_param(request, name) for name in ("project", "task__project")} - {None}
    try:
        if task_id is not None:
            found = found.filter(task=access.get_task(who, task_id))
        for project_id in project_ids:
            found = found.filter(project=get_project(who, int(project_id or 0)))
    except NotFound:
        name = "task" if task_id is not None else "project"
        raise Invalid.field(name, "Select a valid choice. That choice is not one of the available choices.") from None
    rows = queries.prediction_rows(found.order_by("pk")).iterator(READ_AT_ONCE)
    return answer_list(map(documents.prediction_json, rows))


@router.post("/predictions/", response={201: Any}, operation_id="api_predictions_create")
@needs(Permission.PREDICTION_CHANGE, lent=True)
def create_prediction(
    request: HttpRequest, payload: schemas.PredictionIn
) -> Annotated[HttpResponse, shapes.Prediction]:
    """Store what a model says about a task; short forms of the result are completed."""
    try:
        task = access.get_task(actor(request), payload.task, Permission.PREDICTION_CHANGE)
    except NotFound:
        raise Invalid.field("task", f'Invalid pk "{payload.task}" - object does not exist.') from None
    prediction = actions.create_prediction(task=task, fields=payload.fields())
    return answer(reading.prediction_json(prediction.pk), 201)


@router.get("/predictions/{int:prediction_id}/", operation_id="api_predictions_read")
@needs(Permission.PREDICTION_VIEW, lent=True)
def read_prediction(request: HttpRequest, prediction_id: int) -> Annotated[HttpResponse, shapes.Prediction]:
    """Return one prediction."""
    return answer(reading.prediction_json(access.get_prediction(actor(request), prediction_id).pk))


@router.api_operation(["PATCH", "PUT"], "/predictions/{int:prediction_id}/", operation_id="api_predictions_update")
@needs(Permission.PREDICTION_CHANGE)
def update_prediction(
    request: HttpRequest, prediction_id: int, payload: schemas.PredictionPatch
) -> Annotated[HttpResponse, shapes.Prediction]:
    """Change what is sent."""
    prediction = access.get_prediction(actor(request), prediction_id, Permission.PREDICTION_CHANGE)
    actions.update_prediction(prediction=prediction, fields=payload.fields())
    return answer(reading.prediction_json(prediction_id))


@router.delete("/predictions/{int:prediction_id}/", response={204: None}, operation_id="api_predictions_delete")
@needs(Permission.PREDICTION_CHANGE)
def delete_prediction(request: HttpRequest, prediction_id: int) -> Status[Any]:
    """Remove a prediction."""
    actions.delete_prediction(
        prediction=access.get_prediction(actor(request), prediction_id, Permission.PREDICTION_CHANGE)
    )
    return Status(204, None)


@router.get("/projects/{int:project_id}/model-versions/", operation_id="api_projects_model_versions_list")
@needs(Permission.PREDICTION_VIEW, lent=True)
def list_model_versions(
    request: HttpRequest, project_id: int, limit: str = ""
) -> dict[str, int] | shapes.ModelVersions:
    """Return how many predictions each model version made."""
    project = get_project(actor(request), project_id)
    if not bool_param(request, "extended"):
        return model_versions.counts(project)
    wants_live = bool_param(request, "include_live_models")
    return model_versions.extended(project, limit=int_param(request, "limit"), include_live=wants_live)


@router.delete("/projects/{int:project_id}/model-versions/", operation_id="api_projects_model_versions_delete")
@needs(Permission.PREDICTION_CHANGE)
def delete_model_version(
    request: HttpRequest, project_id: int, payload: Body[dict[str, Any]]
) -> shapes.DeletedPredictions:
    """Remove all predictions of a model version."""
    project = get_project(actor(request), project_id, Permission.PREDICTION_CHANGE)
    version = payload.get("model_version")
    if not isinstance(version, str):
        raise Invalid.field("model_version", "Name the model version whose predictions are to be deleted.")
    return {"deleted_predictions": model_versions.delete(project, version)}
