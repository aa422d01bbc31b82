"""What webhooks look like in the API."""

from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from postil.infra.shapes import Moment, one_of


class Webhook(TypedDict):
    """A subscription; values of headers that look like keys are hidden."""

    id: int
    organization: int
    project: int | None
    url: str
    send_payload: bool
    send_for_all_actions: bool
    headers: dict[str, str]
    is_active: bool
    actions: list[str]
    created_at: Moment
    updated_at: Moment
    secret_is_set: NotRequired[bool]


WebhookAction = TypedDict("WebhookAction", {"name": str, "description": str, "key": str, "organization-only": bool})
WebhookAction.__doc__ = "An event that a webhook may ask for."


class Delivery(TypedDict):
    """One call of a webhook."""

    id: int
    action: str
    state: Annotated[str, one_of("pending", "delivered", "failed")]
    attempts: int
    status: int | None
    error: str
    duration_ms: int | None
    created_at: Moment
    next_at: Moment | None
    finished_at: Moment | None


class DeliveryWithBody(Delivery):
    """One call of a webhook with what is sent."""

    body: str
