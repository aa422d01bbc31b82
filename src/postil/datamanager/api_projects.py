"""Routes of what happens to whole projects with their tasks: duplicating."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from postil.accounts.access import actor, needs
from postil.accounts.permissions import Permission
from postil.datamanager import duplicating, schemas, shapes
from postil.infra.jobs import job_json
from postil.projects.access import get_project

router = Router(tags=["Projects"])


@router.post(
    "/projects/{int:project_id}/duplicate/", response={201: Any, 202: Any}, operation_id="api_projects_duplicate"
)
@needs(Permission.PROJECT_CREATE)
def duplicate_project(request: HttpRequest, project_id: int, payload: schemas.DuplicateIn) -> Status[shapes.Duplicated]:
    """Make a copy of a project: its settings alone, or a job brings its tasks, or those with their annotations."""
    who = actor(request)
    project = get_project(who, project_id, Permission.PROJECT_CHANGE)
    made, job = duplicating.duplicate_project(who=who, project=project, mode=payload.mode, title=payload.title)
    return Status(201 if job is None else 202, {"id": made.pk, "job": job_json(job) if job is not None else None})
