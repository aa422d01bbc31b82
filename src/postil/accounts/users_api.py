"""Routes of people: oneself and the members of one's organization."""

from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.responses import Status

from postil.accounts import access, avatars, documents, hotkeys, queries, shapes
from postil.accounts.access import actor, needs
from postil.accounts.actions import members, people
from postil.accounts.actions.people import UserFields
from postil.accounts.models import User
from postil.accounts.permissions import Permission
from postil.accounts.schemas import EmailIn, HotkeysIn, NewPasswordIn, TourIn, UserIn, UserPatch
from postil.core.errors import Forbidden, Invalid, NotAllowed, NotFound
from postil.infra.http import to_json
from postil.infra.shapes import Detail

router = Router(tags=["Users"])
USER = "/users/{int:user_id}/"
AVATAR = "/users/{int:user_id}/avatar/"
NO_EMAIL_CHANGE = "Cannot update read-only field: email"
MAX_TOURS = 50


@router.get("/current-user/whoami/", operation_id="api_current_user_whoami_read")
@needs(Permission.ACCOUNT)
def whoami(request: HttpRequest) -> shapes.Whoami:
    """The caller, with rights and role."""
    return documents.whoami(actor(request))


@router.get("/users/", operation_id="api_users_list")
@needs(Permission.MEMBER_VIEW)
def list_users(request: HttpRequest) -> list[shapes.User]:
    """Everybody of the organization; those who left as `Deleted` `User`."""
    organization = actor(request).organization
    people_ = list(queries.users_of(organization))
    return documents.users_in(people_, organization, queries.removed_from(organization))


@router.post("/users/", response={201: Any}, operation_id="api_users_create")
@needs(Permission.MEMBER_INVITE)
def create_user(request: HttpRequest, payload: UserIn) -> Status[shapes.User]:
    """Make an account in the organization. LS: the answer names no active organization."""
    fields = cast("UserFields", payload.dict(include=set(UserFields.__annotations__)))
    user = people.add_user(
        who=actor(request),
        email=payload.email,
        password=payload.password,
        role=payload.role,
        fields=fields,
    )
    return Status(201, {**documents.user_full(user), "active_organization": None})


@router.get(USER, operation_id="api_users_read")
@needs(Permission.ACCOUNT)
def get_user(request: HttpRequest, user_id: int) -> shapes.User:
    """One person."""
    who = actor(request)
    return _shown(request, access.get_user(who, user_id))


@router.patch(USER, operation_id="api_users_partial_update")
@needs(Permission.ACCOUNT)
def update_user(request: HttpRequest, user_id: int, payload: UserPatch) -> shapes.User:
    """Change one's own account, or for administrators anybody's below them; not the address."""
    who = actor(request)
    user = access.get_user(who, user_id)
    fields = payload.dict(exclude_unset=True)
    if user.pk != who.user.pk:
        if "email" in fields and not who.may(Permission.USER_CHANGE):
            raise NotAllowed(NO_EMAIL_CHANGE)
        access.require(who, Permission.USER_CHANGE)
        members.check_above(who, access.get_membership(who, who.organization.pk, user_id))
    if fields.pop("email", user.email) != user.email:
        raise NotAllowed(NO_EMAIL_CHANGE)
    return _shown(request, people.update_user(who=who, user=user, fields=cast("UserFields", fields)))


@router.put(USER, operation_id="api_users_update")
@needs(Permission.ACCOUNT)
def replace_user(request: HttpRequest, user_id: int) -> shapes.User:
    """LS: not allowed."""
    raise NotAllowed


@router.delete(USER, response={204: None}, operation_id="api_users_delete")
@needs(Permission.ACCOUNT)
def delete_user(request: HttpRequest, user_id: int) -> Status[Any]:
    """End an account for good."""
    who = actor(request)
    access.get_user(who, user_id)
    if not who.may(Permission.USER_DELETE):
        raise Forbidden("Only the organization owner can delete users")
    membership = access.get_membership(who, who.organization.pk, user_id, removed=True)
    members.delete_user(who=who, membership=membership)
    return Status(204, None)


@router.post("/users/{int:user_id}/email/", response={204: None}, operation_id="api_users_email_create")
@needs(Permission.USER_CHANGE)
def change_email(request: HttpRequest, user_id: int, payload: EmailIn) -> Status[Any]:
    """Give a member another address; they must log in again."""
    who = actor(request)
    membership = access.get_membership(who, who.organization.pk, user_id)
    if user_id != who.user.pk:
        members.check_above(who, membership)
    people.change_email(who=who, user=membership.user, email=payload.email)
    return Status(204, None)


