"""Routes of first start, log-in, log-out, sign-up, and one's own password."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.responses import Status

import postil
from postil.accounts import csrf, queries, setup_code, shapes
from postil.accounts.access import actor, needs, public
from postil.accounts.actions import invitations, joining, people, sessions
from postil.accounts.actions.people import UserFields
from postil.accounts.authentication import is_alive
from postil.accounts.documents import session_json, whoami
from postil.accounts.models import User
from postil.accounts.permissions import Permission
from postil.accounts.schemas import LogInIn, PasswordIn, SetupIn, SignUpIn
from postil.core.errors import Forbidden, Invalid, NotFound
from postil.infra.http import client_ip

router = Router(tags=["Sessions"])
SETUP = "(first start)"


@router.get("/setup/", operation_id="api_setup_read")
@public
def setup_state(request: HttpRequest) -> shapes.Setup:
    """Whether the server waits for its first owner."""
    is_new = joining.needs_owner()
    return {
        "needs_owner": is_new,
        "needs_code": is_new and joining.needs_code(),
        "open_signup": settings.CONFIG.open_signup,
        "product": "Postil",
        "version": postil.__version__ if is_new else "",
    }


@router.post("/setup/", response={201: Any}, operation_id="api_setup_create")
@public
def set_up(request: HttpRequest, payload: SetupIn) -> Status[shapes.Whoami]:
    """Make the first owner; possible only while nobody has an account."""
    csrf.refuse_foreign(request)
    ip = client_ip(request)
    if joining.needs_owner() and joining.needs_code():
        sessions.check_guessing(SETUP, ip)
        if not setup_code.matches(payload.code):
            sessions.note_failure(SETUP, ip)
            raise Invalid.field("code", "This is not the code that `postil start` printed on the terminal.")
    user = joining.create_first_owner(
        email=payload.email,
        password=payload.password,
        fields=UserFields(first_name=payload.first_name, last_name=payload.last_name),
        organization_title=payload.organization_title,
        ip=ip,
    )
    return Status(201, _started(request, user))


@router.post("/session/", operation_id="api_session_create")
@public
def log_in(request: HttpRequest, payload: LogInIn) -> shapes.Whoami:
    """Log in with e-mail and password."""
    csrf.refuse_foreign(request)
    user = sessions.log_in(request, email=payload.email, password=payload.password)
    return whoami(sessions.actor_of_new(request, user))


@router.delete("/session/", response={204: None}, operation_id="api_session_delete")
@needs(Permission.ACCOUNT)
def log_out(request: HttpRequest) -> Status[Any]:
    """Log out, everywhere; every token ends, too."""
    sessions.log_out(request, actor(request))
    return Status(204, None)


@router.get("/current-user/sessions/", operation_id="api_current_user_sessions_list")
@needs(Permission.ACCOUNT)
def list_sessions(request: HttpRequest) -> list[shapes.Session]:
    """Where the caller is logged in, the session used last first."""
    who = actor(request)
    live = [row for row in queries.sessions_of(who.user) if is_alive(row, who.organization)]
    return [session_json(row, who) for row in live]


@router.delete("/current-user/sessions/", response={204: None}, operation_id="api_current_user_sessions_clear")
@needs(Permission.ACCOUNT)
def end_other_sessions(request: HttpRequest) -> Status[Any]:
    """End the caller's sessions except the one that asks."""
    sessions.end_other_sessions(actor(request))
    return Status(204, None)


@router.delete(
    "/current-user/sessions/{str:session_id}/", response={204: None}, operation_id="api_current_user_sessions_delete"
)
@needs(Permission.ACCOUNT)
def end_session(request: HttpRequest, session_id: str) -> Status[Any]:
    """End one of the caller's sessions."""
    sessions.end_session(actor(request), session_id)
    return Status(204, None)


@router.get("/invitations/check/", operation_id="api_invitations_check")
@public
def check_invitation(request: HttpRequest, token: str = "") -> shapes.InvitationCheck:
    """What an invitation leads to."""
    invitation = invitations.open_invitation(token) if token else None
    if invitation is not None:
        title, role, email = invitation.organization.title, invitation.role, invitation.email
    else:
        organization = invitations.organization_of_standing(token) if token else None
        if organization is None:
            raise NotFound(joining.BAD_INVITATION)
        title, role, email = organization.title, organization.default_role, ""
    return {"organization": title, "role": role, "email": email}


@router.post("/signup/", response={201: Any}, operation_id="api_signup_create")
@public
def sign_up(request: HttpRequest, payload: SignUpIn) -> Status[shapes.Whoami]:
    """Make an account by invitation, or without one where sign-up is open, and log in."""
    csrf.refuse_foreign(request)
    if joining.needs_owner():
        raise Forbidden("This server has no owner yet. Open its welcome page first.")
    user = joining.sign_up(
        token=payload.token,
        email=payload.email,
        password=payload.password,
        fields=UserFields(first_name=payload.first_name, last_name=payload.last_name),
        ip=client_ip(request),
    )
    return Status(201, _started(request, user))


@router.post("/current-user/password/", response={204: None}, operation_id="api_current_user_password_create")
@needs(Permission.ACCOUNT)
def change_password(request: HttpRequest, payload: PasswordIn) -> HttpResponse:
    """Change one's password; every other session and every token ends."""
    who = actor(request)
    sessions.check_guessing(who.user.email, who.ip)
    try:
        people.change_password(who=who, old_password=payload.old_password, new_password=payload.new_password)
    except Invalid as error:
        if "old_password" in error.fields:
            sessions.note_failure(who.user.email, who.ip)
        raise
    if who.kind == "session":
        sessions.start_session(request, who.user)
    return HttpResponse(status=204)


def _started(request: HttpRequest, user: User) -> shapes.Whoami:
    sessions.start_session(request, user)
    return whoami(sessions.actor_of_new(request, user))
