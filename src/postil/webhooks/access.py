"""The only way from a person and an id to a webhook."""

from postil.accounts.access import Actor
from postil.core.errors import NotFound
from postil.webhooks import queries
from postil.webhooks.models import Delivery, Webhook


def get_webhook(who: Actor, webhook_id: int) -> Webhook:
    """Return the webhook if `who` may see its project or organization; to others it does not exist."""
    try:
        return queries.visible_webhooks(who).get(pk=webhook_id)
    except Webhook.DoesNotExist:
        raise NotFound("No Webhook matches the given query.") from None


def get_delivery(who: Actor, webhook_id: int, delivery_id: int) -> Delivery:
    """Return one delivery of a webhook that `who` may see."""
    try:
        return queries.deliveries_of(get_webhook(who, webhook_id)).get(pk=delivery_id)
    except Delivery.DoesNotExist:
        raise NotFound("No Delivery matches the given query.") from None