@router.post("/users/{int:user_id}/password/", response={204: None}, operation_id="api_users_password_create")
@needs(Permission.USER_CHANGE)
def reset_password(request: HttpRequest, user_id: int, payload: NewPasswordIn) -> Status[Any]:
    """Give a member a new password; all their sessions and tokens end."""
    who = actor(request)
    membership = access.get_membership(who, who.organization.pk, user_id)
    if user_id != who.user.pk:
        members.check_above(who, membership)
    people.reset_password(who=who, user=membership.user, password=payload.password)
    return Status(204, None)


@router.post(AVATAR, operation_id="api_users_avatar_create")
@needs(Permission.ACCOUNT)
def set_avatar(request: HttpRequest, user_id: int) -> Detail:
    """Keep a picture. LS: of the caller, whatever the id."""
    file = request.FILES.get("avatar")
    if not isinstance(file, UploadedFile) or file.file is None:
        raise Invalid.field("avatar", "No file was submitted.")
    avatars.store(actor(request).user, cast("BinaryIO", file.file), file.size or 0)
    return {"detail": "avatar saved"}


@router.delete(AVATAR, response={204: None}, operation_id="api_users_avatar_delete")
@needs(Permission.ACCOUNT)
def delete_avatar(request: HttpRequest, user_id: int) -> Status[Any]:
    """Forget the caller's picture."""
    avatars.remove(actor(request).user)
    return Status(204, None)


@router.get("/current-user/hotkeys/", operation_id="api_current_user_hotkeys_read")
@needs(Permission.ACCOUNT)
def get_hotkeys(request: HttpRequest) -> shapes.Hotkeys:
    """The caller's own hotkeys."""
    return {"custom_hotkeys": actor(request).user.custom_hotkeys}


@router.patch("/current-user/hotkeys/", operation_id="api_current_user_hotkeys_partial_update")
@needs(Permission.ACCOUNT)
def set_hotkeys(request: HttpRequest, payload: HotkeysIn) -> HttpResponse | shapes.Hotkeys:
    """Set the caller's own hotkeys. LS: errors have a shape of their own."""
    found = hotkeys.problems_of(payload.custom_hotkeys)
    if found:
        body = {"error": "Invalid hotkeys configuration", "details": {"custom_hotkeys": found}}
        return HttpResponse(to_json(body), status=400, content_type="application/json")
    user = actor(request).user
    user.custom_hotkeys = payload.custom_hotkeys
    user.save(update_fields=["custom_hotkeys"])
    return {"custom_hotkeys": user.custom_hotkeys}


@router.get("/current-user/product-tour/", operation_id="api_current_user_product_tour_read")
@needs(Permission.ACCOUNT)
def get_tour(request: HttpRequest, name: str = "") -> shapes.Tour:
    """How far the caller is in a tour of the interface."""
    return _tour(actor(request).user, _tour_name(name))


@router.patch("/current-user/product-tour/", operation_id="api_current_user_product_tour_partial_update")
@needs(Permission.ACCOUNT)
def update_tour(request: HttpRequest, payload: TourIn, name: str = "") -> shapes.Tour:
    """Note how far the caller is in a tour."""
    user, name = actor(request).user, _tour_name(name)
    tours = dict(user.preferences.get("tours", {}))
    if name not in tours and len(tours) >= MAX_TOURS:
        raise Invalid.field("name", "Too many tours.")
    tours[name] = {**tours.get(name, {}), **payload.dict(exclude_none=True)}
    user.preferences = {**user.preferences, "tours": tours}
    user.save(update_fields=["preferences"])
    return _tour(user, name)


def _tour_name(name: str) -> str:
    if not name or len(name) > 100:
        raise Invalid.field("name", "This field is required.")
    return name


def _tour(user: User, name: str) -> shapes.Tour:
    known = user.preferences.get("tours", {}).get(name, {})
    return {
        "name": name,
        "state": known.get("state", "ready"),
        "interaction_data": known.get("interaction_data", {}),
        "steps": [],
    }


def _shown(request: HttpRequest, user: User) -> shapes.User:
    organization = actor(request).organization
    if user.deleted_at is not None:
        raise NotFound
    return documents.users_in([user], organization, queries.removed_from(organization))[0]
