"""Routes of imports and uploads."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Status

from postil.accounts.access import actor, needs
from postil.accounts.permissions import Permission
from postil.imports import access, actions, predictions, requests, schemas, shapes
from postil.infra.http import read_body
from postil.projects.access import get_project

router = Router(tags=["Import"])
HEAVY: int = settings.CONFIG.heavy_requests_per_minute
# At once, or as a job; nothing to read again.
ANSWERS = {200: Any, 201: Any, 202: Any}


@router.post("/projects/{int:project_id}/import/", response=ANSWERS, operation_id="api_projects_import_create")
@needs(Permission.IMPORT, waits=True, per_minute=HEAVY)
def import_tasks(request: HttpRequest, project_id: int) -> Status[shapes.ImportCounts | shapes.ImportStarted]:
    """Import tasks from JSON, files or an address; `mode=job` answers at once with a job."""
    who = actor(request)
    status, answer = requests.import_tasks(request, who, get_project(who, project_id, Permission.IMPORT))
    return Status(status, answer)


@router.post("/projects/{int:project_id}/tasks/bulk/", response=ANSWERS, operation_id="api_projects_tasks_bulk_create")
@needs(Permission.IMPORT, waits=True, per_minute=HEAVY)
def import_tasks_in_bulk(request: HttpRequest, project_id: int) -> Status[shapes.ImportCounts | shapes.ImportStarted]:
    """Import tasks; another name of the same."""
    who = actor(request)
    status, answer = requests.import_tasks(request, who, get_project(who, project_id, Permission.IMPORT))
    return Status(status, answer)


@router.post("/projects/{int:project_id}/reimport/", response=ANSWERS, operation_id="api_projects_reimport_create")
@needs(Permission.IMPORT, waits=True, per_minute=HEAVY)
def reimport(
    request: HttpRequest, project_id: int, payload: schemas.ReimportIn
) -> Status[shapes.ImportCounts | shapes.ImportStarted]:
    """Read uploads again; their tasks are replaced."""
    who = actor(request)
    project = get_project(who, project_id, Permission.IMPORT)
    status, answer = requests.reimport(request, who, project, payload.file_upload_ids, payload.files_as_tasks_list)
    return Status(status, answer)


@router.get("/projects/{int:project_id}/imports/{str:import_id}/", operation_id="api_projects_imports_read")
@needs(Permission.IMPORT)
def read_import(request: HttpRequest, project_id: int, import_id: str) -> shapes.ImportState:
    """Return how far an import is that was not done within its request."""
    project = get_project(actor(request), project_id, Permission.IMPORT)
    return schemas.import_json(access.get_import(project, import_id))


@router.get("/projects/{int:project_id}/reimports/{str:import_id}/", operation_id="api_projects_reimports_read")
@needs(Permission.IMPORT)
def read_reimport(request: HttpRequest, project_id: int, import_id: str) -> shapes.ImportState:
    """Return how far a reimport is that was not done within its request."""
    return read_import(request, project_id, import_id)


@router.post(
    "/projects/{int:project_id}/import/predictions/",
    response={201: Any},
    operation_id="api_projects_import_predictions_create",
)
@needs(Permission.IMPORT, lent=True)
def import_predictions(request: HttpRequest, project_id: int) -> Status[shapes.PredictionsImported]:
    """Store predictions for tasks of the project."""
    who = actor(request)
    project = get_project(who, project_id, Permission.IMPORT)
    stored = predictions.import_predictions(who=who, project=project, items=read_body(request))
    return Status(201, stored.answer())


@router.get("/projects/{int:project_id}/file-uploads/", operation_id="api_projects_file_uploads_list")
@needs(Permission.IMPORT)
def list_uploads(request: HttpRequest, project_id: int) -> list[shapes.FileUpload]:
    """List the caller's uploads: all of them, or those named."""
    who = actor(request)
    project = get_project(who, project_id, Permission.IMPORT)
    return [schemas.upload_json(upload) for upload in requests.asked_uploads(request, who, project)]


@router.delete("/projects/{int:project_id}/file-uploads/", operation_id="api_projects_file_uploads_delete")
@needs(Permission.IMPORT)
def delete_uploads(request: HttpRequest, project_id: int) -> shapes.Deleted:
    """Delete the caller's uploads: those named, or all. Tasks that came from them stay."""
    who = actor(request)
    project = get_project(who, project_id, Permission.IMPORT)
    wanted = schemas.UploadIds.model_validate(read_body(request) or {})
    uploads = access.own_uploads(who, project, wanted.file_upload_ids)
    return {"deleted": actions.delete_uploads(who=who, project=project, uploads=uploads)}


@router.api_operation(
    ["GET", "PATCH", "PUT"], "/import/file-upload/{int:upload_id}/", operation_id="api_import_file_upload_read"
)
@needs(Permission.IMPORT)
def read_upload(request: HttpRequest, upload_id: int) -> shapes.FileUpload:
    """Return one upload. Nothing of it can be changed: writes answer with what is there."""
    return schemas.upload_json(access.get_upload(actor(request), upload_id))


@router.delete(
    "/import/file-upload/{int:upload_id}/", response={204: None}, operation_id="api_import_file_upload_delete"
)
@needs(Permission.IMPORT)
def delete_upload(request: HttpRequest, upload_id: int) -> Status[Any]:
    """Delete one upload."""
    who = actor(request)
    upload = access.get_upload(who, upload_id, Permission.IMPORT)
    actions.delete_uploads(who=who, project=upload.project, uploads=[upload])
    return Status(204, None)
