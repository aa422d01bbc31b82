"""Keys for scripts: legacy tokens and personal access tokens. Only hashes and identities are stored."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from postil.accounts import audit, jwt_tokens, queries
from postil.accounts.access import Actor, require
from postil.accounts.models import LegacyToken, LentKey, Membership, Organization, PersonalToken, User, UserSession
from postil.accounts.permissions import Permission
from postil.core.clock import now
from postil.core.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from postil.core.ids import digest, new_secret

PREFIX = 8
MAX_DAYS = 730
LEGACY_OFF = "Legacy tokens are switched off in this organization."
HAS_ONE = "You already have a valid token without a name. Give a further one a name."


class InvalidRefresh(Unauthenticated):
    """A refresh token that is not, or no longer, good."""

    challenge = 'Bearer realm="api"'


@transaction.atomic
def reset_legacy_token(*, who: Actor) -> str:
    """Make a new lasting legacy token; the old one ends. Shown this once."""
    if not who.organization.is_legacy_token_enabled:
        raise Forbidden(LEGACY_OFF)
    key = new_secret()
    set_legacy_token(user=who.user, key=key, ip=who.ip)
    audit.record(who, "token.created", object_type="token", details={"kind": "legacy", "prefix": key[:PREFIX]})
    return key


def set_legacy_token(*, user: User, key: str, ip: str = "") -> None:
    """Store this key as the lasting legacy token of a person."""
    LegacyToken.objects.update_or_create(
        user=user,
        session=None,
        defaults={
            "key_hash": digest(key),
            "prefix": key[:PREFIX],
            "created_at": now(),
            "last_used_at": None,
            "known_ips": [ip] if ip else [],
        },
    )


@transaction.atomic
def revoke_legacy_token(*, who: Actor) -> None:
    """End the lasting legacy token."""
    token = LegacyToken.objects.filter(user=who.user, session=None).first()
    if token is None:
        raise NotFound
    token.delete()
    audit.record(who, "token.revoked", object_type="token", details={"kind": "legacy", "prefix": token.prefix})


def session_token(*, who: Actor, session: UserSession, session_key: str) -> str:
    """Return the legacy token that belongs to a session and ends with it; the same at each call.

    It is made from the secret in the cookie, so that nothing but its hash is stored.
    """
    if not who.organization.is_legacy_token_enabled:
        raise NotFound(LEGACY_OFF)
    key = salted_hmac("postil.session-token", session_key, algorithm="sha256").hexdigest()[:40]
    LegacyToken.objects.get_or_create(
        key_hash=digest(key),
        defaults={"user": who.user, "session": session, "prefix": key[:PREFIX], "known_ips": [who.ip]},
    )
    return key


def masked_legacy_token(*, who: Actor) -> str:
    """Return the start of the lasting token, the rest as stars: it is never given back."""
    token = LegacyToken.objects.filter(user=who.user, session=None).first()
    if token is None or not who.organization.is_legacy_token_enabled:
        raise NotFound("There is no legacy token. Make one on the page Access tokens.")
    return token.prefix + "*" * 32


@transaction.atomic
def lend_key(*, who: Actor, project_id: int, name: str) -> tuple[LentKey, str]:
    """Make a key that reaches one project in the name of `who`; return its row and its text.

    Model servers send it as they send legacy tokens; it works whether those are switched on or off.
    """
    text = new_secret()
    key = LentKey.objects.create(user=who.user, project_id=project_id, name=name[:200], key_hash=digest(text))
    details = {"kind": "lent", "name": key.name}
    audit.record(who, "token.created", object_type="token", object_id=key.pk, project_id=project_id, details=details)
    return key, text


@transaction.atomic
def take_key_back(*, who: Actor, key: LentKey) -> None:
    """End a lent key."""
    details = {"kind": "lent", "name": key.name}
    audit.record(
        who, "token.revoked", object_type="token", object_id=key.pk, project_id=key.project_id, details=details
    )
    key.delete()


@transaction.atomic
def create_personal_token(
    *, who: Actor, name: str = "", expires_in_days: int | None = None
) -> tuple[PersonalToken, str]:
    """Make a personal access token; return its row and its text, which is shown this once.

    It can be made while such tokens are switched off, and works once they are switched on. A person has one without a
    name, and any number with one.
    """
    if not name and queries.good_tokens(who.user).filter(name="").exists():
        raise Conflict(HAS_ONE, fields={"name": [HAS_ONE]})
    token, text = _new_personal(who.user, name, _days(expires_in_days), who.ip)
    audit.record(
        who, "token.created", object_type="token", object_id=token.pk, details={"kind": "personal", "name": name}
    )
    return token, text


@transaction.atomic
def rotate_personal_token(*, who: Actor, text: str) -> str:
    """Return a fresh token of the same name and life in place of one's own; the old one ends."""
    jti = jwt_tokens.jti_of_refresh(text)
    old = PersonalToken.objects.select_for_update().filter(jti=jti, user=who.user, revoked_at=None).first()
    if old is None or old.expires_at <= now():
        raise Invalid.items(["Invalid refresh token"])
    _revoke(old)
    life = min(old.expires_at - old.created_at, timedelta(days=MAX_DAYS))
    fresh, fresh_text = _new_personal(who.user, old.name, life, who.ip)
    details = {"kind": "personal", "in_place_of": old.pk}
    audit.record(who, "token.rotated", object_type="token", object_id=fresh.pk, details=details)
    return fresh_text


