"""Reacts to events: writes what is owed to webhooks, in the transaction of the event."""

from typing import Any

from django.db import transaction

from postil.infra.prepared import PreparedRows, Slot
from postil.projects.models import Project
from postil.tasks.events import AnnotationsUpdated, AnnotationUpdated
from postil.tasks.models import Annotation
from postil.webhooks import actions, queries, sender
from postil.webhooks.enums import Action
from postil.webhooks.payloads import PAYLOADS, project_part

_PROJECT = PreparedRows[Project](lambda: Project.all_objects.filter(pk=Slot("project")))


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
    [project] = _PROJECT.all(project=event.project_id)
    body = {"action": action.value, "project": project_part(action, project), **tell(event)}
    ours = [hook for hook in hooks if sender.is_sent_here(hook.pk)]
    actions.queue([hook for hook in hooks if hook not in ours], action, body)
    if ours:
        deliveries = actions.queue(ours, action, body, for_s=sender.head_start_s())
        transaction.on_commit(lambda: sender.send_now(deliveries))
