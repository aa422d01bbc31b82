"""Routes of the label library."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from postil.accounts.access import actor, needs
from postil.accounts.permissions import Permission
from postil.core.errors import Invalid
from postil.infra.http import int_param, paginate
from postil.infra.picking import names_asked, picked
from postil.infra.shapes import Page
from postil.labels import access, actions, queries, schemas, shapes
from postil.projects.access import get_project
from postil.projects.queries import visible_projects

router = Router(tags=["Labels"])


@router.get("/labels/", operation_id="labels_list")
@needs(Permission.PROJECT_VIEW)
def list_labels(request: HttpRequest, page: str = "", page_size: str = "", expand: str = "") -> Page[shapes.Label]:
    """List the labels of the organization."""
    labels = queries.with_links(queries.visible_labels(actor(request)))
    wants_links = "links" in names_asked(request, "expand")
    return paginate(
        request,
        labels,
        lambda rows: picked(request, [schemas.label_json(row, expand_links=wants_links) for row in rows]),
    )


@router.post("/labels/", response={201: Any}, operation_id="labels_create")
@needs(Permission.ANNOTATION_CREATE)
def create_labels(request: HttpRequest, payload: list[schemas.LabelIn]) -> Status[list[shapes.NewLabel]]:
    """Add labels of one project and link them to its controls; annotators, to a Taxonomy with `legacy` only."""
    who = actor(request)
    if len({item.project for item in payload}) != 1:
        raise Invalid.items(["Give a list of labels that all belong to one project."])
    project = get_project(who, payload[0].project)
    access.require_adding(who, project, {item.from_name for item in payload})
    items: list[actions.NewLabel] = [
        {"title": item.title, "value": item.value, "from_name": item.from_name, "description": item.description}
        for item in payload
    ]
    made = actions.create_labels(who=who, project=project, items=items)
    return Status(201, [schemas.created_label_json(label, link) for label, link in made])


@router.get("/labels/{int:label_id}/", operation_id="labels_read")
@needs(Permission.PROJECT_VIEW)
def read_label(request: HttpRequest, label_id: int, expand: str = "") -> shapes.Label:
    """Return one label."""
    label = access.get_label(actor(request), label_id)
    return picked(request, schemas.label_json(label, expand_links="links" in names_asked(request, "expand")))


@router.api_operation(["PATCH", "PUT"], "/labels/{int:label_id}/", operation_id="labels_update")
@needs(Permission.LABEL_CHANGE)
def update_label(request: HttpRequest, label_id: int, payload: schemas.LabelPatch) -> shapes.Label:
    """Change a label."""
    who = actor(request)
    label = access.get_label(who, label_id)
    return schemas.label_json(actions.update_label(who=who, label=label, fields=payload.fields()))


@router.delete("/labels/{int:label_id}/", response={204: None}, operation_id="labels_delete")
@needs(Permission.LABEL_CHANGE)
def delete_label(request: HttpRequest, label_id: int) -> Status[Any]:
    """Take a label out of the library."""
    actions.delete_label(label=access.get_label(actor(request), label_id))
    return Status(204, None)


@router.post("/labels/bulk/", response=schemas.BulkRenameOut, operation_id="labels_bulk")
@needs(Permission.LABEL_CHANGE)
def rename_in_annotations(request: HttpRequest, payload: schemas.BulkRenameIn) -> dict[str, int]:
    """Replace a label in the annotations of one project, or of all that one may see."""
    who = actor(request)
    if payload.project is not None:
        projects = [get_project(who, payload.project, Permission.LABEL_CHANGE)]
    else:
        projects = list(visible_projects(who))
    count = actions.rename_everywhere(who=who, projects=projects, old=payload.old_label, new=payload.new_label)
    return {"annotations_updated": count}


@router.get("/label_links/", operation_id="label_links_list")
@needs(Permission.PROJECT_VIEW)
def list_links(request: HttpRequest, page: str = "", page_size: str = "", expand: str = "") -> Page[shapes.LabelLink]:
    """List links, of one project or of all that one may see."""
    links = queries.filtered_links(
        queries.visible_links(actor(request)),
        project_id=int_param(request, "project"),
        created_by_id=int_param(request, "label__created_by"),
        created_from=request.GET.get("label__created_at__gte", ""),
        created_to=request.GET.get("label__created_at__lte", ""),
    )
    wants_label = "label" in names_asked(request, "expand")
    return paginate(
        request, links, lambda rows: picked(request, [schemas.link_json(row, expand_label=wants_label) for row in rows])
    )


@router.post("/label_links/", response={201: Any}, operation_id="label_links_create")
@needs(Permission.LABEL_CHANGE)
def create_link(request: HttpRequest, payload: schemas.LabelLinkIn) -> Status[shapes.LabelLink]:
    """Link a label to a control of a project."""
    who = actor(request)
    project = get_project(who, payload.project, Permission.LABEL_CHANGE)
    label = access.get_label(who, payload.label)
    return Status(
        201, schemas.link_json(actions.create_link(project=project, label=label, from_name=payload.from_name))
    )


@router.get("/label_links/{int:link_id}/", operation_id="label_links_read")
@needs(Permission.PROJECT_VIEW)
def read_link(request: HttpRequest, link_id: int, expand: str = "") -> shapes.LabelLink:
    """Return one link."""
    link = access.get_link(actor(request), link_id)
    return picked(request, schemas.link_json(link, expand_label="label" in names_asked(request, "expand")))


@router.api_operation(["PATCH", "PUT"], "/label_links/{int:link_id}/", operation_id="label_links_update")
@needs(Permission.LABEL_CHANGE)
def update_link(request: HttpRequest, link_id: int, payload: schemas.LabelLinkPatch) -> shapes.LabelLink:
    """Point a link at another control."""
    link = access.get_link(actor(request), link_id)
    return schemas.link_json(actions.update_link(link=link, from_name=payload.from_name))


@router.delete("/label_links/{int:link_id}/", response={204: None}, operation_id="label_links_delete")
@needs(Permission.ANNOTATION_CREATE)
def delete_link(request: HttpRequest, link_id: int) -> Status[Any]:
    """Unlink a label."""
    who = actor(request)
    link = access.get_link(who, link_id)
    access.require_removing(who, link)
    actions.delete_link(link=link)
    return Status(204, None)
