"""Settings of an organization."""

from typing import TypedDict

from django.db import transaction

from postil.accounts import audit
from postil.accounts.access import Actor
from postil.accounts.enums import Role
from postil.accounts.models import Organization
from postil.core.errors import Forbidden


class OrganizationFields(TypedDict, total=False):
    """What an administrator may change."""

    title: str
    contact_info: str | None
    default_role: Role


@transaction.atomic
def update_organization(*, who: Actor, fields: OrganizationFields) -> Organization:
    """Change title, contact or the role of new members."""
    role = fields.get("default_role")
    if role is not None and (role is Role.OWNER or not who.role.covers(role)):
        raise Forbidden("New members cannot get this role.")
    organization = who.organization
    if fields:
        for name, value in fields.items():
            setattr(organization, name, value)
        organization.save(update_fields=[*fields, "updated_at"])
        details = {"fields": sorted(fields)}
        audit.record(
            who, "settings.organization", object_type="organization", object_id=organization.pk, details=details
        )
    return organization


@transaction.atomic
def update_session_policy(*, who: Actor, max_minutes: int | None, idle_minutes: int | None) -> Organization:
    """Change how long sessions last."""
    organization = who.organization
    if max_minutes is not None:
        organization.session_max_minutes = max_minutes
    if idle_minutes is not None:
        organization.session_idle_minutes = idle_minutes
    organization.save(update_fields=["session_max_minutes", "session_idle_minutes", "updated_at"])
    details = {"max_minutes": organization.session_max_minutes, "idle_minutes": organization.session_idle_minutes}
    audit.record(who, "settings.sessions", object_type="organization", object_id=organization.pk, details=details)
    return organization
