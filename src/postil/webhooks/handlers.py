"""Reacts to events: writes what is owed to webhooks, in the transaction of the event."""

from typing import Any

from django.db import transaction

from postil.projects.models import Project
from postil.tasks.events import AnnotationsUpdated, AnnotationUpdated
from postil.tasks.models import Annotation
from postil.webhooks import actions, queries
from postil.webhooks.enums import Action
from postil.webhooks.payloads import PAYLOADS, project_part
from postil.webhooks.sender import send_now


def owe_updates(event: AnnotationsUpdated) -> None:
    """Queue one call for every changed annotation: on the wire, changes are told one by one."""
    if queries.webhooks_for(Action.ANNOTATION_UPDATED, event.project_id):
        found = Annotation.objects.filter(pk__in=event.annotation_ids).order_by("pk")
        for annotation_id, task_id in found.values_list("pk", "task_id"):
            owe_calls(AnnotationUpdated(event.project_id, task_id, annotation_id))


def owe_calls(event: Any) -> None:
    """Queue one call for every webhook that wants to hear of this event."""
    action, tell = PAYLOADS[type(event)]
    hooks = queries.webhooks_for(action, event.project_id)
    if not hooks:
        return
    project = Project.all_objects.get(pk=event.project_id)
    body = {"action": action.value, "project": project_part(action, project), **tell(event)}
    deliveries = [actions.queue(hook, action, body) for hook in hooks]
    transaction.on_commit(lambda: send_now(deliveries))
