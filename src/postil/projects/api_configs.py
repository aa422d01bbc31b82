"""Routes of label configs: checking, versions, examples, templates."""

from typing import Any, cast

from django.http import HttpRequest
from ninja import Router, Status

from postil.accounts.access import actor, needs, public
from postil.accounts.permissions import Permission
from postil.core.errors import Invalid
from postil.labeling.checker import check_config
from postil.labeling.derived import config_has_control_tags, parsed_label_config
from postil.labeling.gallery import groups, templates
from postil.labeling.sample import sample_document, sample_task
from postil.projects import access, configs, schemas, shapes, versions
from postil.projects.models import Project

router = Router(tags=["Label configs"])


@router.post("/projects/validate/", response={204: None, 400: Any}, operation_id="api_projects_validate_create")
@public
def validate_config(request: HttpRequest, payload: schemas.ConfigIn) -> Status[Any]:
    """Say whether a label config could be saved."""
    try:
        configs.check_savable(payload.label_config)
    except Invalid as error:
        return Status(400, error.fields)  # LS: this address answers with the bare map of fields
    return Status(204, None)


@router.get("/projects/{int:project_id}/validate/", operation_id="api_projects_validate_read")
@needs(Permission.PROJECT_VIEW)
def read_config(request: HttpRequest, project_id: int) -> shapes.ConfigText:
    """Return the label config of a project."""
    return {"label_config": access.get_project(actor(request), project_id).label_config}


@router.post("/projects/{int:project_id}/validate/", operation_id="api_projects_validate_config")
@needs(Permission.PROJECT_CHANGE)
def validate_change(request: HttpRequest, project_id: int, payload: schemas.ConfigIn) -> shapes.ConfigChange:
    """Say whether a project could take a label config, and whether it changes what is asked."""
    project = access.get_project(actor(request), project_id, Permission.PROJECT_CHANGE)
    try:
        config = configs.check_savable(payload.label_config)
        configs.check_change(project, config, strict=True)
    except Invalid as error:
        raise Invalid.items(error.fields["label_config"]) from None
    return {"config_essential_data_has_changed": configs.has_essential_change(project, config)}


@router.post("/label-config/check/", operation_id="api_label_config_check")
@needs(Permission.PROJECT_VIEW)
def check_label_config(request: HttpRequest, payload: schemas.ConfigCheckIn) -> shapes.ConfigCheck:
    """Return everything that is wrong with a label config, with its place, and what a project would lose by it."""
    project: Project | None = None
    if payload.project is not None:
        project = access.get_project(actor(request), payload.project)
    found = check_config(payload.label_config)
    answer: shapes.ConfigCheck = {
        "problems": cast("list[shapes.ConfigProblem]", [problem.as_dict() for problem in found.problems]),
        "parsed_label_config": None,
        "sample_task": None,
        "config_has_control_tags": False,
        "breaks": [],
    }
    if found.config is not None:
        answer["parsed_label_config"] = parsed_label_config(found.config)
        answer["sample_task"] = sample_task(found.config)
        answer["config_has_control_tags"] = config_has_control_tags(found.config)
        if project is not None:
            answer["breaks"] = cast(
                "list[shapes.ConfigBreak]", [item.as_dict() for item in configs.breaks_of(project, found.config)]
            )
    return answer


@router.get("/projects/{int:project_id}/config-versions/", operation_id="api_projects_config_versions_list")
@needs(Permission.PROJECT_CHANGE)
def list_config_versions(request: HttpRequest, project_id: int) -> list[shapes.ConfigVersion]:
    """List all label configs that the project ever had, newest first."""
    return versions.versions_json(access.get_project(actor(request), project_id, Permission.PROJECT_CHANGE))


@router.post("/projects/{int:project_id}/sample-task/", operation_id="api_projects_sample_task_create")
@needs(Permission.PROJECT_VIEW)
def make_sample_task(request: HttpRequest, project_id: int, payload: schemas.SampleTaskIn) -> shapes.SampleTask:
    """Return an example task for a label config."""
    access.get_project(actor(request), project_id)
    config = configs.check_savable(payload.label_config)
    made = sample_document(config) if payload.include_annotation_and_prediction else sample_task(config)
    return {"sample_task": made}


@router.get("/templates/", operation_id="api_templates_list")
@needs(Permission.PROJECT_VIEW)
def list_templates(request: HttpRequest) -> shapes.Templates:
    """List the gallery of ready-made label configs."""
    listed = [cast("shapes.Template", template.record()) for template in templates()]
    return {"templates": listed, "groups": list(groups())}
