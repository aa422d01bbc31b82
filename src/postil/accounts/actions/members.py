"""Members of an organization: roles and leaving."""

from django.db import transaction

from postil.accounts import audit
from postil.accounts.access import Actor
from postil.accounts.actions.people import end_access
from postil.accounts.enums import Role
from postil.accounts.events import MemberRemoved, RoleChanged
from postil.accounts.models import Membership, UserSession
from postil.core.clock import now
from postil.core.errors import Conflict, Forbidden, NotAllowed
from postil.infra.events import emit


def check_above(who: Actor, membership: Membership) -> None:
    """Raise `Forbidden` if `who` may not touch this member: only owners touch their equals."""
    their_role = Role(membership.role)
    if who.role is not Role.OWNER and their_role.covers(who.role):
        raise Forbidden("You cannot change a member with your own role or a role above it.")


@transaction.atomic
def change_role(*, who: Actor, membership: Membership, role: Role) -> Membership:
    """Give a member another role, never one above one's own; their sessions end, so that they log in with it."""
    if membership.user_id == who.user.pk and not who.role.covers(role):
        raise Forbidden("You cannot raise your own role.")
    if membership.user_id != who.user.pk:
        check_above(who, membership)
    if not who.role.covers(role):
        raise Forbidden("You cannot give a role above your own.")
    if role is not Role.OWNER:
        check_last_owner(membership)
    old, membership.role = membership.role, role
    membership.save(update_fields=["role", "updated_at"])
    if membership.user_id != who.user.pk:
        UserSession.objects.filter(user=membership.user_id).delete()
    details = {"from": old, "to": role.value}
    audit.record(who, "member.role_changed", object_type="user", object_id=membership.user_id, details=details)
    emit(RoleChanged(organization_id=membership.organization_id, user_id=membership.user_id, role=role.value))
    return membership


@transaction.atomic
def remove_member(*, who: Actor, membership: Membership) -> None:
    """Take a person out of the organization; their sessions and tokens end at once, their work stays."""
    if membership.user_id == who.user.pk:
        raise NotAllowed("User cannot soft delete self")
    check_above(who, membership)
    check_last_owner(membership)
    membership.deleted_at = now()
    membership.save(update_fields=["deleted_at"])
    end_access(membership.user)
    audit.record(who, "member.removed", object_type="user", object_id=membership.user_id)
    emit(MemberRemoved(organization_id=membership.organization_id, user_id=membership.user_id))


@transaction.atomic
def delete_user(*, who: Actor, membership: Membership) -> None:
    """End the account of a member for good: nothing personal stays, the work keeps its author's number."""
    user = membership.user
    if membership.role == Role.OWNER:
        raise Forbidden("The organization owner cannot be deleted")
    remove_member(who=who, membership=membership)
    audit.record(who, "user.deleted", object_type="user", object_id=user.pk)
    user.email = f"deleted-{user.pk}@deleted.invalid"
    user.username = user.first_name = user.last_name = user.phone = user.avatar = ""
    user.custom_hotkeys, user.preferences = {}, {}
    user.is_active, user.deleted_at, user.active_organization = False, now(), None
    user.set_unusable_password()
    user.save()


def check_last_owner(membership: Membership) -> None:
    """Raise `Conflict` if an organization would be left without an owner. Locks its owners."""
    owners = Membership.objects.filter(organization=membership.organization_id, role=Role.OWNER)
    if membership.role == Role.OWNER and list(owners.select_for_update().values_list("user", flat=True)) == [
        membership.user_id
    ]:
        raise Conflict("The last owner cannot be removed or get another role.")
