"""Where the API promises more than its clients ask for, without any of them noticing: one test a point."""

from typing import Any

import pytest
from django.test import Client

from postil.tasks.models import Task
from postil.tasks.tests.factories import CONFIG, choice

pytestmark = pytest.mark.django_db
STARS = '<View><Text name="text" value="$text"/><Rating name="stars" toName="text"/></View>'


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(api: Any) -> int:
    return int(api.post("/api/projects/", {"title": "Better", "label_config": CONFIG}).json["id"])


@pytest.fixture
def tasks(api: Any, project: int) -> list[int]:
    """Three tasks, with number 2, 0 and 1."""
    rows = [{"text": word, "n": n, "inner": {"word": word}} for word, n in (("a", 2), ("b", 0), ("c", 1))]
    return list(api.post(f"/api/projects/{project}/import?return_task_ids=true", rows).json["task_ids"])


def envelope(answer: Any, status: int) -> dict[str, Any]:
    """Check that an answer is our body of errors, without a trace or a Python value in it; return it."""
    assert answer.status == status
    assert {"id", "status_code", "version", "detail", "exc_info"} <= answer.json.keys()
    assert (answer.json["status_code"], answer.json["exc_info"]) == (status, None)
    assert not any(word in str(answer.json["detail"]) for word in ("Traceback", "Error(", "<class", "None"))
    return dict(answer.json)


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/api/tasks/?project={p}&query=%7Bnot json", None, 400),
        ("GET", "/api/tasks/?project={p}&query=%5B1%5D", None, 400),
        ("POST", "/api/dm/actions/?id=no_such_action&project={p}", {"selectedItems": {"all": True}}, 404),
        ("POST", "/api/dm/actions/?id=delete_tasks&project={p}", {"selectedItems": 5}, 400),
        ("POST", "/api/dm/actions/?project={p}", {"selectedItems": {"all": True}}, 422),
        ("GET", "/api/projects/{p}/export?exportType=NO_SUCH", None, 400),
        ("POST", "/api/tasks/{t}/annotations/", {"result": "no json"}, 400),
        ("POST", "/api/tasks/{t}/annotations/", {"result": [], "unique_id": "no uuid"}, 400),
        ("POST", "/api/tasks/999999/drafts", {"result": []}, 404),
        ("GET", "/data/upload/{p}/nothing.png", None, 404),
        ("POST", "/api/projects/{p}/import/predictions", {"task": 1, "result": []}, 400),
        ("POST", "/api/storages/localfiles/", {"project": "{p}", "path": "../../etc"}, 400),
        ("GET", "/api/projects/999999/export", None, 404),
        ("GET", "/api/no/such/address", None, 404),
        ("GET", "/api/reimports/1", None, 404),
    ],
)
def test_mistakes_of_clients_are_refused_in_words(
    api: Any, project: int, tasks: list[int], method: str, path: str, body: Any, status: int
) -> None:
    answer = api.request(method, path.replace("{p}", str(project)).replace("{t}", str(tasks[0])), body)
    envelope(answer, status)
    assert Task.objects.count() == 3


@pytest.mark.parametrize(
    ("column", "operator", "kind", "value"),
    [
        ("no_such", "equal", "Number", 1),
        ("created_at", "greater", "Datetime", "yesterday"),
        ("id", "equal", "Number", "one"),
    ],
)
def test_filters_that_cannot_be_are_refused(
    api: Any, project: int, column: str, operator: str, kind: str, value: object
) -> None:
    item = {"filter": f"filter:tasks:{column}", "operator": operator, "type": kind, "value": value}
    query = {"filters": {"conjunction": "and", "items": [item]}}
    envelope(api.post(f"/api/dm/actions/?id=next_task&project={project}", query), 400)


def test_texts_of_refusals_have_no_python_in_them(api: Any, project: int) -> None:
    said = str(api.post(f"/api/projects/{project}/import", [{"text": ["x"]}, {"text": {"a": 1}}, 5, None]).json)
    assert "<class" not in said
    assert "['str'" not in said
    assert "NoneType" not in said


