"""Answers with JSON that holds stored text as it is."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.http import HttpResponse

from postil.infra.http import etag, to_json

WRITTEN_AT_ONCE = 1_000


def answer_list(values: Iterable[Any]) -> HttpResponse:
    """Return a list as a JSON answer, made some entries at a time: as text they take a fraction of the memory."""
    left = iter(values)
    parts = []
    while some := list(islice(left, WRITTEN_AT_ONCE)):
        parts.append(to_json(some)[1:-1])
    return HttpResponse(b"[" + b",".join(parts) + b"]", content_type="application/json")


def answer(value: Any, status: int = 200, *, revision: int | None = None) -> HttpResponse:
    """Return `value` as a JSON answer, with the entity tag of `revision`."""
    response = HttpResponse(to_json(value), status=status, content_type="application/json")
    if revision is not None:
        response["ETag"] = etag(revision)
    return response
