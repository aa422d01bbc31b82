"""From a request to an actor: by `X-Api-Key` or `Authorization`, else by the session. One statement each.

Rights are looked up at each use; nothing is believed from a token but its identity.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from postil.accounts import activity, csrf, jwt_tokens
from postil.accounts.access import Actor
from postil.accounts.enums import Role
from postil.accounts.models import LegacyToken, LentKey, Organization, PersonalToken, User, UserSession
from postil.accounts.sessions import SESSION_ID_SIZE, SessionStore, role_of_user
from postil.core.clock import now
from postil.core.errors import Forbidden, Unauthenticated
from postil.core.ids import digest
from postil.infra.http import client_ip
from postil.infra.prepared import PreparedRows, Slot

JWT_DOTS = 2
NO_CSRF = "CSRF verification failed: send the header X-CSRFToken with the value of the cookie csrftoken."
LEGACY_OFF = "Authentication token no longer valid: legacy token authentication has been disabled for this organization"

_LEGACY = PreparedRows[LegacyToken](
    lambda: (
        LegacyToken.objects.select_related("user__active_organization", "session")
        .annotate(role=role_of_user("user"))
        .filter(key_hash=Slot("key"))
    )
)
_PERSONAL = PreparedRows[PersonalToken](
    lambda: (
        PersonalToken.objects.select_related("user__active_organization")
        .annotate(role=role_of_user("user"))
        .filter(jti=Slot("jti"))
    )
)
_LENT = PreparedRows[LentKey](
    lambda: (
        LentKey.objects.select_related("user__active_organization")
        .annotate(role=role_of_user("user"))
        .filter(key_hash=Slot("key"))
    )
)


def authenticate(request: HttpRequest) -> Actor:
    """Return who sent the request; raises `Unauthenticated`, or `Forbidden` for a session write without proof."""
    key = request.META.get("HTTP_X_API_KEY", "").strip()
    if key:
        return by_bearer(request, key) if key.count(".") == JWT_DOTS else by_legacy_token(request, key)
    scheme, _, value = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    value = value.strip()
    if scheme.lower() == "token" and value:
        return by_legacy_token(request, value)
    if scheme.lower() == "bearer" and value:
        return by_bearer(request, value)
    who = by_session(request)
    if request.method not in csrf.SAFE_METHODS and not csrf.has_proof(request):
        raise Forbidden(NO_CSRF)
    return who


def by_legacy_token(request: HttpRequest, key: str) -> Actor:
    """Return the owner of `Authorization: Token …`."""
    hashed = digest(key)
    token = _LEGACY.first(key=hashed)
    if token is None:
        return by_lent_key(request, hashed)
    role = role_in(token)
    if not token.user.is_active or role is None:
        raise Unauthenticated("Invalid token.")
    organization = _organization(token.user)
    if token.session is not None and not is_alive(token.session, organization):
        raise Unauthenticated("Invalid token.")
    if not organization.is_legacy_token_enabled:
        raise Unauthenticated(LEGACY_OFF)
    who = Actor(token.user, organization, role, "token", f"legacy-{token.pk}", client_ip(request))
    activity.note(who, token=token, session=token.session)
    return who


def by_lent_key(request: HttpRequest, key_hash: str) -> Actor:
    """Return who lent a key to a model server, narrowed to its project; it is worth what its lender may do now."""
    key = _LENT.first(key=key_hash)
    role = role_in(key)
    if key is None or not key.user.is_active or role is None:
        raise Unauthenticated("Invalid token.")
    organization = _organization(key.user)
    may_as = Role.MANAGER if role.covers(Role.MANAGER) else role
    who = Actor(key.user, organization, may_as, "lent", f"lent-{key.pk}", client_ip(request), key.project_id)
    activity.note(who, token=key)
    return who


def by_bearer(request: HttpRequest, text: str) -> Actor:
    """Return the owner of an access token; its parent must still be valid."""
    parent = jwt_tokens.parent_of_access(text)
    token = _PERSONAL.first(jti=parent) if parent else None
    role = role_in(token)
    if token is None or not token.user.is_active or role is None or not is_good(token):
        raise Unauthenticated
    organization = _organization(token.user)
    if not organization.is_api_token_enabled:
        raise Unauthenticated
    who = Actor(token.user, organization, role, "jwt", f"personal-{token.pk}", client_ip(request))
    activity.note(who, token=token)
    return who


def by_session(request: HttpRequest) -> Actor:
    """Return who is logged in; a session that is over is ended."""
    store = getattr(request, "session", None)  # a request that was answered early has none
    if not isinstance(store, SessionStore) or store.session_key is None or BACKEND_SESSION_KEY not in store:
        raise Unauthenticated
    row = store.row
    role = role_in(row)
    if row is None or row.user is None or not row.user.is_active or role is None:
        raise Unauthenticated
    organization = _organization(row.user)
    mark_is_right = constant_time_compare(store.password_mark, row.user.get_session_auth_hash())
    if not mark_is_right or not is_alive(row, organization):
        store.flush()
        raise Unauthenticated
    who = Actor(row.user, organization, role, "session", row.session_key[:SESSION_ID_SIZE], client_ip(request))
    activity.note(who, session=row)
    return who


def role_in(row: LegacyToken | PersonalToken | LentKey | UserSession | None) -> Role | None:
    """Return the role that a statement found beside the key; None for no member."""
    word = getattr(row, "role", None)
    return Role(word) if word is not None else None


def is_good(token: PersonalToken) -> bool:
    """Whether a personal access token was not revoked and is not over."""
    return token.revoked_at is None and token.expires_at > now()


def is_alive(row: UserSession, organization: Organization) -> bool:
    """Whether a session is neither idle for too long nor too old, by the server's and the organization's bounds."""
    moment = now()
    idle = min(
        timedelta(hours=settings.CONFIG.session_idle_hours), timedelta(minutes=organization.session_idle_minutes)
    )
    longest = min(
        timedelta(hours=settings.CONFIG.session_max_hours), timedelta(minutes=organization.session_max_minutes)
    )
    return moment - row.last_seen_at < idle and moment - row.created_at < longest and row.expire_date > moment


def _organization(user: User) -> Organization:
    if user.active_organization is None:
        raise Unauthenticated
    return user.active_organization
