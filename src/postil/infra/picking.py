"""Which keys of an answer a request asks for: `include`, `omit`, `expand`."""

from typing import Any, TypeVar, cast

from django.http import HttpRequest

T = TypeVar("T")


def names_asked(request: HttpRequest, parameter: str) -> frozenset[str]:
    """Return the names in a query parameter, comma separated or repeated."""
    return frozenset(
        name.strip() for text in request.GET.getlist(parameter) for name in text.split(",") if name.strip()
    )


def picked(request: HttpRequest, answer: T) -> T:
    """Return an object, or each object of a list, with the keys of `include` (all when empty) but those of `omit`."""
    include, omit = names_asked(request, "include"), names_asked(request, "omit")
    if not include and not omit:
        return answer
    return cast("T", _reduced(answer, include, omit))


def _reduced(value: Any, include: frozenset[str], omit: frozenset[str]) -> Any:
    if isinstance(value, list):
        return [_reduced(item, include, omit) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: item for key, item in value.items() if (not include or key in include) and key not in omit}
