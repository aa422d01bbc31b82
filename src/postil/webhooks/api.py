"""Routes of webhooks and their delivery log."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from postil.accounts.access import actor, needs, public, require
from postil.accounts.permissions import Permission
from postil.infra.http import bool_param, int_param, paginate
from postil.infra.shapes import Page
from postil.projects.access import get_project
from postil.webhooks import access, actions, queries, schemas, shapes

router = Router(tags=["Webhooks"])


@router.get("/webhooks/", operation_id="webhooks_list")
@needs(Permission.WEBHOOK_CHANGE)
def list_webhooks(request: HttpRequest, project: str = "") -> list[shapes.Webhook]:
    """List webhooks, of one project or of all."""
    who = actor(request)
    hooks = queries.visible_webhooks(who)
    project_id = int_param(request, "project")
    if project_id is not None:
        hooks = hooks.filter(project=get_project(who, project_id))
    return [schemas.webhook_json(hook) for hook in hooks]


@router.post("/webhooks/", response={201: Any}, operation_id="webhooks_create")
@needs(Permission.WEBHOOK_CHANGE, waits=True)
def create_webhook(request: HttpRequest, payload: schemas.WebhookIn) -> Status[shapes.Webhook]:
    """Subscribe an address to events; without a project, to those of the whole organization."""
    who = actor(request)
    fields = payload.dict(exclude_unset=True, exclude={"project"})
    project = None
    if payload.project is None:
        require(who, Permission.ORGANIZATION_CHANGE)
    else:
        project = get_project(who, payload.project, Permission.WEBHOOK_CHANGE)
    webhook = actions.create_webhook(who=who, project=project, fields=_given(fields))
    return Status(201, schemas.webhook_json(webhook))


@router.get("/webhooks/info/", operation_id="webhooks_info")
@public
def list_actions(request: HttpRequest) -> dict[str, shapes.WebhookAction]:
    """List the events that a webhook may ask for."""
    only = bool_param(request, "organization-only") if "organization-only" in request.GET else None
    return schemas.actions_json(organization_only=only)


@router.get("/webhooks/{int:webhook_id}/", operation_id="webhooks_read")
@needs(Permission.WEBHOOK_CHANGE)
def read_webhook(request: HttpRequest, webhook_id: int) -> shapes.Webhook:
    """Return one webhook."""
    return schemas.webhook_json(access.get_webhook(actor(request), webhook_id))


@router.api_operation(["PATCH", "PUT"], "/webhooks/{int:webhook_id}/", operation_id="webhooks_update")
@needs(Permission.WEBHOOK_CHANGE)
def update_webhook(request: HttpRequest, webhook_id: int, payload: schemas.WebhookPatch) -> shapes.Webhook:
    """Change what is sent; everything else stays."""
    who = actor(request)
    webhook = access.get_webhook(who, webhook_id)
    if webhook.project_id is None:
        require(who, Permission.ORGANIZATION_CHANGE)
    return schemas.webhook_json(
        actions.update_webhook(who=who, webhook=webhook, fields=_given(payload.dict(exclude_unset=True)))
    )


@router.delete("/webhooks/{int:webhook_id}/", response={204: None}, operation_id="webhooks_delete")
@needs(Permission.WEBHOOK_CHANGE)
def delete_webhook(request: HttpRequest, webhook_id: int) -> Status[Any]:
    """Unsubscribe."""
    who = actor(request)
    webhook = access.get_webhook(who, webhook_id)
    if webhook.project_id is None:
        require(who, Permission.ORGANIZATION_CHANGE)
    actions.delete_webhook(who=who, webhook=webhook)
    return Status(204, None)


@router.get("/webhooks/{int:webhook_id}/deliveries/", operation_id="webhooks_deliveries_list")
@needs(Permission.WEBHOOK_CHANGE)
def list_deliveries(
    request: HttpRequest, webhook_id: int, page: str = "", page_size: str = ""
) -> Page[shapes.Delivery]:
    """List what was sent, newest first."""
    deliveries = queries.deliveries_of(access.get_webhook(actor(request), webhook_id))
    return paginate(request, deliveries, lambda rows: [schemas.delivery_json(row) for row in rows])


@router.get("/webhooks/{int:webhook_id}/deliveries/{int:delivery_id}/", operation_id="webhooks_deliveries_read")
@needs(Permission.WEBHOOK_CHANGE)
def read_delivery(request: HttpRequest, webhook_id: int, delivery_id: int) -> shapes.DeliveryWithBody:
    """Return one delivery with its body."""
    return schemas.whole_delivery_json(access.get_delivery(actor(request), webhook_id, delivery_id))


@router.post(
    "/webhooks/{int:webhook_id}/deliveries/{int:delivery_id}/replay/",
    response={201: Any},
    operation_id="webhooks_deliveries_replay",
)
@needs(Permission.WEBHOOK_CHANGE)
def replay_delivery(request: HttpRequest, webhook_id: int, delivery_id: int) -> Status[shapes.Delivery]:
    """Send the same call once more."""
    who = actor(request)
    delivery = access.get_delivery(who, webhook_id, delivery_id)
    return Status(201, schemas.delivery_json(actions.replay(who=who, delivery=delivery)))


def _given(fields: dict[str, Any]) -> actions.WebhookFields:
    """Leave out keys that were sent as null: they mean "as it was"."""
    return {name: value for name, value in fields.items() if value is not None}  # type: ignore[return-value]
