"""Routes of drafts."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from postil.accounts.access import actor, needs
from postil.accounts.permissions import Permission
from postil.core.errors import NotFound
from postil.infra.http import check_if_match
from postil.tasks import access, actions, documents, queries, reading, schemas, shapes
from postil.tasks.answering import answer

router = Router(tags=["Drafts"])


@router.get("/tasks/{int:task_id}/drafts/", operation_id="api_tasks_drafts_list")
@needs(Permission.ANNOTATION_VIEW)
def list_drafts(request: HttpRequest, task_id: int) -> Annotated[HttpResponse, list[shapes.Draft]]:
    """List the drafts on a task."""
    who = actor(request)
    found = queries.visible_drafts(who).filter(task=access.get_task(who, task_id)).order_by("pk")
    return answer([documents.draft_json(row) for row in queries.draft_rows(found)])


@router.post("/tasks/{int:task_id}/drafts/", response={201: Any}, operation_id="api_tasks_drafts_create")
@needs(Permission.ANNOTATION_CREATE)
def create_draft(
    request: HttpRequest, task_id: int, payload: schemas.NewDraftIn
) -> Annotated[HttpResponse, shapes.Draft]:
    """Keep unfinished work on a task."""
    who = actor(request)
    draft = actions.save_draft(task=access.get_task(who, task_id), who=who, fields=payload.fields())
    return answer(reading.draft_json(draft.pk), 201, revision=draft.revision)


@router.get("/tasks/{int:task_id}/annotations/{int:annotation_id}/drafts/", operation_id="api_annotations_drafts_list")
@needs(Permission.ANNOTATION_VIEW)
def list_annotation_drafts(
    request: HttpRequest, task_id: int, annotation_id: int
) -> Annotated[HttpResponse, list[shapes.Draft]]:
    """List the drafts of an annotation."""
    who = actor(request)
    access.get_task(who, task_id)
    found = queries.visible_drafts(who).filter(task=task_id, annotation=annotation_id).order_by("pk")
    return answer([documents.draft_json(row) for row in queries.draft_rows(found)])


@router.post(
    "/tasks/{int:task_id}/annotations/{int:annotation_id}/drafts/",
    response={201: Any},
    operation_id="api_annotations_drafts_create",
)
@needs(Permission.ANNOTATION_CREATE)
def create_annotation_draft(
    request: HttpRequest, task_id: int, annotation_id: int, payload: schemas.NewDraftIn
) -> Annotated[HttpResponse, shapes.Draft]:
    """Keep unfinished changes of an annotation."""
    who = actor(request)
    task = access.get_task(who, task_id)
    annotation = access.get_annotation(who, annotation_id)
    if annotation.task_id != task.pk:
        raise NotFound("No Annotation matches the given query.")
    draft = actions.save_draft(task=task, who=who, fields=payload.fields(), annotation=annotation)
    return answer(reading.draft_json(draft.pk), 201, revision=draft.revision)


@router.get("/drafts/{int:draft_id}/", operation_id="api_drafts_read")
@needs(Permission.ANNOTATION_VIEW)
def read_draft(request: HttpRequest, draft_id: int) -> Annotated[HttpResponse, shapes.Draft]:
    """Return one draft."""
    draft = access.get_draft(actor(request), draft_id)
    return answer(reading.draft_json(draft.pk), revision=draft.revision)


@router.api_operation(["PATCH", "PUT"], "/drafts/{int:draft_id}/", operation_id="api_drafts_update")
@needs(Permission.ANNOTATION_CREATE)
def update_draft(
    request: HttpRequest, draft_id: int, payload: schemas.DraftIn
) -> Annotated[HttpResponse, shapes.Draft]:
    """Change a draft."""
    draft = access.get_draft(actor(request), draft_id, to_change=True)
    changed = actions.update_draft(
        draft=draft,
        fields=payload.fields(),
        may_change=lambda revision: check_if_match(request, revision, lambda: reading.draft_json(draft_id)),
    )
    return answer(reading.draft_json(draft_id), revision=changed.revision)


@router.delete("/drafts/{int:draft_id}/", response={204: None}, operation_id="api_drafts_delete")
@needs(Permission.ANNOTATION_CREATE)
def delete_draft(request: HttpRequest, draft_id: int) -> Status[Any]:
    """Throw a draft away."""
    actions.delete_draft(draft=access.get_draft(actor(request), draft_id, to_change=True))
    return Status(204, None)
