"""Writes of webhooks: subscribing, queueing what is owed, noting how it went."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypedDict

from django.db import transaction

from postil.accounts import audit
from postil.accounts.access import Actor
from postil.core.clock import now
from postil.core.errors import Forbidden, Invalid
from postil.infra.http import to_json
from postil.infra.outgoing import check_address
from postil.infra.prepared import insert
from postil.infra.secrets import encrypt
from postil.projects.models import Project
from postil.webhooks.enums import ACTIONS, Action
from postil.webhooks.models import Delivery, DeliveryState, Webhook
from postil.webhooks.sealing import opened_headers, sealed_headers

HIDDEN = "********"
# Ten tries over a day: half a minute, then about three times as long each time.
DELAYS_S = (30, 90, 270, 600, 1_800, 3_600, 7_200, 14_400, 28_800)


NOTED = ("attempts", "status", "error", "duration_ms", "state", "finished_at", "next_at")


class WebhookFields(TypedDict, total=False):
    url: str
    send_payload: bool
    send_for_all_actions: bool
    actions: list[str]
    headers: dict[str, str]
    secret: str
    is_active: bool


def create_webhook(*, who: Actor, project: Project | None, fields: WebhookFields) -> Webhook:
    """Subscribe an address to the events of a project, or of the organization."""
    webhook = Webhook(organization=who.organization, project=project)
    _apply(webhook, fields)
    with transaction.atomic():
        webhook.save()
        _note(who, "webhook.created", webhook, fields)
    return webhook


def update_webhook(*, who: Actor, webhook: Webhook, fields: WebhookFields) -> Webhook:
    """Change what is named in `fields`; a hidden header value keeps what is stored, but not towards another address."""
    _apply(webhook, fields)
    with transaction.atomic():
        webhook.save()
        _note(who, "webhook.changed", webhook, fields)
    return webhook


@transaction.atomic
def delete_webhook(*, who: Actor, webhook: Webhook) -> None:
    """Unsubscribe; what is still owed is dropped."""
    _note(who, "webhook.deleted", webhook, {})
    webhook.delete()


def add_receiver(project: Project, url: str) -> None:
    """Let an address hear of all events of a project, once."""
    if not Webhook.objects.filter(project=project, url=url).exists():
        Webhook.objects.create(organization_id=project.organization_id, project=project, url=url)


def remove_receiver(project: Project, url: str) -> None:
    """Stop telling an address of the events of a project."""
    Webhook.objects.filter(project=project, url=url).delete()


def queue(webhooks: Sequence[Webhook], action: Action, body: dict[str, Any], *, for_s: float = 0) -> list[Delivery]:
    """Owe each of these webhooks a call, and leave it to the caller for so many seconds.

    Must run in the transaction of the event.
    """
    whole, bare = to_json(body).decode(), to_json({"action": action.value}).decode()
    moment = now() + timedelta(seconds=for_s)
    owed = [
        Delivery(webhook=webhook, action=action, body=whole if webhook.send_payload else bare, next_at=moment)
        for webhook in webhooks
    ]
    for delivery in owed:
        insert(delivery)
    return owed


@transaction.atomic
def replay(*, who: Actor, delivery: Delivery) -> Delivery:
    """Owe the same call once more."""
    details = {"delivery": delivery.pk}
    audit.record(who, "webhook.replayed", object_type="webhook", object_id=delivery.webhook_id, details=details)
    return Delivery.objects.create(webhook=delivery.webhook, action=delivery.action, body=delivery.body, next_at=now())


def claim(deliveries: Iterable[Delivery], lease: timedelta) -> list[Delivery]:
    """Take deliveries for oneself until the lease ends; returns those that nobody else took, in order."""
    seen = {delivery.pk: delivery.next_at for delivery in deliveries}
    ids = list(seen)
    # The end of the lease is the claim's name: no other claim ends in the same microsecond with the same rows.
    until = now() + lease + timedelta(microseconds=secrets.randbelow(1_000_000))
    as_seen = Delivery.objects.filter(pk__in=ids, state=DeliveryState.PENDING, next_at__in=set(seen.values()))
    as_seen.update(next_at=until)
    mine = Delivery.objects.filter(pk__in=ids, state=DeliveryState.PENDING, next_at=until)
    return list(mine.select_related("webhook").order_by("pk"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a try went; without an error it arrived."""

    delivery: Delivery
    status: int | None
    error: str
    duration_ms: int


@transaction.atomic
def note_outcomes(outcomes: Iterable[Outcome]) -> None:
    """Store how tries went; failed ones are tried again later, up to a day."""
    moment = now()
    for outcome in outcomes:
        delivery = outcome.delivery
        delivery.attempts += 1
        delivery.status, delivery.error, delivery.duration_ms = outcome.status, outcome.error[:500], outcome.duration_ms
        if not outcome.error:
            delivery.state, delivery.finished_at = DeliveryState.DELIVERED, moment
        elif delivery.attempts > len(DELAYS_S):
            delivery.state, delivery.finished_at = DeliveryState.FAILED, moment
        else:
            delivery.next_at = moment + timedelta(seconds=DELAYS_S[delivery.attempts - 1])
        # One that was deleted meanwhile with its webhook is not there to be noted.
        Delivery.objects.filter(pk=delivery.pk).update(**{name: getattr(delivery, name) for name in NOTED})


def give_back(deliveries: Sequence[Delivery], due_at: datetime) -> None:
    """Let go of claimed deliveries that were not tried: they are due again, before what came later."""
    ids = [delivery.pk for delivery in deliveries]
    claimed = Delivery.objects.filter(pk__in=ids, state=DeliveryState.PENDING, next_at=deliveries[0].next_at)
    claimed.update(next_at=due_at)


def drop_old_deliveries(days: int = 30) -> int:
    """Forget finished deliveries older than `days`; returns how many."""
    old = Delivery.objects.filter(finished_at__lt=now() - timedelta(days=days))
    count, _ = old.delete()
    return count


def _apply(webhook: Webhook, fields: WebhookFields) -> None:
    if "url" in fields:
        check_address(fields["url"], purpose="webhook")
    moved = bool(webhook.pk) and "url" in fields and fields["url"] != webhook.url
    if moved and ((webhook.secret and "secret" not in fields) or (webhook.headers and "headers" not in fields)):
        raise Forbidden("The address changes: give its headers and secret again.")
    for name in ("url", "send_payload", "send_for_all_actions", "is_active"):
        if name in fields:
            setattr(webhook, name, fields[name])
    if "actions" in fields:
        _check_actions(webhook, fields["actions"])
        webhook.actions = fields["actions"]
    if "headers" in fields:
        stored = opened_headers(webhook) if not moved else {}
        given = fields["headers"]
        webhook.headers = sealed_headers({k: stored.get(k, v) if v == HIDDEN else v for k, v in given.items()})
    if "secret" in fields:
        webhook.secret = encrypt(fields["secret"]) if fields["secret"] else ""


def _check_actions(webhook: Webhook, actions: list[str]) -> None:
    if webhook.project_id and any(ACTIONS[Action(name)].is_organization_only for name in actions):
        raise Invalid.items(["Project webhook can't contain organization-only action."])


def _note(who: Actor, action: str, webhook: Webhook, fields: WebhookFields) -> None:
    audit.record(
        who,
        action,
        object_type="webhook",
        object_id=webhook.pk,
        project_id=webhook.project_id,
        details={"fields": sorted(fields)},
    )
