"""Personal access tokens as signed text (JWT): a refresh token that lasts, access tokens that live for minutes.

One algorithm, fixed here. Claims: `token_type, exp, iat, jti, user_id` as clients know them, `iss` and `aud`; an access
token also names its `parent`, the refresh token it came from, and ends with it.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

import jwt
from django.conf import settings
from django.utils.crypto import salted_hmac

from postil.core.clock import now

ALGORITHM = "HS256"
ISSUER = AUDIENCE = "postil"
REFRESH, ACCESS = "refresh", "access"
REQUIRED = ["exp", "iat", "jti", "iss", "aud", "token_type", "user_id"]
MAX_ACCESS_S = 3600


def signing_key() -> bytes:
    """Return the key of our tokens, derived from the server's signing key."""
    return salted_hmac("postil.tokens", "jwt", algorithm="sha256").digest()


def new_jti() -> str:
    """Return the identity of a new token."""
    return uuid.uuid4().hex


def refresh_token(*, user_id: int, jti: str, expires_at: datetime) -> str:
    """Return the signed text of a personal access token."""
    return _signed({"token_type": REFRESH, "exp": expires_at, "iat": now(), "jti": jti, "user_id": str(user_id)})


def access_token(*, user_id: int, parent: str) -> str:
    """Return a short-lived token made from the refresh token `parent`."""
    life = timedelta(seconds=min(settings.CONFIG.access_token_seconds, MAX_ACCESS_S))
    claims = {"token_type": ACCESS, "exp": now() + life, "iat": now(), "jti": new_jti(), "user_id": str(user_id)}
    return _signed({**claims, "parent": parent})


def parent_of_access(text: str) -> str:
    """Return the `jti` of the refresh token behind an access token, or an empty string if the text is not valid."""
    claims = _verified(text, ACCESS)
    return str(claims.get("parent", "")) if claims else ""


def jti_of_refresh(text: str) -> str:
    """Return the `jti` of a refresh token, or an empty string if the text is not valid."""
    claims = _verified(text, REFRESH)
    return str(claims["jti"]) if claims else ""


def jti_unverified(text: str) -> str:
    """Return the `jti` that header and payload of a token claim; proves nothing."""
    parts = text.split(".")
    try:
        claims = jwt.decode(".".join([*parts[:2], ""]), options={"verify_signature": False})
    except jwt.PyJWTError:
        return ""
    return str(claims.get("jti", ""))


def without_signature(text: str) -> str:
    """Return header and payload, which are no secret."""
    return text.rsplit(".", 1)[0]


def _signed(claims: dict[str, Any]) -> str:
    return jwt.encode({**claims, "iss": ISSUER, "aud": AUDIENCE}, signing_key(), algorithm=ALGORITHM)


def _verified(text: str, token_type: str) -> dict[str, Any] | None:
    try:
        claims: dict[str, Any] = jwt.decode(
            text, signing_key(), algorithms=[ALGORITHM], audience=AUDIENCE, issuer=ISSUER, options={"require": REQUIRED}
        )
    except jwt.PyJWTError:
        return None
    return claims if claims["token_type"] == token_type else None
