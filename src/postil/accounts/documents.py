"""People and organizations as clients of the API know them."""

from collections.abc import Collection

from postil.accounts import shapes
from postil.accounts.access import Actor
from postil.accounts.models import Invitation, Membership, Organization, PersonalToken, User, UserSession
from postil.accounts.permissions import permissions_of
from postil.accounts.ports import Contributions
from postil.accounts.sessions import SESSION_ID_SIZE
from postil.core.clock import iso


def user_simple(user: User) -> shapes.UserSimple:
    """Return the short form: in projects, annotations, exports."""
    return {
        "id": user.pk,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "avatar": avatar_address(user),
    }


def user_dm(user: User) -> shapes.UserWithInitials:
    """Return the short form with initials: `completed_by` when expanded."""
    return {**user_simple(user), "initials": initials(user)}


def user_full(user: User, organization: Organization | None = None) -> shapes.User:
    """Return the whole form. `organization` saves a statement when it is the active one."""
    return {
        "id": user.pk,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "username": user.username,
        "email": user.email,
        "last_activity": iso(user.last_activity),
        "custom_hotkeys": user.custom_hotkeys,
        "avatar": avatar_address(user),
        "initials": initials(user),
        "phone": user.phone,
        "active_organization": user.active_organization_id,
        "active_organization_meta": organization_meta(organization),
        "allow_newsletters": user.allow_newsletters,
        "date_joined": iso(user.date_joined),
    }


def whoami(who: Actor) -> shapes.Whoami:
    """Return the caller with their rights."""
    return {
        **user_full(who.user, who.organization),
        "permissions": permissions_of(who.role),
        "role": who.role.value,
    }


def user_deleted(user: User) -> shapes.User:
    """Return a removed member: LS shows them as `Deleted` `User`."""
    return {
        **user_full(user),
        "first_name": "Deleted",
        "last_name": "User",
        "email": "Deleted",
        "avatar": None,
        "username": "Deleted",
        "phone": "",
        "initials": "DU",
        "active_organization": None,
    }


def users_in(users: Collection[User], organization: Organization, removed: Collection[int]) -> list[shapes.User]:
    """Return people of one organization; `removed` are ids of those who are no members any more."""
    return [user_deleted(user) if user.pk in removed else user_full(user, organization) for user in users]


def organization_meta(organization: Organization | None) -> shapes.OrganizationMeta:
    """Return title and contact of the active organization."""
    if organization is None:
        return {"title": "", "email": ""}
    owner = organization.created_by
    return {"title": organization.title, "email": organization.contact_info or (owner.email if owner else "")}


def organization_brief(organization: Organization) -> shapes.OrganizationBrief:
    """Return the form of the list."""
    return {
        "id": organization.pk,
        "title": organization.title,
        "contact_info": organization.contact_info,
        "created_at": iso(organization.created_at),
    }


def organization_full(organization: Organization, *, invite_token: str, user_ids: list[int]) -> shapes.Organization:
    """Return the whole form."""
    return {
        "id": organization.pk,
        "title": organization.title,
        "token": invite_token,
        "created_at": iso(organization.created_at),
        "updated_at": iso(organization.updated_at),
        "contact_info": organization.contact_info,
        "created_by": organization.created_by_id,
        "users": user_ids,
        "default_role": organization.default_role,
    }


def member(membership: Membership, organization: Organization, work: Contributions | None) -> shapes.Member:
    """Return a member as in the list; `work` only if it was asked for."""
    created = work.created_projects if work is not None else None
    contributed = work.contributed_projects if work is not None else None
    person = user_full(membership.user, organization)
    return {
        "id": membership.pk,
        "organization": membership.organization_id,
        "user": {**person, "created_projects": created, "contributed_to_projects": contributed},
        "role": membership.role,
        "created_at": iso(membership.created_at),
        "created_projects": created,
        "contributed_to_projects": contributed,
    }


def member_detail(membership: Membership, work: Contributions, *, with_projects: bool) -> shapes.MemberDetail:
    """Return one member with counts of their work."""
    return {
        "user": membership.user_id,
        "organization": membership.organization_id,
        "role": membership.role,
        "contributed_projects_count": len(work.contributed_projects),
        "annotations_count": work.annotation_count,
        "created_at": iso(membership.created_at),
        "created_projects": work.created_projects if with_projects else None,
        "contributed_to_projects": work.contributed_projects if with_projects else None,
    }


def invitation_json(invitation: Invitation) -> shapes.Invitation:
    """Return an invitation without its secret."""
    return {
        "id": invitation.pk,
        "role": invitation.role,
        "email": invitation.email,
        "expires_at": iso(invitation.expires_at),
        "created_at": iso(invitation.created_at),
    }


def session_json(row: UserSession, who: Actor) -> shapes.Session:
    """Return a session; its id is the beginning of a hash, with which nobody can log in."""
    session_id = row.session_key[:SESSION_ID_SIZE]
    return {
        "id": session_id,
        "created_at": iso(row.created_at),
        "last_seen_at": iso(row.last_seen_at),
        "ip": row.ip,
        "agent": row.agent,
        "is_current": who.kind == "session" and who.key_id == session_id,
    }


def token_json(token: PersonalToken, text: str) -> shapes.AccessToken:
    """Return a personal access token; `text` is whole only when it was just made."""
    return {
        "token": text,
        "id": token.pk,
        "name": token.name,
        "created_at": iso(token.created_at),
        "expires_at": iso(token.expires_at),
        "last_used_at": iso(token.last_used_at) if token.last_used_at else None,
    }


def avatar_address(user: User) -> str | None:
    """Return the path of the picture, or None."""
    return f"/data/avatars/{user.avatar}" if user.avatar else None


def initials(user: User) -> str:
    """Return two letters: of the names, else of the e-mail."""
    if user.first_name and user.last_name:
        return (user.first_name[0] + user.last_name[0]).upper()
    if user.first_name or user.last_name:
        return (user.first_name or user.last_name)[:2].upper()
    return (user.username or user.email)[:2].lower()
