"""Routes of annotations and their versions."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from postil.accounts.access import actor, needs
from postil.accounts.documents import user_simple
from postil.accounts.permissions import Permission
from postil.core.clock import iso
from postil.core.errors import NotFound
from postil.infra.http import bool_param, check_if_match
from postil.infra.picking import names_asked, picked
from postil.projects.trash import entry_of, restore_entry
from postil.tasks import access, annotation_actions, documents, queries, reading, schemas, shapes
from postil.tasks.answering import answer
from postil.tasks.models import Annotation, AnnotationVersion

router = Router(tags=["Annotations"])


@router.get("/tasks/{int:task_id}/annotations/", operation_id="api_tasks_annotations_list")
@needs(Permission.ANNOTATION_VIEW, lent=True)
def list_annotations(request: HttpRequest, task_id: int) -> Annotated[HttpResponse, list[shapes.Annotation]]:
    """List the annotations of a task without skipped ones, oldest first."""
    who = actor(request)
    task = access.get_task(who, task_id)
    found = queries.visible_annotations(who).filter(task=task, was_cancelled=False).order_by("pk")
    wants_author = "completed_by" in names_asked(request, "expand")
    shown = documents.annotation_with_author_json if wants_author else documents.annotation_json
    return answer(picked(request, [shown(row) for row in queries.annotation_rows(found)]))


@router.post("/tasks/{int:task_id}/annotations/", response={201: Any}, operation_id="api_tasks_annotations_create")
@needs(Permission.ANNOTATION_CREATE)
def create_annotation(
    request: HttpRequest, task_id: int, payload: schemas.AnnotationIn
) -> Annotated[HttpResponse, shapes.Annotation]:
    """Submit an annotation, or skip the task with `was_cancelled`."""
    who = actor(request)
    task = access.get_task_key(who, task_id)
    fields = payload.fields()
    if bool_param(request, "was_cancelled"):
        fields["was_cancelled"] = True
    annotation = annotation_actions.create_annotation(task=task, who=who, fields=fields)
    return answer(reading.new_annotation_json(annotation, who.user), 201, revision=annotation.revision)


@router.get("/annotations/{int:annotation_id}/", operation_id="api_annotations_read")
@needs(Permission.ANNOTATION_VIEW, lent=True)
def read_annotation(
    request: HttpRequest, annotation_id: int, expand: str = ""
) -> Annotated[HttpResponse, shapes.Annotation]:
    """Return one annotation."""
    annotation = access.get_annotation(actor(request), annotation_id)
    shown = reading.annotation_json(annotation_id, expand="completed_by" in names_asked(request, "expand"))
    return answer(picked(request, shown), revision=annotation.revision)


@router.api_operation(["PATCH", "PUT"], "/annotations/{int:annotation_id}/", operation_id="api_annotations_update")
@needs(Permission.ANNOTATION_CREATE)
def update_annotation(
    request: HttpRequest, annotation_id: int, payload: schemas.AnnotationPatch
) -> Annotated[HttpResponse, shapes.Annotation]:
    """Change what is sent; the state before stays as a version."""
    who = actor(request)
    annotation = access.get_annotation(who, annotation_id, Permission.ANNOTATION_CHANGE_ALL)
    changed = annotation_actions.update_annotation(
        annotation=annotation, who=who, fields=payload.fields(), may_change=_if_match(request, annotation_id)
    )
    return answer(reading.annotation_json(annotation_id), revision=changed.revision)


@router.delete("/annotations/{int:annotation_id}/", response={204: None}, operation_id="api_annotations_delete")
@needs(Permission.ANNOTATION_CREATE)
def delete_annotation(request: HttpRequest, annotation_id: int) -> Status[Any]:
    """Put the annotation into the trash."""
    who = actor(request)
    annotation = access.get_annotation(who, annotation_id, Permission.ANNOTATION_DELETE_ALL)
    annotation_actions.delete_annotation(annotation=annotation, who=who, may_change=_if_match(request, annotation_id))
    return Status(204, None)


@router.post("/annotations/{int:annotation_id}/restore/", operation_id="api_annotations_restore")
@needs(Permission.TRASH)
def restore_annotation(request: HttpRequest, annotation_id: int) -> Annotated[HttpResponse, shapes.Annotation]:
    """Bring an annotation back from the trash."""
    who = actor(request)
    restore_entry(who=who, entry=entry_of(access.get_trashed_annotation(who, annotation_id)))
    return answer(reading.annotation_json(annotation_id))


@router.post(
    "/annotations/{int:annotation_id}/convert-to-draft/",
    response={201: Any},
    operation_id="api_annotations_convert_to_draft",
)
@needs(Permission.ANNOTATION_CREATE)
def convert_to_draft(request: HttpRequest, annotation_id: int) -> Annotated[HttpResponse, shapes.Draft]:
    """Turn an annotation into a draft of its author."""
    who = actor(request)
    annotation = access.get_annotation(who, annotation_id, Permission.ANNOTATION_DELETE_ALL)
    draft = annotation_actions.convert_to_draft(annotation=annotation, who=who)
    return answer(reading.draft_json(draft.pk), 201)


@router.get("/annotations/{int:annotation_id}/versions/", operation_id="api_annotations_versions_list")
@needs(Permission.ANNOTATION_VIEW)
def list_versions(request: HttpRequest, annotation_id: int) -> list[shapes.AnnotationVersion]:
    """List the states of an annotation, newest first; the first is the present one."""
    annotation = access.get_annotation(actor(request), annotation_id)
    return [_present(annotation), *(_version(version) for version in queries.versions_of(annotation))]


@router.post(
    "/annotations/{int:annotation_id}/versions/{int:number}/restore/", operation_id="api_annotations_versions_restore"
)
@needs(Permission.ANNOTATION_CREATE)
def restore_version(
    request: HttpRequest, annotation_id: int, number: int
) -> Annotated[HttpResponse, shapes.Annotation]:
    """Give an annotation an earlier state again."""
    who = actor(request)
    annotation = access.get_annotation(who, annotation_id, Permission.ANNOTATION_CHANGE_ALL)
    version = queries.versions_of(annotation).filter(number=number).first()
    if version is None:
        raise NotFound(f"Annotation {annotation_id} has no earlier version {number}.")
    changed = annotation_actions.restore_version(
        annotation=annotation, who=who, version=version, may_change=_if_match(request, annotation_id)
    )
    return answer(reading.annotation_json(annotation_id), revision=changed.revision)


def _if_match(request: HttpRequest, annotation_id: int) -> annotation_actions.MayChange:
    """Return a check of `If-Match` that refuses with the annotation as it is now."""
    return lambda revision: check_if_match(request, revision, lambda: reading.annotation_json(annotation_id))


def _present(annotation: Annotation) -> shapes.AnnotationVersion:
    by = annotation.updated_by or annotation.completed_by
    return {
        "number": annotation.revision,
        "action": annotation.revision_action,
        "created_at": iso(annotation.updated_at),
        "created_by": user_simple(by) if by else None,
        **_state(annotation),
    }


def _version(version: AnnotationVersion) -> shapes.AnnotationVersion:
    return {
        "number": version.number,
        "action": version.action,
        "created_at": iso(version.created_at),
        "created_by": user_simple(version.created_by) if version.created_by else None,
        **_state(version),
    }


def _state(row: Annotation | AnnotationVersion) -> shapes.AnnotationState:
    return {
        "result": row.result,
        "config_version": row.config_version_id,
        "lead_time": row.lead_time,
        "was_cancelled": row.was_cancelled,
        "ground_truth": row.ground_truth,
    }
