"""Habits of the API that clients lean on without saying so: keys they pick, bodies of GETs, words of refusals."""

from typing import Any

import pytest

from postil.tasks.tests.factories import CONFIG, choice

pytestmark = pytest.mark.django_db
INSIDE = "http://10.20.30.40/"


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(api: Any) -> int:
    return int(api.post("/api/projects/", {"title": "Habits", "label_config": CONFIG}).json["id"])


@pytest.fixture
def tasks(api: Any, project: int) -> list[int]:
    """Three tasks, the first with an annotation."""
    rows: list[Any] = [{"text": f"number {n}"} for n in range(3)]
    rows[0] = {"data": rows[0], "annotations": [{"result": choice()}]}
    return list(api.post(f"/api/projects/{project}/import?return_task_ids=true", rows).json["task_ids"])


def test_answers_hold_the_keys_that_were_asked_for(api: Any, project: int, tasks: list[int]) -> None:
    annotation = api.get(f"/api/tasks/{tasks[0]}/annotations/").json[0]["id"]
    single = [f"/api/projects/{project}/", f"/api/tasks/{tasks[0]}/", f"/api/annotations/{annotation}/"]
    for path in single:
        whole = api.get(path).json
        assert api.get(f"{path}?include=id,created_at").json == {key: whole[key] for key in ("id", "created_at")}
        assert api.get(f"{path}?include=id&include=created_at").json.keys() == {"id", "created_at"}
        assert api.get(f"{path}?omit=id,created_at").json.keys() == whole.keys() - {"id", "created_at"}
    lists = [f"/api/tasks/{tasks[0]}/annotations/?", f"/api/projects/{project}/tasks/?page_size=1&"]
    for path in lists:
        assert [row.keys() for row in api.get(f"{path}include=id").json] == [{"id"}]
    table = f"/api/tasks/?project={project}&page_size=1&"
    [row] = api.get(table).json["tasks"]
    assert api.get(f"{table}omit=data,meta").json["tasks"][0].keys() == row.keys() - {"data", "meta"}
    assert api.get(f"/api/projects/?ids={project}&omit=title").json["results"][0].keys() >= {"id", "label_config"}
    assert "title" not in api.get(f"/api/projects/?ids={project}&omit=title").json["results"][0]


def test_authors_are_written_out_on_demand(api: Any, tasks: list[int], manager: Any) -> None:
    path = f"/api/tasks/{tasks[0]}/annotations/"
    [plain], [expanded] = api.get(path).json, api.get(f"{path}?expand=task,completed_by").json
    assert plain["completed_by"] == manager.pk
    assert (expanded["completed_by"]["id"], expanded["completed_by"]["email"]) == (manager.pk, manager.email)


def test_labels_hold_the_keys_that_were_asked_for(api: Any, project: int) -> None:
    label = {"title": "New", "value": ["New"], "project": project, "from_name": "c"}
    made = api.post("/api/labels/", [label]).json[0]["id"]
    assert api.get("/api/labels/?include=id,title").json["results"] == [{"id": made, "title": "New"}]
    assert api.get(f"/api/labels/{made}/?include=title").json == {"title": "New"}
    [link] = api.get("/api/label_links/?omit=from_name&expand=label").json["results"]
    assert (link["label"]["id"], "from_name" in link) == (made, False)
    assert api.get(f"/api/label_links/{link['id']}/?include=id").json == {"id": link["id"]}


def test_only_annotated_tasks_are_listed_on_demand(api: Any, project: int, tasks: list[int]) -> None:
    def listed(query: str) -> tuple[list[int], int]:
        page = api.get(f"/api/tasks/?{query}").json
        return [row["id"] for row in page["tasks"]], page["total"]

    assert listed(f"project={project}&only_annotated=true") == (tasks[:1], 1)
    assert listed(f"project={project}&only_annotated=False") == (tasks, 3)
    view = {"project": project, "data": {"ordering": ["-tasks:id"]}}
    number = api.post("/api/dm/views/", view).json["id"]
    assert listed(f"view={number}&only_annotated=1") == (tasks[:1], 1)
    assert api.get(f"/api/tasks/?project={project}&only_annotated=perhaps").status == 400


def test_the_body_of_the_next_address_chooses_tasks(api: Any, project: int, tasks: list[int]) -> None:
    path = f"/api/projects/{project}/next/"
    answer = api.request("GET", path, {"selectedItems": {"all": False, "included": [tasks[2]]}})
    assert (answer.json["id"], answer.json["queue"]) == (tasks[2], "Data manager queue")
    assert api.request("GET", path, {"ordering": ["-tasks:id"]}).json["id"] == tasks[2]
    first = {"filter": "filter:tasks:id", "operator": "equal", "type": "Number", "value": tasks[1]}
    question = {"filters": {"conjunction": "and", "items": [first]}}
    assert api.request("GET", path, question).json["id"] == tasks[1]
    assert api.request("GET", path, {"selectedItems": {"all": False, "included": []}}).status == 404
    assert api.request("GET", path, {"selectedItems": "all"}).status == 400
    assert api.request("GET", path, {}).status == 200


def test_an_import_says_which_items_are_good(api: Any, project: int) -> None:
    answer = api.post(f"/api/projects/{project}/import", [{"text": "a"}, {"no": 1}, {"text": "b"}])
    good, bad, also_good = answer.json["validation_errors"]["non_field_errors"]
    assert (answer.status, answer.json["detail"], good, also_good) == (400, "Validation error", {}, {})
    assert bad.startswith('Error at item 1: "text" key is expected in task data')
    many = api.post(f"/api/projects/{project}/import", [{"no": 1}, *[{"text": "a"}] * 1_000])
    assert len(many.json["validation_errors"]["non_field_errors"]) == 1


def test_an_import_of_nothing_is_bad_input_not_bad_json(api: Any, project: int) -> None:
    answer = api.post(f"/api/projects/{project}/import", [])
    assert (answer.status, answer.json["detail"]) == (400, "Validation error")
    assert answer.json["validation_errors"] == {
        "non_field_errors": ["the body holds an empty list; there is nothing to import"]
    }


def test_addresses_inside_the_network_are_forbidden(api: Any, project: int) -> None:
    calls: list[tuple[str, dict[str, Any], str]] = [
        ("/api/webhooks/", {"url": INSIDE}, "url"),
        ("/api/ml/", {"url": INSIDE, "title": "m"}, "url"),
        ("/api/storages/s3/", {"bucket": "tasks", "s3_endpoint": INSIDE}, "s3_endpoint"),
        ("/api/storages/s3/validate", {"bucket": "tasks", "s3_endpoint": INSIDE}, "s3_endpoint"),
    ]
    for path, body, field in calls:
        answer = api.post(path, {"project": project, **body})
        assert answer.status == 403, path
        assert answer.json["detail"].startswith("10.20.30.40 is an address inside the server's network."), path
        assert answer.json["validation_errors"] == {field: [answer.json["detail"]]}, path
    imported = api.post(f"/api/projects/{project}/import", {"url": INSIDE})
    assert imported.status == 400


def test_drafts_name_their_author_without_a_blank_in_front(api: Any, tasks: list[int], manager: Any) -> None:
    draft = api.post(f"/api/tasks/{tasks[1]}/drafts", {"result": []}).json
    assert draft["created_username"] == f"{manager.email}, {manager.pk}"
    annotation = api.post(f"/api/tasks/{tasks[1]}/annotations/", {"result": []}).json
    assert annotation["created_username"] == f" {manager.email}, {manager.pk}"
