"""The events that a webhook may ask for, with the words of the wire."""

from dataclasses import dataclass

from django.db import models


class Action(models.TextChoices):
    PROJECT_CREATED = "PROJECT_CREATED"
    PROJECT_UPDATED = "PROJECT_UPDATED"
    PROJECT_DELETED = "PROJECT_DELETED"
    TASKS_CREATED = "TASKS_CREATED"
    TASKS_DELETED = "TASKS_DELETED"
    ANNOTATION_CREATED = "ANNOTATION_CREATED"
    ANNOTATIONS_CREATED = "ANNOTATIONS_CREATED"
    ANNOTATION_UPDATED = "ANNOTATION_UPDATED"
    ANNOTATIONS_DELETED = "ANNOTATIONS_DELETED"
    LABEL_LINK_CREATED = "LABEL_LINK_CREATED"
    LABEL_LINK_UPDATED = "LABEL_LINK_UPDATED"
    LABEL_LINK_DELETED = "LABEL_LINK_DELETED"


@dataclass(frozen=True, slots=True)
class ActionInfo:
    """What people read about an action; `key` is the payload key that holds its objects."""

    name: str
    key: str
    description: str = ""
    is_organization_only: bool = False


ACTIONS: dict[Action, ActionInfo] = {
    Action.PROJECT_CREATED: ActionInfo("Project created", "project", is_organization_only=True),
    Action.PROJECT_UPDATED: ActionInfo("Project updated", "project"),
    Action.PROJECT_DELETED: ActionInfo("Project deleted", "project", is_organization_only=True),
    Action.TASKS_CREATED: ActionInfo("Tasks created", "tasks"),
    Action.TASKS_DELETED: ActionInfo("Tasks deleted", "tasks"),
    Action.ANNOTATION_CREATED: ActionInfo("Annotation created", "annotation", "Skipping a task counts as well."),
    Action.ANNOTATIONS_CREATED: ActionInfo("Annotations created", "annotation", "Several at once, by a bulk action."),
    Action.ANNOTATION_UPDATED: ActionInfo("Annotation updated", "annotation"),
    Action.ANNOTATIONS_DELETED: ActionInfo("Annotations deleted", "annotations"),
    Action.LABEL_LINK_CREATED: ActionInfo("Label link created", "label_link"),
    Action.LABEL_LINK_UPDATED: ActionInfo("Label link updated", "label_link"),
    Action.LABEL_LINK_DELETED: ActionInfo("Label link deleted", "label_link"),
}
