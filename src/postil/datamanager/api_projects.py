"""Routes of what happens to whole projects with their tasks: copies, and label configs that take answers along."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from postil.accounts.access import actor, needs, require
from postil.accounts.permissions import Permission
from postil.datamanager import duplicating, schema_assistant, schemas, shapes
from postil.infra.jobs import job_json
from postil.infra.shapes import JobStarted
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


@router.post("/projects/{int:project_id}/config-changes/", operation_id="api_projects_config_changes")
@needs(Permission.PROJECT_CHANGE)
def read_config_changes(request: HttpRequest, project_id: int, payload: schemas.ConfigChangeIn) -> shapes.ConfigChanges:
    """Say which labels and controls a new label config lacks, what uses them, and what can be done; changes nothing."""
    project = get_project(actor(request), project_id, Permission.PROJECT_CHANGE)
    return schema_assistant.changes_json(project, payload.label_config)


@router.post(
    "/projects/{int:project_id}/migrate-config/", response={202: Any}, operation_id="api_projects_migrate_config"
)
@needs(Permission.PROJECT_CHANGE)
def migrate_config(request: HttpRequest, project_id: int, payload: schemas.MigrateIn) -> Status[JobStarted]:
    """Save a label config, and have a job bring the annotations over to it; `dm/undo` takes both back."""
    who = actor(request)
    project = get_project(who, project_id, Permission.PROJECT_CHANGE)
    for permission in (Permission.LABEL_CHANGE, Permission.ANNOTATION_CHANGE_ALL):
        require(who, permission)
    job = schema_assistant.migrate(who=who, project=project, label_config=payload.label_config, steps=payload.steps)
    return Status(202, {"job": job_json(job)})
