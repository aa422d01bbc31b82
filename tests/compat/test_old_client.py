"""The requests that `label_studio_sdk.Client` 0.0.34 makes for a first script, as it sends them, and what it reads."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from postil.tasks.tests.factories import CONFIG, choice

pytestmark = pytest.mark.django_db
ALL = {"all": True, "excluded": []}


def only(empty: bool) -> dict[str, Any]:
    """Return the filter by which the client tells labeled tasks from others."""
    item = {"filter": "filter:tasks:completed_at", "operator": "empty", "value": empty, "type": "Datetime"}
    return {"conjunction": "and", "items": [item]}


def tasks_of(api: Any, project: int, filters: Any = None) -> list[dict[str, Any]]:
    """Read tasks as the client does: page after page, until one is not there."""
    query = json.dumps({"filters": filters, "ordering": [], "selectedItems": ALL})
    found: list[dict[str, Any]] = []
    page = 1
    while True:
        asked = {
            "project": project,
            "page": page,
            "page_size": 2,
            "query": query,
            "fields": "all",
            "resolve_uri": "True",
        }
        answer = api.get(f"/api/tasks?{urlencode(asked)}")
        if answer.status == 404:
            return found
        assert answer.status == 200, answer.json
        found += answer.json["tasks"]
        page += 1


def test_a_first_script_runs(client_for: Any, manager: Any) -> None:
    api = client_for(manager)
    version = api.get("/api/version").json
    assert "label-studio-enterprise-backend" not in version
    assert api.get("/health").json == {"status": "UP"}

    started = api.post("/api/projects", {"title": "Seed", "label_config": CONFIG})
    assert started.status == 201
    project = started.json["id"]
    sent = [{"text": "one"}, {"text": "two"}, {"data": {"text": "three"}, "annotations": [{"result": choice()}]}]
    imported = api.post(f"/api/projects/{project}/import?return_task_ids=1", sent)
    assert imported.status == 201
    one, two, three = imported.json["task_ids"]

    assert [task["data"]["text"] for task in tasks_of(api, project)] == ["one", "two", "three"]
    assert [task["id"] for task in tasks_of(api, project, only(empty=False))] == [three]
    assert [task["id"] for task in tasks_of(api, project, only(empty=True))] == [one, two]
    assert api.post(f"/api/tasks/{one}/annotations/", {"result": choice("bad")}).status == 201
    labeled = tasks_of(api, project, only(empty=False))
    assert [(task["id"], task["annotations"][0]["result"]) for task in labeled] == [
        (one, choice("bad")),
        (three, choice()),
    ]
    exported = api.get(
        f"/api/projects/{project}/export?exportType=JSON&download_all_tasks=False&download_resources=False"
    )
    assert [task["id"] for task in exported.json] == [one, three]
    assert api.get(f"/api/projects/{project}").json["task_number"] == 3
