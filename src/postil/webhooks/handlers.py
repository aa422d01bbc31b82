"""Reacts to events: writes what is owed to webhooks, in the transaction of the event."""

from typing import Any

from django.db import transaction

from postil.projects.models import Project
from postil.webhooks import actions, queries
from postil.webhooks.payloads import PAYLOADS, project_part
from postil.webhooks.sender import send_now


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