@pytest.mark.parametrize(
    ("value", "words"), [(None, "null is not"), (True, "true is not"), ({"a": 1}, '{"a": 1} is not')]
)
def test_values_are_quoted_as_they_were_sent(api: Any, project: int, value: Any, words: str) -> None:
    item = {"filter": "filter:tasks:id", "operator": "equal", "type": "Number", "value": value}
    body = {"filters": {"conjunction": "and", "items": [item]}}
    assert words in str(envelope(api.post(f"/api/dm/actions/?id=next_task&project={project}", body), 400))
    long = {"selectedItems": {"all": False, "included": [{"x": "y" * 5000}]}}
    refused = api.post(f"/api/dm/actions/?id=delete_tasks&project={project}", long)
    assert len(str(refused.json["validation_errors"])) < 200


def test_an_unknown_address_is_json_whoever_asks() -> None:
    for path in ("/api/nothing", "/api/nothing/", "/api/projects/1/nothing"):
        answer = Client().get(path, headers={"Accept": "text/html"})
        assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (404, "application/json")


def test_health_and_version_have_one_address() -> None:
    assert Client().get("/health").json() == {"status": "UP"}
    for path in ("/x/health", "/api/x/health", "/x/api/version"):
        assert Client().get(path).status_code == 404


def test_a_whole_number_rates_with_a_number(api: Any) -> None:
    project = api.post("/api/projects/", {"title": "Stars", "label_config": STARS}).json["id"]
    task = api.post("/api/tasks/", {"project": project, "data": {"text": "x"}}).json["id"]
    made = api.post("/api/predictions/", {"task": task, "result": 4}).json
    assert made["result"][0]["value"] == {"rating": 4}


