"""Reading people, members, invitations, tokens and the audit log."""

from django.db.models import QuerySet

from postil.accounts.models import AuditRow, Invitation, Membership, Organization, PersonalToken, User, UserSession
from postil.core.clock import now


def members_of(organization: Organization) -> QuerySet[Membership]:
    """Return the members of an organization with their accounts, in the order in which they came."""
    return Membership.objects.filter(organization=organization).select_related("user").order_by("pk")


def users_of(organization: Organization) -> QuerySet[User]:
    """Return everybody who is or was a member and whose account was not erased, in the order of their accounts."""
    ids = Membership.all_objects.filter(organization=organization).values("user")
    return User.objects.filter(pk__in=ids, deleted_at=None).order_by("pk")


def removed_from(organization: Organization) -> set[int]:
    """Return the ids of people who are no members any more."""
    left = Membership.all_objects.filter(organization=organization).exclude(deleted_at=None)
    return set(left.values_list("user", flat=True))


def open_invitations(organization: Organization) -> QuerySet[Invitation]:
    """Return invitations that nobody has used, newest first; those that are over are left out."""
    return Invitation.objects.filter(organization=organization, used_at=None, expires_at__gt=now()).order_by("-pk")


def good_tokens(user: User) -> QuerySet[PersonalToken]:
    """Return the personal access tokens of a person that work, newest first."""
    return PersonalToken.objects.filter(user=user, revoked_at=None, expires_at__gt=now()).order_by("-pk")


def sessions_of(user: User) -> QuerySet[UserSession]:
    """Return the sessions of a person that are not over, the one used last first."""
    return UserSession.objects.filter(user=user, expire_date__gt=now()).order_by("-last_seen_at", "session_key")


def audit_rows(organization: Organization) -> QuerySet[AuditRow]:
    """Return the audit log of an organization with the actors, newest first."""
    return AuditRow.objects.filter(organization=organization).select_related("actor").order_by("-pk")
