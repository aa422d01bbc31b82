"""The OpenAPI description of the API, and a plain page that shows it without any other host."""

from functools import cache
from pathlib import Path
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from ninja import NinjaAPI

from postil.accounts.access import maybe_actor
from postil.core.errors import Unauthenticated
from postil.infra.http import error_response, to_json
from postil.web.answers import describe_answers
from postil.web.reference import told_operations, told_shapes

EXAMPLES = Path(__file__).parent / "examples.json"
METHODS = ("get", "post", "put", "patch", "delete")
ERROR: dict[str, Any] = {
    "title": "Error",
    "type": "object",
    "description": "Why a request was refused. `validation_errors` names the fields.",
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "status_code": {"type": "integer"},
        "version": {"type": "string"},
        "detail": {"type": "string"},
        "exc_info": {"type": "null"},
        "validation_errors": {"type": "object", "additionalProperties": True},
    },
    "example": {
        "id": "3f1c0a52-7a43-4a35-9f1b-1d8c2f0f5c11",
        "status_code": 400,
        "version": "1.0.0",
        "detail": "Validation error",
        "exc_info": None,
        "validation_errors": {"title": ["Ensure this field has at least 3 characters."]},
    },
}
REFUSAL: dict[str, Any] = {
    "description": "The request was refused.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
}


_described: list[NinjaAPI] = []


def describe(api: NinjaAPI) -> None:
    """Set the API that this module tells of; the one that is assembled does so itself."""
    _described[:] = [api]


@cache
def schema_document() -> dict[str, Any]:
    """Return the OpenAPI document."""
    document: dict[str, Any] = dict(_described[-1].get_openapi_schema(path_prefix="/api/"))
    known = document.get("components", {})
    document["components"] = {
        **known,
        "schemas": {**known.get("schemas", {}), "Error": ERROR},
        "responses": {"Error": REFUSAL},
        "securitySchemes": {
            "Token": {"type": "apiKey", "in": "header", "name": "Authorization", "description": "Token <legacy token>"},
            "Bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
        },
    }
    describe_answers(document, _described[-1])
    for name, example in orjson.loads(EXAMPLES.read_bytes()).items():
        document["components"]["schemas"][name]["example"] = example
    document["security"] = [{"Token": []}, {"Bearer": []}]
    _tell_apart(document["paths"])
    _may_be_refused(document["paths"])
    return document


def _may_be_refused(paths: dict[str, Any]) -> None:
    """Say of every operation that it may be refused, and how that looks."""
    for item in paths.values():
        for method in METHODS:
            if method in item:
                answers = {**item[method]["responses"], "4XX": {"$ref": "#/components/responses/Error"}}
                item[method] = {**item[method], "responses": answers}


def _tell_apart(paths: dict[str, Any]) -> None:
    """Give the second of two operations with one id (a handler of PUT and PATCH) the name of its method, too."""
    seen: set[str] = set()
    for item in paths.values():
        for method in METHODS:
            if method in item:
                name = item[method]["operationId"]
                own = f"{name}_{method}" if name in seen else name
                item[method] = {**item[method], "operationId": own}  # the methods of one handler share their dict
                seen.add(name)


def operations() -> list[dict[str, str]]:
    """Return every operation as a flat row, in the order of the document."""
    return [
        {"group": row.group, "method": row.method, "path": row.path, "summary": row.summary}
        for row in told_operations(schema_document())
    ]


def reference_page(request: HttpRequest) -> HttpResponse:
    """Show the API's reference to people who are signed in; `?format=openapi` gives the document itself."""
    if maybe_actor(request) is None:
        return error_response(Unauthenticated())
    if request.GET.get("format") in ("openapi", "json"):
        return schema_page(request)
    return HttpResponse(_reference())


def schema_page(request: HttpRequest) -> HttpResponse:
    """Answer with the OpenAPI document, to people who are signed in."""
    if maybe_actor(request) is None:
        return error_response(Unauthenticated())
    return HttpResponse(to_json(schema_document()), content_type="application/json")


@cache
def _reference() -> str:
    document = schema_document()
    engine = Engine(dirs=[str(Path(__file__).parent / "templates")])
    told = {"rows": told_operations(document), "shapes": told_shapes(document)}
    return engine.get_template("reference.html").render(Context(told))
