"""Answers with JSON that holds stored text as it is."""

from typing import Any

from django.http import HttpResponse

from postil.infra.http import etag, to_json


def answer(value: Any, status: int = 200, *, revision: int | None = None) -> HttpResponse:
    """Return `value` as a JSON answer, with the entity tag of `revision`."""
    response = HttpResponse(to_json(value), status=status, content_type="application/json")
    if revision is not None:
        response["ETag"] = etag(revision)
    return response
