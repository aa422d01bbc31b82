"""How people get in: the first owner, and everybody after, by invitation or by open sign-up."""

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Lower

from postil.accounts import audit, setup_code
from postil.accounts.actions import invitations
from postil.accounts.actions.people import (
    EMAIL_TAKEN,
    UserFields,
    check_password_rules,
    create_account,
    default_role,
    set_password,
)
from postil.accounts.enums import Role
from postil.accounts.models import Invitation, Membership, Organization, User
from postil.core.clock import now
from postil.core.errors import Conflict, Forbidden, Invalid
from postil.infra.db import one_at_a_time

TITLE = "My organization"
NO_INVITATION = "Sign-up needs an invitation. Ask an administrator for a link."
BAD_INVITATION = "This invitation is not valid any more. Ask for a new link."
CANNOT_SIGN_UP = "This address cannot be used to sign up. If you have an account already, log in instead."


def needs_owner() -> bool:
    """Whether nobody has an account yet."""
    return not User.objects.exists()


def needs_code() -> bool:
    """Whether the first owner must say the code that `postil start` printed: when others can reach the server."""
    return not settings.CONFIG.is_loopback


@transaction.atomic
def create_first_owner(
    *, email: str, password: str, fields: UserFields | None = None, organization_title: str = "", ip: str = ""
) -> User:
    """Make the organization and its owner; raises `Conflict` once there is any account."""
    one_at_a_time("first-owner")
    if not needs_owner():
        raise Conflict("This server has an owner already. Log in.")
    organization = Organization.objects.create(title=organization_title.strip() or TITLE, default_role=default_role())
    user = create_account(organization=organization, role=Role.OWNER, email=email, password=password, fields=fields)
    organization.created_by = user
    organization.save(update_fields=["created_by"])
    audit.record(None, "organization.created", user=user, ip=ip, organization=organization)
    transaction.on_commit(setup_code.forget)
    return user


@transaction.atomic
def sign_up(*, token: str, email: str, password: str, fields: UserFields | None = None, ip: str = "") -> User:
    """Make an account by an invitation, by the standing link, or, if sign-up is open, without.

    Raises `Forbidden` for a missing or spent invitation, `Invalid` for an address or password that cannot be used.
    """
    one_at_a_time("sign-up")
    invitation = invitations.open_invitation(token) if token else None
    organization, role = _place(token, invitation)
    if invitation is not None and invitation.email and invitation.email.lower() != email.strip().lower():
        raise Invalid.field("email", "This invitation is for another address.")
    user = _known_account(invitation, organization, email)
    if user is None:
        user = _new_account(organization, role, email, password, fields)
    else:
        _bring_back(user, organization, role, password)
    if invitation is not None:
        invitation.used_at, invitation.used_by = now(), user
        invitation.save(update_fields=["used_at", "used_by"])
    details = {"role": role.value, "invitation": invitation.pk if invitation else None}
    audit.record(None, "user.signed_up", user=user, ip=ip, organization=organization, details=details)
    return user


def _place(token: str, invitation: Invitation | None) -> tuple[Organization, Role]:
    if invitation is not None:
        return invitation.organization, Role(invitation.role)
    if token:
        organization = invitations.organization_of_standing(token)
        if organization is None:
            raise Forbidden(BAD_INVITATION)
        return organization, Role(organization.default_role)
    if not settings.CONFIG.open_signup:
        raise Forbidden(NO_INVITATION)
    first = Organization.objects.order_by("pk").first()
    if first is None:
        raise Forbidden("This server has no owner yet. Open its welcome page first.")
    return first, Role(first.default_role)


def _new_account(organization: Organization, role: Role, email: str, password: str, fields: UserFields | None) -> User:
    try:
        return create_account(organization=organization, role=role, email=email, password=password, fields=fields)
    except Invalid as error:
        if error.fields.get("email") == [EMAIL_TAKEN]:  # strangers must not learn who has an account
            raise Invalid.field("email", CANNOT_SIGN_UP) from None
        raise


def _known_account(invitation: Invitation | None, organization: Organization, email: str) -> User | None:
    """Return the account that an invitation was made for by its address: one without password, or of a former member.

    Whoever invites an address by name vouches that it belongs to the person who gets the link.
    """
    if invitation is None or not invitation.email:
        return None
    user = User.objects.alias(lower_email=Lower("email")).filter(lower_email=email.strip().lower()).first()
    if user is None or not user.is_active:
        return None
    membership = Membership.all_objects.filter(user=user, organization=organization).first()
    if membership is None or (membership.deleted_at is None and user.has_usable_password()):
        return None
    return user


def _bring_back(user: User, organization: Organization, role: Role, password: str) -> None:
    check_password_rules(password, user)
    set_password(user=user, password=password)
    former = Membership.all_objects.filter(user=user, organization=organization).exclude(deleted_at=None)
    former.update(deleted_at=None, role=role)
