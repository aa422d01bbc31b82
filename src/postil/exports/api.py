"""Routes of exports."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Router, Status

from postil.accounts.access import actor, needs
from postil.accounts.permissions import Permission
from postil.exports import access, actions, queries, requests, schemas, shapes
from postil.formats.exporters import choices
from postil.labeling.config import parse_config
from postil.projects.access import get_project

router = Router(tags=["Export"])
HEAVY: int = settings.CONFIG.heavy_requests_per_minute


@router.get("/projects/{int:project_id}/export/formats/", operation_id="api_projects_export_formats_read")
@needs(Permission.EXPORT)
def list_formats(request: HttpRequest, project_id: int) -> list[shapes.ExportFormat]:
    """List the formats, those that suit the project's label config first."""
    project = get_project(actor(request), project_id, Permission.EXPORT)
    return [schemas.format_json(choice) for choice in choices(parse_config(project.label_config))]


@router.get("/exports/formats/", operation_id="api_exports_formats_list")
@needs(Permission.EXPORT)
def list_formats_with_limits(request: HttpRequest, project: int) -> list[shapes.ExportFormatWithLimits]:
    """List the formats with what each carries and what it loses."""
    found = get_project(actor(request), project, Permission.EXPORT)
    return [schemas.format_with_limits_json(choice) for choice in choices(parse_config(found.label_config))]


@router.get("/projects/{int:project_id}/export/", operation_id="api_projects_export_read")
@needs(Permission.EXPORT, per_minute=HEAVY, lent=True)
def export_file(request: HttpRequest, project_id: int) -> HttpResponseBase:
    """Answer with an export file."""
    who = actor(request)
    return requests.direct(request, who, get_project(who, project_id, Permission.EXPORT))


@router.get("/projects/{int:project_id}/export/files/", operation_id="api_projects_export_files_list")
@needs(Permission.EXPORT)
def list_files(request: HttpRequest, project_id: int) -> shapes.ExportedFiles:
    """List the finished snapshots as files."""
    project = get_project(actor(request), project_id, Permission.EXPORT)
    return {"export_files": [schemas.file_json(export) for export in queries.exports_of(project) if export.file_name]}


@router.get("/auth/export/", operation_id="api_auth_export_read")
@needs(Permission.EXPORT)
def may_fetch_file(request: HttpRequest) -> HttpResponse:
    """Say whether the caller may fetch the export file named in `X-Original-URI`: for a web server in front."""
    who = actor(request)
    get_project(who, requests.project_of_file(request), Permission.EXPORT)
    return HttpResponse()


@router.get("/projects/{int:project_id}/exports/", operation_id="api_projects_exports_list")
@needs(Permission.EXPORT)
def list_exports(request: HttpRequest, project_id: int) -> list[shapes.Export]:
    """List the snapshots of a project, newest first."""
    project = get_project(actor(request), project_id, Permission.EXPORT)
    return [schemas.export_json(export) for export in queries.exports_of(project)]


@router.post("/projects/{int:project_id}/exports/", response={201: Any}, operation_id="api_projects_exports_create")
@needs(Permission.EXPORT, waits=True, per_minute=HEAVY)
def create_export(request: HttpRequest, project_id: int, payload: schemas.ExportIn) -> Status[shapes.NewExport]:
    """Make a snapshot of a project."""
    who = actor(request)
    return Status(201, requests.create(who, get_project(who, project_id, Permission.EXPORT), payload))


@router.get("/projects/{int:project_id}/exports/{int:export_id}/", operation_id="api_projects_exports_read")
@needs(Permission.EXPORT)
def read_export(request: HttpRequest, project_id: int, export_id: int) -> shapes.Export:
    """Return one snapshot."""
    project = get_project(actor(request), project_id, Permission.EXPORT)
    return schemas.export_json(access.get_export(project, export_id))


@router.delete(
    "/projects/{int:project_id}/exports/{int:export_id}/",
    response={204: None},
    operation_id="api_projects_exports_delete",
)
@needs(Permission.EXPORT)
def delete_export(request: HttpRequest, project_id: int, export_id: int) -> Status[Any]:
    """Delete a snapshot with its files."""
    who = actor(request)
    export = access.get_export(get_project(who, project_id, Permission.EXPORT), export_id)
    actions.delete_export(who=who, export=export)
    return Status(204, None)


@router.post(
    "/projects/{int:project_id}/exports/{int:export_id}/convert/", operation_id="api_projects_exports_convert_create"
)
@needs(Permission.EXPORT, waits=True, per_minute=HEAVY)
def convert_export(
    request: HttpRequest, project_id: int, export_id: int, payload: schemas.ConvertIn
) -> shapes.Conversion:
    """Convert a snapshot into another format."""
    who = actor(request)
    export = access.get_export(get_project(who, project_id, Permission.EXPORT), export_id)
    return requests.convert(who, export, payload)


@router.get(
    "/projects/{int:project_id}/exports/{int:export_id}/download/", operation_id="api_projects_exports_download_read"
)
@needs(Permission.EXPORT, per_minute=HEAVY)
def download_export(request: HttpRequest, project_id: int, export_id: int) -> HttpResponseBase:
    """Answer with a snapshot as a file, in any format."""
    project = get_project(actor(request), project_id, Permission.EXPORT)
    return requests.download(request, access.get_export(project, export_id))
