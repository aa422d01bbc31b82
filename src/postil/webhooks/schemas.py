"""Label Studio's shape of webhooks, and the rules for what is sent."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, field_validator

from postil.core.clock import iso
from postil.infra.bodies import Body
from postil.webhooks import shapes
from postil.webhooks.enums import ACTIONS, Action
from postil.webhooks.models import Delivery, Webhook
from postil.webhooks.sealing import opened_headers

MAX_HEADERS = 10
HEADER_NAME = re.compile(r"[A-Za-z0-9_-]+")
RESERVED_HEADERS = frozenset({"host", "content-length", "content-type", "transfer-encoding", "connection"})
SECRET_HEADER = re.compile(r"(?i)auth|cookie|token|secret|pass|key|sign|session|credential")
HIDDEN = "********"


def _is_latin(text: str) -> bool:
    """Whether a header can carry this text."""
    return all(ord(letter) < 256 for letter in text)


def _known_action(name: str) -> str:
    if name not in Action:
        raise ValueError(f'"{name}" is not a valid choice. Choose from: {", ".join(Action)}.')
    return name


ActionName = Annotated[str, AfterValidator(_known_action)]


class WebhookPatch(Body):
    url: str | None = Field(None, max_length=2048)
    send_payload: bool | None = None
    send_for_all_actions: bool | None = None
    actions: list[ActionName] | None = None
    headers: dict[str, str] | None = None
    secret: str | None = Field(None, max_length=500)
    is_active: bool | None = None

    @field_validator("url")
    @classmethod
    def url_is_web_address(cls, url: str | None) -> str | None:
        if url is not None and not re.fullmatch(r"https?://[^\s/?#]+[^\s]*", url):
            raise ValueError("Enter a valid URL.")
        return url

    @field_validator("headers")
    @classmethod
    def headers_can_be_sent(cls, headers: dict[str, str] | None) -> dict[str, str] | None:
        if len(headers or {}) > MAX_HEADERS:
            raise ValueError(f"At most {MAX_HEADERS} headers are allowed.")
        for name, value in (headers or {}).items():
            if not HEADER_NAME.fullmatch(name):
                raise ValueError(f"Header name {name!r} may hold letters, digits, - and _ only.")
            if name.lower() in RESERVED_HEADERS:
                raise ValueError(f"Header {name} is set by the server itself.")
            if not (value.isprintable() and _is_latin(value)) or len(value) > 1000:
                raise ValueError(f"The value of header {name} must be printable Latin text of at most 1000 characters.")
        return headers


class WebhookIn(WebhookPatch):
    url: str = Field(max_length=2048)
    project: int | None = None


def webhook_json(webhook: Webhook) -> shapes.Webhook:
    """Return a webhook as the API shows it: header values that look like keys are hidden, the secret is only "set"."""
    headers = opened_headers(webhook)
    shown: shapes.Webhook = {
        "id": webhook.pk,
        "organization": webhook.organization_id,
        "project": webhook.project_id,
        "url": webhook.url,
        "send_payload": webhook.send_payload,
        "send_for_all_actions": webhook.send_for_all_actions,
        "headers": {name: HIDDEN if SECRET_HEADER.search(name) else value for name, value in headers.items()},
        "is_active": webhook.is_active,
        "actions": webhook.actions,
        "created_at": iso(webhook.created_at),
        "updated_at": iso(webhook.updated_at),
    }
    # Only when it is so: who uses no secrets gets just the keys they know.
    return {**shown, "secret_is_set": True} if webhook.secret else shown


def delivery_json(delivery: Delivery) -> shapes.Delivery:
    """Return one line of the delivery log."""
    return {
        "id": delivery.pk,
        "action": delivery.action,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "status": delivery.status,
        "error": delivery.error,
        "duration_ms": delivery.duration_ms,
        "created_at": iso(delivery.created_at),
        "next_at": iso(delivery.next_at) if delivery.state == "pending" else None,
        "finished_at": iso(delivery.finished_at) if delivery.finished_at else None,
    }


def whole_delivery_json(delivery: Delivery) -> shapes.DeliveryWithBody:
    """Return one line of the delivery log with what is sent."""
    return {**delivery_json(delivery), "body": delivery.body}


def actions_json(*, organization_only: bool | None) -> dict[str, shapes.WebhookAction]:
    """Return the catalogue of events, of the organization alone or of projects alone if asked."""
    return {
        action.value: {
            "name": info.name,
            "description": info.description,
            "key": info.key,
            "organization-only": info.is_organization_only,
        }
        for action, info in ACTIONS.items()
        if organization_only in (None, info.is_organization_only)
    }
