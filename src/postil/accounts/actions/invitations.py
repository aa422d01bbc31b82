"""Invitations: links that make an account with a role. One kind works once, the standing link until reset."""

from datetime import timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from postil.accounts import audit
from postil.accounts.access import Actor
from postil.accounts.enums import Role
from postil.accounts.models import Invitation, Organization
from postil.core.clock import now
from postil.core.errors import Forbidden, Invalid
from postil.core.ids import digest, new_secret

DEFAULT_DAYS = 14
MAX_DAYS = 90


@transaction.atomic
def create_invitation(
    *, who: Actor, role: Role | None = None, email: str = "", expires_in_days: int | None = None
) -> tuple[Invitation, str]:
    """Make a link for one person; return its row and its token, which is shown this once."""
    given = role or Role.ANNOTATOR
    if not who.role.covers(given):
        raise Forbidden("You cannot invite to a role above your own.")
    days = DEFAULT_DAYS if expires_in_days is None else expires_in_days
    if not 1 <= days <= MAX_DAYS:
        raise Invalid.field("expires_in_days", f"Say a number of days between 1 and {MAX_DAYS}.")
    token = new_secret()
    invitation = Invitation.objects.create(
        organization=who.organization,
        token_hash=digest(token),
        role=given,
        email=email.strip(),
        created_by=who.user,
        expires_at=now() + timedelta(days=days),
    )
    details = {"role": given.value, "email": invitation.email}
    audit.record(who, "invitation.created", object_type="invitation", object_id=invitation.pk, details=details)
    return invitation, token


@transaction.atomic
def delete_invitation(*, who: Actor, invitation: Invitation) -> None:
    """Take an invitation back."""
    audit.record(who, "invitation.deleted", object_type="invitation", object_id=invitation.pk)
    invitation.delete()


def standing_token(organization: Organization) -> str:
    """Return the token of the standing link: signed, so it needs no row and can be shown again."""
    value = f"{organization.pk}.{organization.invite_number}"
    return salted_hmac("postil.standing-invitation", value, algorithm="sha256").hexdigest()[:40]


@transaction.atomic
def reset_standing_token(*, who: Actor) -> str:
    """Return a new standing link; the old one ends."""
    organization = Organization.objects.select_for_update().get(pk=who.organization.pk)
    organization.invite_number += 1
    organization.save(update_fields=["invite_number"])
    audit.record(who, "invitation.link_reset", object_type="organization", object_id=organization.pk)
    return standing_token(organization)


def organization_of_standing(token: str) -> Organization | None:
    """Return the organization that a standing link leads to, or None."""
    for organization in Organization.objects.order_by("pk"):
        if constant_time_compare(standing_token(organization), token):
            return organization
    return None


def open_invitation(token: str) -> Invitation | None:
    """Return an invitation that was not used and is not over, or None."""
    invitations = Invitation.objects.select_related("organization")
    return invitations.filter(token_hash=digest(token), used_at=None, expires_at__gt=now()).first()
