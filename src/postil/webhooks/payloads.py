"""What webhooks are told of an event: the words and shapes of the wire, one function an event."""

from collections.abc import Callable
from typing import Any

from postil.infra.prepared import PreparedRows, Slot
from postil.labels.events import LabelLinkCreated, LabelLinkDeleted, LabelLinkUpdated
from postil.labels.models import LabelLink
from postil.labels.schemas import label_json, link_json
from postil.projects.documents import stored_project_json
from postil.projects.events import ProjectCreated, ProjectDeleted, ProjectUpdated
from postil.projects.models import Project
from postil.tasks import queries
from postil.tasks.documents import full_annotation_json, stored_task_json
from postil.tasks.events import (
    AnnotationCreated,
    AnnotationsCreated,
    AnnotationsDeleted,
    AnnotationUpdated,
    TasksCreated,
    TasksDeleted,
)
from postil.tasks.models import Annotation, Task
from postil.webhooks.enums import Action

Payload = dict[str, Any]
# What each submit tells.
_TASK = PreparedRows[Any](lambda: queries.task_rows(Task.objects.filter(pk=Slot("task"))))
_ANNOTATION = PreparedRows[Any](lambda: queries.annotation_rows(Annotation.objects.filter(pk=Slot("annotation"))))


def tasks_created(event: TasksCreated) -> Payload:
    """Return the new tasks, all in one call."""
    return {"tasks": _tasks(event.task_ids)}


def tasks_deleted(event: TasksDeleted) -> Payload:
    """Return the ids alone."""
    return {"tasks": [{"id": task_id} for task_id in event.task_ids]}


def annotation_saved(event: AnnotationCreated | AnnotationUpdated) -> Payload:
    """Return one annotation with its task."""
    [annotation] = _ANNOTATION.all(annotation=event.annotation_id)
    [task] = _TASK.all(task=event.task_id)
    return {"annotation": full_annotation_json(annotation), "task": stored_task_json(task)}


def annotations_created(event: AnnotationsCreated) -> Payload:
    """Return several annotations with their tasks. LS: lists under the singular names."""
    annotations = _annotations(event.annotation_ids)
    task_ids = tuple(dict.fromkeys(annotation["task"] for annotation in annotations))
    return {"annotation": annotations, "task": _tasks(task_ids)}


def annotations_deleted(event: AnnotationsDeleted) -> Payload:
    """Return the ids alone."""
    return {"annotations": [{"id": annotation_id} for annotation_id in event.annotation_ids]}


def label_link_saved(event: LabelLinkCreated | LabelLinkUpdated) -> Payload:
    """Return one link with its label."""
    link = LabelLink.objects.select_related("label").get(pk=event.link_id)
    return {"label_link": link_json(link), "label": label_json(link.label)}


def label_link_deleted(event: LabelLinkDeleted) -> Payload:
    """Return the id alone."""
    return {"label_link": {"id": event.link_id}}


def _nothing(_event: object) -> Payload:
    return {}


def _tasks(ids: tuple[int, ...]) -> list[Payload]:
    return [stored_task_json(row) for row in queries.task_rows(Task.objects.filter(pk__in=ids).order_by("pk"))]


def _annotations(ids: tuple[int, ...]) -> list[Payload]:
    rows = queries.annotation_rows(Annotation.objects.filter(pk__in=ids).order_by("pk"))
    return [full_annotation_json(row) for row in rows]


# Event -> the action it is on the wire, and what it tells beside the project.
PAYLOADS: dict[type, tuple[Action, Callable[[Any], Payload]]] = {
    ProjectCreated: (Action.PROJECT_CREATED, _nothing),
    ProjectUpdated: (Action.PROJECT_UPDATED, _nothing),
    ProjectDeleted: (Action.PROJECT_DELETED, _nothing),
    TasksCreated: (Action.TASKS_CREATED, tasks_created),
    TasksDeleted: (Action.TASKS_DELETED, tasks_deleted),
    AnnotationCreated: (Action.ANNOTATION_CREATED, annotation_saved),
    AnnotationsCreated: (Action.ANNOTATIONS_CREATED, annotations_created),
    AnnotationUpdated: (Action.ANNOTATION_UPDATED, annotation_saved),
    AnnotationsDeleted: (Action.ANNOTATIONS_DELETED, annotations_deleted),
    LabelLinkCreated: (Action.LABEL_LINK_CREATED, label_link_saved),
    LabelLinkUpdated: (Action.LABEL_LINK_UPDATED, label_link_saved),
    LabelLinkDeleted: (Action.LABEL_LINK_DELETED, label_link_deleted),
}


def project_part(action: Action, project: Project) -> Payload:
    """Return the project as every event names it; of a deleted one the id alone."""
    return {"id": project.pk} if action == Action.PROJECT_DELETED else stored_project_json(project)