def test_dates_come_in_every_spelling_of_iso_8601(api: Any, project: int, tasks: list[int]) -> None:
    for value in ("2020-01-01", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00.5+02:00", "2020-01-01T00:00:00.000000Z"):
        item = {"filter": "filter:tasks:created_at", "operator": "greater", "type": "Datetime", "value": value}
        body = {"filters": {"conjunction": "and", "items": [item]}}
        found = api.post(f"/api/dm/actions/?id=next_task&project={project}", body)
        assert (found.status, found.json["id"]) == (200, tasks[0])


def listed(api: Any, project: int, *ordering: str) -> list[int]:
    """Return the ids of the table in an order."""
    view = {"title": "t", "ordering": list(ordering)}
    made = api.post("/api/dm/views/", {"project": project, "data": view}).json["id"]
    return [row["id"] for row in api.get(f"/api/tasks/?view={made}").json["tasks"]]


def test_all_orders_count_and_both_spellings_of_inner_keys(api: Any, project: int, tasks: list[int]) -> None:
    assert listed(api, project, "tasks:is_labeled", "-tasks:id") == tasks[::-1]
    assert listed(api, project, "tasks:is_labeled", "tasks:data.n") == [tasks[1], tasks[2], tasks[0]]
    for key in ("data.inner.word", "data.inner__word"):
        item = {"filter": f"filter:tasks:{key}", "operator": "equal", "type": "String", "value": "b"}
        body = {"filters": {"conjunction": "and", "items": [item]}}
        assert api.post(f"/api/dm/actions/?id=next_task&project={project}", body).json["id"] == tasks[1]


def test_large_pages_are_given_and_searching_searches(api: Any, project: int) -> None:
    for number in range(120):
        api.post("/api/projects/", {"title": f"Number {number}"})
    api.patch(f"/api/projects/{project}/", {"description": "about opossums"})
    assert len(api.get("/api/projects/?page_size=10000000").json["results"]) == 121
    assert [found["id"] for found in api.get("/api/projects/?search=OPOSSUM").json["results"]] == [project]
    assert api.get("/api/projects/?search=number 11").json["count"] == 11


def test_members_end_with_an_empty_page(api: Any, manager: Any) -> None:
    answer = api.get(f"/api/organizations/{manager.active_organization_id}/memberships?page=99")
    assert (answer.status, answer.json["results"]) == (200, [])


def test_one_rule_says_when_a_task_is_done(api: Any, project: int) -> None:
    skipped = {"result": choice(), "was_cancelled": True}
    rows = [
        {"data": {"text": "only skipped"}, "annotations": [skipped]},
        {"data": {"text": "answered"}, "annotations": [{"result": choice()}]},
    ]
    ids = api.post(f"/api/projects/{project}/import?return_task_ids=true", rows).json["task_ids"]
    by_hand = api.post("/api/tasks/", {"project": project, "data": {"text": "by hand"}}).json["id"]
    api.post(f"/api/tasks/{by_hand}/annotations/", skipped)
    found = {row["id"]: row["is_labeled"] for row in api.get(f"/api/projects/{project}/tasks/").json}
    assert found == {ids[0]: False, ids[1]: True, by_hand: False}


def test_the_summary_is_computed(api: Any, project: int, tasks: list[int]) -> None:
    path = f"/api/projects/{project}/summary/"
    made = [api.post(f"/api/tasks/{task}/annotations/", {"result": choice()}).json["id"] for task in tasks[:2]]
    [labels] = api.get(path).json["created_labels"].values()
    assert labels == {"good": 2}
    api.patch(f"/api/annotations/{made[0]}/", {"result": choice("bad")})
    api.delete(f"/api/annotations/{made[1]}/")
    found = api.get(path).json
    assert list(found["created_labels"].values()) == [{"bad": 1}]
    assert list(found["created_annotations"].values()) == [1]
    assert found["all_data_columns"] == {"text": 3, "n": 3, "inner": 3}


def test_an_import_leaves_the_chosen_model_version(api: Any, project: int) -> None:
    def brought(version: str) -> str:
        row = {"data": {"text": version}, "predictions": [{"result": choice(), "model_version": version}]}
        assert api.post(f"/api/projects/{project}/import", [row]).status == 201
        return str(api.get(f"/api/projects/{project}/").json["model_version"])

    brought("v1")
    api.patch(f"/api/projects/{project}/", {"model_version": "v1"})
    assert brought("v2") == "v1"


def test_a_storage_keeps_its_kind_in_every_answer(api: Any, project: int, settings: Any, tmp_path: Any) -> None:
    from dataclasses import replace

    (tmp_path / "in").mkdir()
    settings.CONFIG = replace(settings.CONFIG, local_files_enabled=True, local_files_root=tmp_path)
    made = api.post("/api/storages/localfiles/", {"project": project, "path": str(tmp_path / "in")})
    assert (made.status, made.json["type"]) == (201, "localfiles")
    changed = api.patch(f"/api/storages/localfiles/{made.json['id']}", {"title": "renamed"})
    assert (changed.status, changed.json["type"], changed.json["title"]) == (200, "localfiles", "renamed")


def test_every_key_of_a_task_is_in_every_list(api: Any, project: int, tasks: list[int]) -> None:
    hidden = {"explore": ["tasks:annotators", "tasks:completed_at"], "labeling": []}
    view = api.post("/api/dm/views/", {"project": project, "data": {"hiddenColumns": hidden}}).json["id"]
    by_view = api.get(f"/api/tasks/?view={view}").json["tasks"][0]
    plain = api.get(f"/api/tasks/?project={project}").json["tasks"][0]
    assert by_view.keys() == plain.keys()
    assert {"completed_at", "predictions_score", "avg_lead_time", "draft_exists", "annotators"} <= plain.keys()


def test_a_new_account_logs_in_with_the_password_it_was_given(client_for: Any, owner: Any) -> None:
    who = {"email": "new@example.com", "username": "new", "password": "a long enough secret"}
    assert client_for(owner).post("/api/users/", who).status == 201
    browser = Client()
    browser.get("/user/login/")
    proof = browser.cookies["csrftoken"].value
    form = {"email": who["email"], "password": who["password"], "csrfmiddlewaretoken": proof}
    assert browser.post("/user/login/", form).status_code == 302
    assert browser.get("/api/current-user/whoami").json()["email"] == "new@example.com"
