"""The assembled API: declared routes only, several packages on one path, versions for whom."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from ninja import Router

from postil.accounts.access import needs, public
from postil.accounts.permissions import Permission
from postil.web.api import UndeclaredRouteError, api, build_api, merge
from postil.web.openapi import operations, schema_document

ClientFor = Callable[[Any], Any]


def test_a_route_without_a_declaration_stops_the_start() -> None:
    router = Router()

    @router.get("/secrets/")
    def read_secrets(request: Any) -> dict[str, Any]:
        return {}

    with pytest.raises(UndeclaredRouteError, match=r"read_secrets \(/secrets/\) must be declared"):
        build_api([router])


def test_two_packages_serve_one_path() -> None:
    first, second = Router(tags=["First"]), Router(tags=["Second"])

    @first.get("/things/")
    @public
    def list_things(request: Any) -> list[int]:
        return []

    @second.post("/things/")
    @needs(Permission.TASK_CREATE)
    def create_thing(request: Any) -> dict[str, Any]:
        return {}

    merged = merge([first, second]).path_operations["/things/"]
    assert [(operation.methods, operation.tags) for operation in merged.operations] == [
        (["GET"], ["First"]),
        (["POST"], ["Second"]),
    ]


def test_every_operation_has_its_own_id_and_a_sentence() -> None:
    paths = schema_document()["paths"]
    ids = [about["operationId"] for item in paths.values() for about in item.values() if "operationId" in about]
    assert len(ids) > 100
    assert sorted(set(ids)) == sorted(ids)
    assert [row["path"] for row in operations() if not row["summary"].strip()] == []
    assert api.title == "Postil"


@pytest.mark.django_db
def test_strangers_learn_the_name_and_members_the_version(owner: Any, client_for: ClientFor) -> None:
    for path in ("/api/version", "/api/version/", "/version", "/version/"):
        assert client_for(None).get(path).json == {"product": "Postil", "edition": "Community"}
        known = client_for(owner).get(path).json
        assert (known["release"], known["edition"]) == ("0.1.0", "Community")
        assert known["label-studio-os-package"] == {"version": "0.1.0", "short_version": "0.1"}


@pytest.mark.django_db
def test_the_description_is_for_people_who_are_signed_in(annotator: Any, client_for: ClientFor) -> None:
    for path in ("/api/schema/", "/docs/api/"):
        assert client_for(None).get(path).status == 401
    assert client_for(annotator).get("/api/schema").json["openapi"].startswith("3.")
    page = client_for(annotator).get("/docs/api/")
    assert page.status == 200
    assert b"/api/projects/" in page.content
    assert b"<script" not in page.content


@pytest.mark.django_db
def test_people_see_that_an_address_is_unknown_in_the_application() -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    answer = Client().get("/nothing/here/", headers=browser)
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/html")
    assert b"<html" in answer.content
    assert answer.headers["Content-Security-Policy"]
    assert Client().get("/api/nothing/", headers=browser)["Content-Type"] == "application/json"
    assert Client().post("/nothing/", headers=browser)["Content-Type"] == "application/json"
    assert Client().get("/static/none.js", headers={"Accept": "*/*"})["Content-Type"] == "application/json"


@pytest.mark.django_db
def test_unknown_addresses_answer_in_our_error_body() -> None:
    for path in ("/nothing", "/api/nothing/", "/static/none.js"):
        answer = Client().get(path)
        assert answer.status_code == 404, path
        assert json.loads(answer.content)["detail"] == "Not found."
