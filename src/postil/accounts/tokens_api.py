"""Routes of keys for scripts: personal access tokens (JWT) and legacy tokens."""

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.responses import Status

from postil.accounts import queries, shapes
from postil.accounts.access import actor, give_back_anonymous, maybe_actor, needs, public
from postil.accounts.actions import tokens
from postil.accounts.documents import token_json
from postil.accounts.models import LegacyToken
from postil.accounts.permissions import Permission
from postil.accounts.schemas import RefreshIn, TokenIn, TokenSettingsIn
from postil.accounts.sessions import SessionStore
from postil.core.clock import iso

router = Router(tags=["Tokens"])


@router.get("/token/", operation_id="api_token_list")
@needs(Permission.ACCOUNT)
def list_tokens(request: HttpRequest) -> list[shapes.AccessToken]:
    """One's personal access tokens, without their signatures."""
    return [token_json(token, token.unsigned) for token in queries.good_tokens(actor(request).user)]


@router.post("/token/", response={201: Any}, operation_id="api_token_create")
@needs(Permission.ACCOUNT)
def create_token(request: HttpRequest, payload: TokenIn) -> Status[shapes.AccessToken]:
    """Make a personal access token. LS: allows one; here a name makes each further one."""
    token, text = tokens.create_personal_token(
        who=actor(request), name=payload.name, expires_in_days=payload.expires_in_days
    )
    return Status(201, token_json(token, text))


@router.post("/token/refresh/", operation_id="api_token_refresh")
@public
def refresh_token(request: HttpRequest, payload: RefreshIn) -> shapes.Access:
    """An access token for a personal access token."""
    access = tokens.access_token(payload.refresh)
    give_back_anonymous(request)
    return {"access": access}


@router.post("/token/rotate/", operation_id="api_token_rotate")
@needs(Permission.ACCOUNT)
def rotate_token(request: HttpRequest, payload: RefreshIn) -> shapes.Refresh:
    """A new personal access token in place of the old one."""
    return {"refresh": tokens.rotate_personal_token(who=actor(request), text=payload.refresh)}


@router.post("/token/blacklist/", response={204: None}, operation_id="api_token_blacklist")
@public
def blacklist_token(request: HttpRequest, payload: RefreshIn) -> Status[Any]:
    """End a personal access token."""
    tokens.revoke_personal_token(text=payload.refresh, who=maybe_actor(request))
    return Status(204, None)


@router.get("/jwt/settings/", operation_id="api_jwt_settings_read")
@needs(Permission.ACCOUNT)
def token_settings(request: HttpRequest) -> shapes.TokenSettings:
    """Which kinds of tokens work."""
    organization = actor(request).organization
    return {
        "api_tokens_enabled": organization.is_api_token_enabled,
        "legacy_api_tokens_enabled": organization.is_legacy_token_enabled,
    }


@router.post("/jwt/settings/", operation_id="api_jwt_settings_create")
@needs(Permission.ACCOUNT)
def change_token_settings(request: HttpRequest, payload: TokenSettingsIn) -> shapes.TokenSettings:
    """Switch kinds of tokens on or off; administrators may."""
    tokens.change_token_settings(
        who=actor(request), personal=payload.api_tokens_enabled, legacy=payload.legacy_api_tokens_enabled
    )
    return token_settings(request)


@router.get("/current-user/token/", operation_id="api_current_user_token_read")
@needs(Permission.ACCOUNT)
def current_token(request: HttpRequest) -> shapes.Token:
    """With a session its own token, which ends with it; else the start of the lasting one."""
    who = actor(request)
    store = request.session
    if who.kind == "session" and isinstance(store, SessionStore) and store.row is not None:
        return {"token": tokens.session_token(who=who, session=store.row, session_key=store.session_key or "")}
    return {"token": tokens.masked_legacy_token(who=who)}


@router.post("/current-user/reset-token/", response={201: Any}, operation_id="api_current_user_reset_token_create")
@needs(Permission.ACCOUNT)
def reset_token(request: HttpRequest) -> Status[shapes.Token]:
    """Make a new lasting legacy token, shown this once."""
    return Status(201, {"token": tokens.reset_legacy_token(who=actor(request))})


@router.get("/current-user/tokens/legacy/", operation_id="api_current_user_tokens_legacy_read")
@needs(Permission.ACCOUNT)
def legacy_token(request: HttpRequest) -> shapes.LegacyToken:
    """Whether there is a lasting legacy token, and how it begins."""
    token = LegacyToken.objects.filter(user=actor(request).user, session=None).first()
    if token is None:
        return {"exists": False, "prefix": "", "created_at": None, "last_used_at": None}
    used = iso(token.last_used_at) if token.last_used_at else None
    return {"exists": True, "prefix": token.prefix, "created_at": iso(token.created_at), "last_used_at": used}


@router.delete(
    "/current-user/tokens/legacy/", response={204: None}, operation_id="api_current_user_tokens_legacy_delete"
)
@needs(Permission.ACCOUNT)
def revoke_legacy_token(request: HttpRequest) -> Status[Any]:
    """End the lasting legacy token."""
    tokens.revoke_legacy_token(who=actor(request))
    return Status(204, None)
