"""People and organizations as clients of the API know them."""

from collections.abc import Collection
from typing import Any

from postil.accounts.models import Organization, User
from postil.core.clock import iso

DELETED = {"first_name": "Deleted", "last_name": "User", "email": "Deleted", "avatar": None}


def user_simple(user: User) -> dict[str, Any]:
    """Return the short form: in projects, annotations, exports."""
    return {
        "id": user.pk,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "avatar": avatar_address(user),
    }


def user_dm(user: User) -> dict[str, Any]:
    """Return the short form with initials: `completed_by` when expanded."""
    return {**user_simple(user), "initials": initials(user)}


def user_full(user: User, organization: Organization | None = None) -> dict[str, Any]:
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


def user_deleted(user: User) -> dict[str, Any]:
    """Return a removed member: LS shows them as `Deleted` `User`."""
    return {
        **user_full(user),
        **DELETED,
        "username": "Deleted",
        "phone": "",
        "initials": "DU",
        "active_organization": None,
    }


def users_in(users: Collection[User], organization: Organization, removed: Collection[int]) -> list[dict[str, Any]]:
    """Return people of one organization; `removed` are ids of those who are no members any more."""
    return [user_deleted(user) if user.pk in removed else user_full(user, organization) for user in users]


def organization_meta(organization: Organization | None) -> dict[str, str]:
    """Return title and contact of the active organization."""
    if organization is None:
        return {"title": "", "email": ""}
    owner = organization.created_by
    return {"title": organization.title, "email": organization.contact_info or (owner.email if owner else "")}


def organization_brief(organization: Organization) -> dict[str, Any]:
    """Return the form of the list."""
    return {
        "id": organization.pk,
        "title": organization.title,
        "contact_info": organization.contact_info,
        "created_at": iso(organization.created_at),
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
