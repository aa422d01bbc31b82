"""Reads of webhooks and their deliveries."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from postil.accounts.access import Actor
from postil.infra.prepared import PreparedRows, Slot
from postil.projects.queries import visible_projects
from postil.webhooks.enums import ACTIONS, Action
from postil.webhooks.models import Delivery, DeliveryState, Webhook


def _listening(organization_only: bool) -> QuerySet[Webhook]:
    scope = Q(project=None, organization__projects=Slot("project"))
    if not organization_only:
        scope |= Q(project_id=Slot("project"))
    return Webhook.objects.filter(scope, is_active=True).distinct().order_by("pk")


_LISTENING = PreparedRows[Webhook](_listening)


def visible_webhooks(who: Actor) -> QuerySet[Webhook]:
    """Return the webhooks of the organization and of projects that `who` may see."""
    own = Q(project=None) | Q(project__in=visible_projects(who))
    return Webhook.objects.filter(own, organization=who.organization).order_by("pk")


def webhooks_for(action: Action, project_id: int) -> list[Webhook]:
    """Return the active webhooks that want to hear of this event: the project's, and those of its organization."""
    candidates = _LISTENING.all(ACTIONS[action].is_organization_only, project=project_id)
    return [hook for hook in candidates if hook.send_for_all_actions or action in hook.actions]


def deliveries_of(webhook: Webhook) -> QuerySet[Delivery]:
    """Return what was sent to a webhook, newest first."""
    return Delivery.objects.filter(webhook=webhook).order_by("-pk")


def due_deliveries(moment: datetime, limit: int, *, except_for: Collection[int] = ()) -> list[Delivery]:
    """Return deliveries whose time has come, oldest first, without those of the webhooks `except_for`."""
    due = Delivery.objects.filter(state=DeliveryState.PENDING, next_at__lte=moment, webhook__is_active=True)
    if except_for:
        due = due.exclude(webhook_id__in=list(except_for))
    return list(due.select_related("webhook").order_by("next_at", "pk")[:limit])
