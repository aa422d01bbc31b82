"""Proof that a write with a session comes from our own page."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import (  # type: ignore[attr-defined] # the stubs leave the helpers out
    InvalidTokenFormat,
    _check_token_format,
    _does_token_match,
)

from postil.core.errors import Forbidden

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def has_proof(request: HttpRequest, form_token: str = "") -> bool:
    """Whether a request carries the token of its cookie, or says by itself that it comes from our origin.

    A foreign `Origin` refuses in any case.
    """
    origin = request.META.get("HTTP_ORIGIN", "")
    is_ours = bool(origin) and is_own_origin(request, origin)
    if origin and not is_ours:
        return False
    given = request.META.get("HTTP_X_CSRFTOKEN", "") or form_token
    if given:
        return tokens_match(given, request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""))
    return is_ours or request.META.get("HTTP_SEC_FETCH_SITE") == "same-origin"


def refuse_foreign(request: HttpRequest) -> None:
    """Raise `Forbidden` for a write without session (log-in, sign-up) that another site's page sent."""
    looks_like_page = "HTTP_ORIGIN" in request.META or "HTTP_SEC_FETCH_SITE" in request.META
    if looks_like_page and not has_proof(request):
        raise Forbidden("This request came from another site.")


def is_own_origin(request: HttpRequest, origin: str) -> bool:
    """Whether an `Origin` header names this server, or one that the operator trusts."""
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    parts = urlsplit(origin)
    schemes = {"https"} if request.is_secure() else {"http", "https"}  # an unnamed proxy may speak https for us
    return parts.scheme in schemes and parts.netloc == request.get_host()


def tokens_match(given: str, cookie: str) -> bool:
    """Whether a token of a header or form, masked or not, belongs to the cookie."""
    try:
        _check_token_format(given)
        _check_token_format(cookie)
    except InvalidTokenFormat:
        return False
    return bool(_does_token_match(given, cookie))
