"""What happens to every request and answer: size and host checks, both spellings of addresses, headers."""

import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from postil.core.errors import Invalid, NotAllowed, NotFound, PostilError
from postil.infra.bodies import check_size
from postil.infra.failures import answer_to, error_response
from postil.infra.http import is_proxy
from postil.infra.waiting import serving

GetResponse = Callable[[HttpRequest], HttpResponseBase]
API = "/api/"
PLAIN_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Frame-Options": "SAMEORIGIN",
}
CORS_METHODS = "DELETE, GET, OPTIONS, PATCH, POST, PUT"
CORS_HEADERS = (
    "accept, authorization, content-type, idempotency-key, if-match, user-agent, "
    "x-api-key, x-csrftoken, x-requested-with"
)
PAGE_ERRORS: dict[int, type[PostilError]] = {400: Invalid, 404: NotFound, 405: NotAllowed, 500: PostilError}
DEV_SERVER = "http://localhost:5173"


# Packages that know of more origins that somebody's pages may show media from.
MEDIA_ORIGINS: list[Callable[[HttpRequest], list[str]]] = []


def security_headers(get_response: GetResponse) -> GetResponse:
    """Refuse what is too large or names a foreign host; put the security headers on every answer."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        _trust_proxy(request)
        request.csp_nonce = ""  # type: ignore[attr-defined] # filled by `csp_nonce` when a page asks for it
        with serving():
            response = _refused(request) or _preflight(request) or _answered(request, get_response)
        _add_headers(request, response)
        return response

    return middleware


def csp_nonce(request: HttpRequest) -> str:
    """Return the nonce that scripts of this page carry; the same for one request."""
    if not getattr(request, "csp_nonce", ""):
        request.csp_nonce = secrets.token_urlsafe(16)  # type: ignore[attr-defined]
    return str(request.csp_nonce)  # type: ignore[attr-defined]


def _trust_proxy(request: HttpRequest) -> None:
    if request.META.get("HTTP_X_FORWARDED_PROTO") == "https" and is_proxy(str(request.META.get("REMOTE_ADDR", ""))):
        request.META["wsgi.url_scheme"] = "https"
        request.environ["wsgi.url_scheme"] = "https"  # type: ignore[attr-defined] # WSGI requests have it


def _refused(request: HttpRequest) -> HttpResponse | None:
    try:
        request.get_host()
        check_size(request)
    except DisallowedHost:
        return error_response(
            Invalid("This server does not know that host name. Add it to POSTIL_ALLOWED_HOSTS or set POSTIL_BASE_URL.")
        )
    except PostilError as error:
        return error_response(error)
    return None


def _answered(request: HttpRequest, get_response: GetResponse) -> HttpResponseBase:
    """Return the answer, in our error body where the framework would write a page for an API address."""
    is_api = request.path_info.startswith(API)
    is_head = is_api and request.method == "HEAD"
    if is_head:
        request.method = "GET"
    response = get_response(request)
    if not is_api:
        return response
    if response.status_code in PAGE_ERRORS and not response.get("Content-Type", "").startswith("application/json"):
        allowed = response.get("Allow")
        response = error_response(PAGE_ERRORS[response.status_code]())
        if allowed:
            response["Allow"] = allowed
    if is_head and isinstance(response, HttpResponse):
        request.method = "HEAD"
        length = len(response.content)
        response.content = b""
        response["Content-Length"] = str(length)
    return response


def _origin_allowed(request: HttpRequest) -> str:
    origin: str = request.META.get("HTTP_ORIGIN", "")
    return origin if origin and origin in settings.CONFIG.cors_origins else ""


def _preflight(request: HttpRequest) -> HttpResponse | None:
    if request.method != "OPTIONS" or not _origin_allowed(request):
        return None
    response = HttpResponse(status=200)
    response["Access-Control-Allow-Methods"] = CORS_METHODS
    response["Access-Control-Allow-Headers"] = CORS_HEADERS
    response["Access-Control-Max-Age"] = "600"
    return response


def _add_headers(request: HttpRequest, response: HttpResponseBase) -> None:
    for name, value in PLAIN_HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure():
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        for cookie in response.cookies.values():
            cookie["secure"] = True
    if not request.path_info.startswith(settings.STATIC_URL):
        response.headers.setdefault("Cache-Control", "private, no-store")
    if response.get("Content-Type", "").startswith("text/html"):
        response.headers.setdefault("Content-Security-Policy", page_policy(request))
    origin = _origin_allowed(request)
    if settings.CONFIG.cors_origins:
        response.headers.setdefault("Vary", "Origin")
    if origin:
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After"


def page_policy(request: HttpRequest) -> str:
    """Return the Content-Security-Policy of our pages."""
    known = (origin for more in MEDIA_ORIGINS for origin in more(request))
    media = " ".join(dict.fromkeys([*_media_origins(), *known]))
    nonce = getattr(request, "csp_nonce", "")
    script = f"'self' 'nonce-{nonce}'" if nonce else "'self'"
    connect = "'self'"
    if settings.CONFIG.dev:
        script += f" {DEV_SERVER}"
        connect += f" {DEV_SERVER} {DEV_SERVER.replace('http', 'ws', 1)}"
    rules = {
        "default-src": "'self'",
        "script-src": script,
        "style-src": "'self' 'unsafe-inline'",
        "img-src": f"'self' data: blob: {media}".strip(),
        "media-src": f"'self' data: blob: {media}".strip(),
        "font-src": "'self' data:",
        "connect-src": f"{connect} {media}".strip(),
        "worker-src": "'self' blob:",
        "frame-src": "'self' blob: data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _media_origins() -> list[str]:
    """Return the configured origins; anything that is not one would open the policy and is left out."""
    origins = []
    for text in settings.CONFIG.media_origins:
        parts = urlsplit(text)
        if text in {"https:", "http:"} or (parts.scheme in {"http", "https"} and parts.netloc and " " not in text):
            origins.append(text.rstrip("/") if parts.netloc else text)
    return origins


def anchored_slashes(get_response: GetResponse) -> GetResponse:
    """Serve every address with and without its final slash, for every method and without a redirect.

    All our routes are declared with the slash, so a missing one is added before routing; files keep their names.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if not path.endswith("/") and _wants_slash(path):
            request.path_info = path + "/"
            request.path += "/"
        return get_response(request)

    return middleware


def _wants_slash(path: str) -> bool:
    if path.startswith(API):
        return True
    if path.startswith((settings.STATIC_URL, "/data/")):
        return path == "/data/local-files"
    return "." not in path.rsplit("/", 1)[-1]


def unexpected_errors(get_response: GetResponse) -> GetResponse:
    """Answer whatever a view outside the API raises with our error body, never with a trace."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    middleware.process_exception = answer_to  # type: ignore[attr-defined] # where Django looks for it
    return middleware
