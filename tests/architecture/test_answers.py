"""Every answer looks as the description says: no key more, no key less."""

from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator
from tests.architecture.test_routes import PLACEHOLDER, World, world  # noqa: F401 -- a fixture

from postil.core.clock import now
from postil.storages.models import Storage
from postil.storages.providers import PROVIDERS
from postil.tasks.models import Task
from postil.web.answers import ANYTHING, operations_of
from postil.web.api import api
from postil.web.openapi import schema_document
from postil.webhooks.models import Delivery

pytestmark = pytest.mark.django_db
# Files, and answers without a body.
NO_JSON = {
    "/api/auth/export/",
    "/api/projects/{project_id}/export/",
    "/api/projects/{project_id}/exports/{export_id}/download/",
}
# What each of these GETs needs to be told beside what all are told.
QUERIES = {"/api/dm/values/": "column=data.text", "/api/current-user/product-tour/": "name=x"}
OPEN = {"type": "object", "additionalProperties": True}
VARIANTS = (
    "/api/tasks/?project={project_id}&fields=all&totals=quick",
    "/api/tasks/?project={project_id}&include=id,annotations,preview_regions",
    "/api/annotations/{annotation_id}/?expand=completed_by",
    "/api/projects/{project_id}/model-versions/?extended=true&include_live_models=true",
    "/api/label_links/?expand=label",
    "/api/labels/?expand=links",
    "/api/organizations/{organization_id}/memberships/?contributed_to_projects=1",
    "/api/projects/{project_id}/file-uploads/?all=true",
    "/api/storages/types/?details=true",
    "/api/storages/export/types/?details=true",
    "/api/dm/columns/?project={project_id}&every=true",
    "/api/dm/actions/relabel/form/?project={project_id}",
)


def closed(schema: Any) -> Any:
    """Return a schema whose objects may have no keys but those it names."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = schema.get("anyOf", [])
    if OPEN in parts and any("$ref" in part for part in parts):  # with `include` only what it names
        schema = {**schema, "anyOf": [part for part in parts if part != OPEN]}
    made = {name: closed(part) for name, part in schema.items() if name != "example"}
    if made.get("type") == "object" and "properties" in made:
        made.setdefault("additionalProperties", False)
    return made


def validator(schema: Any) -> Draft202012Validator:
    whole = {"components": {"schemas": closed(schema_document()["components"]["schemas"])}}
    return Draft202012Validator({**whole, **closed(schema)})


def good_answer(method: str, path: str) -> Any:
    """Return the schema of a good answer, or None where the description has none."""
    for status, answer in schema_document()["paths"][path][method]["responses"].items():
        if str(status).startswith("2"):
            found = answer.get("content", {}).get("application/json", {}).get("schema")
            return None if found == ANYTHING else found
    return None


def gets() -> list[str]:
    return [path for path, item in schema_document()["paths"].items() if "get" in item and path not in NO_JSON]


def test_every_good_answer_with_a_body_has_a_shape() -> None:
    bare = {
        f"{method} {path}"
        for path, item in schema_document()["paths"].items()
        for method in item
        if good_answer(method, path) is None
        and not any(str(s) == "204" for s in item[method]["responses"])
        and path not in NO_JSON
    }
    empty = {"/summary/reset/", "/dm/views/order/", "/train/", "/validate/"}
    assert {name for name in bare if not name.endswith(tuple(empty))} == set()


def test_every_operation_has_an_id_of_its_own() -> None:
    ids = [o.operation_id for _, r in api._routers for v in r.path_operations.values() for o in v.operations]
    assert len(ids) == len(set(ids)) == len(operations_of(api))


def test_every_get_answers_what_is_described(world: World, client_for: Any) -> None:  # noqa: F811
    """A key that is written but not described is as wrong as one that is missing."""
    client = client_for(world.owner)
    Task.objects.filter(pk=world.ids["task_id"]).update(updated_by=world.owner)
    storages = {
        (kind, is_target): Storage.objects.create(project_id=world.ids["project_id"], kind=kind, is_target=is_target)
        for kind in PROVIDERS
        for is_target in (False, True)
    }
    client.post("/api/tasks/", {"project": world.ids["project_id"], "data": {"text": "still open"}})
    delivery = Delivery.objects.create(
        webhook_id=world.ids["webhook_id"], action="TASKS_CREATED", body="{}", next_at=now()
    )
    world.ids["delivery_id"] = delivery.pk
    invited = client.post("/api/invitations/", {"email": "invited@example.com"}).json
    QUERIES["/api/invitations/check/"] = f"token={invited['token']}"
    asked = []
    for path in gets():
        ids = dict(world.ids)
        if "{storage_id}" in path:
            kind = path.removeprefix("/api/storages/").removeprefix("export/").partition("/")[0]
            ids["storage_id"] = storages[kind, "/export/" in path].pk
        address = PLACEHOLDER.sub(lambda match, ids=ids: str(ids.get(match.group(1), 1)), path)
        query = f"project={world.ids['project_id']}&task={world.ids['task_id']}&{QUERIES.get(path, '')}"
        asked.append((path, f"{address}?{query}"))
    for variant in VARIANTS:
        plain = variant.partition("?")[0]
        found = plain if plain in schema_document()["paths"] else "/api/dm/actions/{action_id}/form/"
        asked.append((found, variant.format(**world.ids)))
    problems = {}
    for path, address in asked:
        answer = client.get(address)
        if answer.status != 200:
            problems[address] = f"{answer.status} {answer.json}"
            continue
        for wrong in validator(good_answer("get", path)).iter_errors(answer.json):
            problems[address] = f"{'.'.join(map(str, wrong.instance_path))}: {wrong.message[:300]}"
    assert problems == {}, "\n".join(f"{address}: {text}" for address, text in problems.items())


def test_examples_are_what_they_are_examples_of() -> None:
    shapes = schema_document()["components"]["schemas"]
    told = {name: shape["example"] for name, shape in shapes.items() if "example" in shape}
    assert {"Project", "TaskDetail", "Annotation", "Prediction", "Export", "ProjectIn", "AnnotationIn"} <= set(told)
    for name, example in told.items():
        wrong = list(validator({"$ref": f"#/components/schemas/{name}"}).iter_errors(example))
        assert wrong == [], (name, wrong)