@transaction.atomic
def revoke_personal_token(*, text: str, who: Actor | None) -> None:
    """End a token, by its whole text or, for its owner, by the part without the signature.

    What was made from it ends with it.
    """
    jti = jwt_tokens.jti_of_refresh(text)
    tokens = PersonalToken.objects.select_for_update().filter(revoked_at=None)
    if jti:
        token = tokens.filter(jti=jti).first()
    else:
        claimed = jwt_tokens.jti_unverified(text)
        token = tokens.filter(jti=claimed, user=who.user).first() if who is not None and claimed else None
    if token is None:
        raise NotFound("Token is invalid or already blacklisted.")
    _revoke(token)
    details = {"kind": "personal"}
    if who is not None and who.user.pk == token.user_id:
        audit.record(who, "token.revoked", object_type="token", object_id=token.pk, details=details)
        return
    place = token.user.active_organization
    audit.record(
        None,
        "token.revoked",
        object_type="token",
        object_id=token.pk,
        user=token.user,
        organization=place,
        details=details,
    )


def access_token(text: str) -> str:
    """Return a new access token for a refresh token that is good; raises `Unauthenticated`.

    Whether access tokens work at all in the organization is asked each time one is used.
    """
    jti = jwt_tokens.jti_of_refresh(text)
    token = PersonalToken.objects.select_related("user__active_organization").filter(jti=jti).first() if jti else None
    if token is None or token.expires_at <= now():
        raise InvalidRefresh("Token is invalid")
    if token.revoked_at is not None:
        raise InvalidRefresh("Token is blacklisted")
    organization = token.user.active_organization
    is_member = Membership.objects.filter(user=token.user_id, organization=organization).exists()
    if organization is None or not token.user.is_active or not is_member:
        raise InvalidRefresh("Token is invalid")
    return jwt_tokens.access_token(user_id=token.user_id, parent=token.jti)


@transaction.atomic
def change_token_settings(*, who: Actor, personal: bool | None, legacy: bool | None) -> Organization:
    """Switch kinds of tokens on or off for the organization.

    What changes nothing is granted to everybody: scripts ask for the tokens they use, on or not.
    """
    organization = who.organization
    if personal in (None, organization.is_api_token_enabled) and legacy in (None, organization.is_legacy_token_enabled):
        return organization
    require(who, Permission.ORGANIZATION_CHANGE)
    if personal is not None:
        organization.is_api_token_enabled = personal
    if legacy is not None:
        organization.is_legacy_token_enabled = legacy
    organization.save(update_fields=["is_api_token_enabled", "is_legacy_token_enabled", "updated_at"])
    details = {"personal": organization.is_api_token_enabled, "legacy": organization.is_legacy_token_enabled}
    audit.record(who, "settings.tokens", object_type="organization", object_id=organization.pk, details=details)
    return organization


def _new_personal(user: User, name: str, life: timedelta, ip: str) -> tuple[PersonalToken, str]:
    jti = jwt_tokens.new_jti()
    expires_at = now() + life
    text = jwt_tokens.refresh_token(user_id=user.pk, jti=jti, expires_at=expires_at)
    unsigned = jwt_tokens.without_signature(text)
    token = PersonalToken.objects.create(
        user=user, jti=jti, name=name, unsigned=unsigned, expires_at=expires_at, known_ips=[ip]
    )
    return token, text


def _days(days: int | None) -> timedelta:
    wanted = settings.CONFIG.token_days if days is None else days
    if not 1 <= wanted <= MAX_DAYS:
        raise Invalid.field("expires_in_days", f"Say a number of days between 1 and {MAX_DAYS}.")
    return timedelta(days=wanted)


def _revoke(token: PersonalToken) -> None:
    token.revoked_at = now()
    token.save(update_fields=["revoked_at"])
