"""Reading people and members."""

from django.db.models import QuerySet

from postil.accounts.models import Membership, Organization, User


def members_of(organization: Organization) -> QuerySet[Membership]:
    """Return the members of an organization with their accounts."""
    return Membership.objects.filter(organization=organization).select_related("user").order_by("pk")


def users_of(organization: Organization) -> QuerySet[User]:
    """Return everybody who is or was a member, in the order of their accounts."""
    ids = Membership.all_objects.filter(organization=organization).values("user")
    return User.objects.filter(pk__in=ids).order_by("pk")
