"""Routes about the server itself: its version and the description of its API."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router

import postil
from postil.accounts.access import maybe_actor, needs, public
from postil.accounts.permissions import Permission
from postil.infra.http import absolute, to_json
from postil.infra.shapes import JsonObject
from postil.web import shapes
from postil.web.openapi import schema_document

EDITION = "Community"
router = Router(tags=["Server"])


def version_document(request: HttpRequest) -> shapes.Version:
    """Return versions for people who are signed in; strangers learn the product's name only."""
    if maybe_actor(request) is None:
        return {"product": "Postil", "edition": EDITION}
    number = postil.__version__
    part: shapes.PartVersion = {"version": number, "commit": "", "message": "", "branch": "", "date": ""}
    return {
        "product": "Postil",
        "release": number,
        "edition": EDITION,
        # LS: clients read these names; all parts of ours have one version.
        "label-studio-os-package": {"version": number, "short_version": ".".join(number.split(".")[:2])},
        "label-studio-os-backend": part,
        "label-studio-frontend": part,
        "dm2": part,
        "lsf": part,
        "label-studio-converter": {"version": number},
        "backend": {"commit": ""},
    }


@router.get("/", operation_id="api_root")
@needs(Permission.ACCOUNT)
def root(request: HttpRequest) -> shapes.Root:
    """Return where the API begins."""
    return {"users": absolute(request, "/api/users/")}


@router.get("/version/", operation_id="api_version")
@public
def version(request: HttpRequest) -> shapes.Version:
    """Return the versions of the server's parts."""
    return version_document(request)


@router.get("/schema/", operation_id="api_schema")
@needs(Permission.PROJECT_VIEW)
def schema(request: HttpRequest) -> Annotated[HttpResponse, JsonObject]:
    """Return the OpenAPI description of this API."""
    return HttpResponse(to_json(schema_document()), content_type="application/json")
