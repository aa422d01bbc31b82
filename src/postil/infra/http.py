"""What handlers need of HTTP: pages of lists, query parameters, entity tags, addresses of clients and of ourselves."""

import ipaddress
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from postil.core.errors import Invalid, NotFound, PreconditionFailed
from postil.infra.bodies import AnyBodyParser, OrjsonRenderer, read_body, to_json
from postil.infra.failures import answer_to, error_body, error_response, install, translate
from postil.infra.shapes import Page

__all__ = [
    "AnyBodyParser",
    "OrjsonRenderer",
    "absolute",
    "answer_to",
    "bool_param",
    "check_if_match",
    "client_ip",
    "error_body",
    "error_response",
    "etag",
    "install",
    "int_param",
    "page_of",
    "paginate",
    "read_body",
    "slice_of",
    "to_json",
    "translate",
]

TRUE_WORDS = frozenset({"1", "true", "yes", "on", "t", "y"})
FALSE_WORDS = frozenset({"0", "false", "no", "off", "f", "n", "not", ""})
MAX_PAGE_SIZE = 1_000
T = TypeVar("T")


def bool_param(request: HttpRequest, name: str, *, default: bool = False) -> bool:
    """Return a query parameter as a truth value; raises `Invalid` for a word that is neither."""
    text = request.GET.get(name)
    if text is None:
        return default
    word = text.strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise Invalid.field(name, "Must be a valid boolean.")


def int_param(request: HttpRequest, name: str) -> int | None:
    """Return a query parameter as a number, or None when it is missing; raises `Invalid` for other text."""
    text = request.GET.get(name, "").strip()
    if not text:
        return None
    if not text.removeprefix("-").isdecimal() or len(text) > 18:
        raise Invalid.field(name, "A valid integer is required.")
    return int(text)


def page_of(request: HttpRequest, *, default_size: int, max_size: int = MAX_PAGE_SIZE) -> tuple[int, int]:
    """Return page number and page size of a list request.

    A page that is no number is not found; a size that is none means the default, a greater one than allowed the
    greatest. LS: `page_size=-1` means everything; here it means the greatest page.
    """
    page_text = request.GET.get("page", "").strip() or "1"
    if not page_text.isdecimal() or len(page_text) > 12 or int(page_text) < 1:
        raise NotFound("Invalid page.")
    size_text = request.GET.get("page_size", "").strip()
    if size_text == "-1":
        return int(page_text), max_size
    size = int(size_text) if size_text.isdecimal() and len(size_text) <= 12 else 0
    return int(page_text), min(size or default_size, max_size)


def slice_of(request: HttpRequest, *, default_size: int) -> tuple[int, int]:
    """Return the first place and the length of a list request: by `page` and `page_size`, or by `start` and `length`.

    LS: with `start` a size of 0 means no rows, not the default.
    """
    start = int_param(request, "start")
    if start is None:
        page, size = page_of(request, default_size=default_size)
        return (page - 1) * size, size
    length = int_param(request, "page_size" if "page_size" in request.GET else "length")
    if start < 0:
        raise Invalid.field("start", "Ensure this value is greater than or equal to 0.")
    if length is None or length < 0:
        return start, default_size if length is None else MAX_PAGE_SIZE
    return start, min(length, MAX_PAGE_SIZE)


def paginate(
    request: HttpRequest,
    queryset: QuerySet[Any],
    render: Callable[[list[Any]], list[T]],
    *,
    default_size: int = 30,
    max_size: int = MAX_PAGE_SIZE,
    empty_past_end: bool = False,
) -> Page[T]:
    """Return `{count, next, previous, results}`; `render` makes the results of one page of rows.

    A page past the end is `NotFound`, or empty if `empty_past_end`. The queryset must have a total order.
    """
    page, size = page_of(request, default_size=default_size, max_size=max_size)
    count = queryset.count()
    start = (page - 1) * size
    if start >= count and page > 1 and not empty_past_end:
        raise NotFound("Invalid page.")
    rows: list[Model] = list(queryset[start : start + size]) if start < count else []
    return {
        "count": count,
        "next": page_address(request, page + 1) if start + size < count else None,
        "previous": page_address(request, page - 1) if page > 1 else None,
        "results": render(rows) if rows else [],
    }


def page_address(request: HttpRequest, page: int) -> str:
    """Return the absolute address of another page of the same list."""
    query = request.GET.copy()
    query["page"] = str(page)
    return absolute(request, f"{request.path}?{urlencode(list(query.items()))}")


def absolute(request: HttpRequest | None, path: str) -> str:
    """Return the absolute address of a path, from the configured public address if there is one."""
    base: str = settings.CONFIG.base_url
    if base:
        return base.rstrip("/") + path
    if request is None:
        return path
    return f"{request.scheme}://{request.get_host()}{path}"


def etag(revision: int) -> str:
    """Return the entity tag of a revision."""
    return f'"{revision}"'


def check_if_match(request: HttpRequest, revision: int, current: Callable[[], object]) -> None:
    """Raise `PreconditionFailed` with the stored object if `If-Match` names another revision."""
    header = request.headers.get("If-Match")
    if header is None or header.strip() == "*":
        return
    tags = {tag.strip().removeprefix("W/") for tag in header.split(",")}
    if etag(revision) not in tags and str(revision) not in tags:
        raise PreconditionFailed(current=current())


def client_ip(request: HttpRequest) -> str:
    """Return the address of the client; `X-Forwarded-For` counts only if it comes from a configured proxy."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    proxies = settings.CONFIG.trusted_proxies
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    if not proxies or not forwarded or not is_proxy(peer):
        return peer
    for hop in reversed([part.strip() for part in forwarded.split(",")]):
        if not is_proxy(hop):
            return hop[:64]
    return peer


def is_proxy(address: str) -> bool:
    """Whether this address is one of the configured proxies."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(ip in ipaddress.ip_network(network, strict=False) for network in settings.CONFIG.trusted_proxies)
