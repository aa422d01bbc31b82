"""Calls that must not lose or move anybody's data, whatever a client leaves out, repeats or sends by mistake."""

from io import BytesIO
from typing import Any

import pytest

from postil.projects.models import Project
from postil.tasks.models import Annotation, Task
from postil.tasks.tests.factories import CONFIG, choice
from postil.tasks.totals import recount

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(api: Any) -> int:
    return int(api.post("/api/projects/", {"title": "Precious", "label_config": CONFIG}).json["id"])


@pytest.fixture
def tasks(api: Any, project: int) -> list[int]:
    """Three tasks with an annotation each."""
    rows = [{"data": {"text": f"number {n}"}, "annotations": [{"result": choice()}]} for n in range(3)]
    made = api.post(f"/api/projects/{project}/import?return_task_ids=true", rows)
    return list(made.json["task_ids"])


def named(name: str, body: bytes) -> BytesIO:
    file = BytesIO(body)
    file.name = name
    return file


@pytest.mark.parametrize("action", ["delete_tasks", "delete_tasks_annotations", "delete_tasks_predictions"])
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"selectedItems": {"all": False}}, 200),
        ({"selectedItems": {"all": False, "included": []}}, 200),
        ({"selectedItems": '{"all": false, "included": []}'}, 200),
        ({}, 400),
        (None, 400),
        ({"selectedItems": None}, 400),
        ({"selectedItems": []}, 400),
        ({"selectedItems": "everything"}, 400),
        ({"selectedItems": {"included": "all"}}, 400),
        ({"filters": {"conjunction": "and", "items": []}}, 400),
        ({"ordering": ["tasks:id"]}, 400),
    ],
)
def test_selecting_nothing_deletes_nothing(
    api: Any, project: int, tasks: list[int], action: str, body: Any, status: int
) -> None:
    answer = api.post(f"/api/dm/actions/?id={action}&project={project}", body)
    assert answer.status == status
    if status == 200:
        assert answer.json["processed_items"] == 0
    assert Task.objects.count() == Annotation.objects.count() == 3


def test_a_project_that_is_put_keeps_what_is_not_sent(api: Any, project: int, manager: Any) -> None:
    api.patch(f"/api/projects/{project}/", {"description": "kept", "maximum_annotations": 3})
    changed = api.put(f"/api/projects/{project}/", {"title": "Renamed"})
    assert changed.status == 200
    assert changed.json["created_by"]["id"] == manager.pk
    assert changed.json["label_config"] == CONFIG
    assert (changed.json["title"], changed.json["description"]) == ("Renamed", "kept")
    assert changed.json["maximum_annotations"] == 3
    assert api.put(f"/api/projects/{project}/", {}).json["title"] == "Renamed"


def test_a_form_leaves_defaults_alone(api: Any) -> None:
    made = api.upload("/api/projects/", {"title": "By a form", "label_config": CONFIG}).json
    assert (made["show_skip_button"], made["enable_empty_annotation"], made["show_collab_predictions"]) == (True,) * 3


def test_webhooks_and_views_change_only_what_is_sent(api: Any, project: int) -> None:
    hook = api.post(
        "/api/webhooks/",
        {
            "project": project, "url": "https://93.184.216.34/", "send_for_all_actions": False,
            "actions": ["TASKS_CREATED"], "headers": {"X-Kind": "a"},
        },
    ).json["id"]  # fmt: skip
    changed = api.patch(f"/api/webhooks/{hook}/", {"is_active": False}).json
    assert (changed["actions"], changed["headers"], changed["is_active"]) == (["TASKS_CREATED"], {"X-Kind": "a"}, False)
    filters = {
        "conjunction": "and",
        "items": [{"filter": "filter:tasks:id", "operator": "greater", "type": "Number", "value": 0}],
    }
    data = {"title": "mine", "filters": filters, "ordering": ["-tasks:id"]}
    view = api.post("/api/dm/views/", {"project": project, "data": data}).json["id"]
    kept = api.patch(f"/api/dm/views/{view}/", {"data": {"title": "renamed"}}).json["data"]
    assert (kept["title"], kept["filters"], kept["ordering"]) == ("renamed", filters, ["-tasks:id"])
    cleared = api.patch(f"/api/dm/views/{view}/", {"data": {"title": "renamed", "ordering": []}}).json["data"]
    assert (cleared["ordering"], cleared["filters"]) == ([], filters)


def test_several_files_under_one_name_are_all_taken(api: Any, project: int) -> None:
    files = [named(f"{word}.json", b'[{"text": "%s"}]' % word.encode()) for word in ("one", "two", "three")]
    answer = api.upload(f"/api/projects/{project}/import", {"file": files})
    assert (answer.status, answer.json["task_count"], len(answer.json["file_upload_ids"])) == (201, 3, 3)
    stored = [data["text"] for data in Task.objects.order_by("pk").values_list("data", flat=True)]
    assert stored == ["one", "two", "three"]


def test_predictions_that_do_not_fit_are_named(api: Any, project: int, tasks: list[int]) -> None:
    items = [
        {"task": tasks[0], "result": choice("good"), "score": 0.5},
        {"task": tasks[1], "result": choice("unheard of")},
    ]
    answer = api.post(f"/api/projects/{project}/import/predictions", items)
    assert (answer.status, answer.json["created"]) == (201, 1)
    assert len(answer.json["errors"]) == 1
    assert "unheard of" in str(answer.json["errors"][0])
    assert api.post(f"/api/projects/{project}/import/predictions", {"task": tasks[0]}).status == 400


def test_an_import_with_one_bad_task_stores_none(api: Any, project: int) -> None:
    answer = api.post(f"/api/projects/{project}/import", [{"text": "good"}, {"other": "bad"}, {"text": "good"}])
    assert answer.status == 400
    assert answer.json["validation_errors"]["non_field_errors"] == [
        {},
        'Error at item 1: "text" key is expected in task data',
        {},
    ]
    assert not Task.objects.exists()


def test_ids_are_never_given_twice_and_numbers_begin_at_one(api: Any, project: int, tasks: list[int]) -> None:
    assert list(Task.objects.order_by("pk").values_list("inner_id", flat=True)) == [1, 2, 3]
    assert api.delete(f"/api/tasks/{tasks[-1]}/").status == 204
    made = api.post("/api/tasks/", {"project": project, "data": {"text": "new"}}).json
    assert made["id"] > tasks[-1]
    assert made["inner_id"] == 4
    assert recount(Project.objects.get(pk=project)) == {}


def test_annotations_stay_with_their_task_and_author(api: Any, project: int, tasks: list[int], annotator: Any) -> None:
    other = api.post("/api/projects/", {"title": "Other", "label_config": CONFIG}).json["id"]
    there = api.post("/api/tasks/", {"project": other, "data": {"text": "x"}}).json["id"]
    annotation = Annotation.objects.earliest("pk")
    sent = {"task": there, "project": other, "completed_by": annotator.pk, "lead_time": 7}
    for method in (api.patch, api.put):
        changed = method(f"/api/annotations/{annotation.pk}/", sent)
        assert changed.status in {200, 400}
        annotation.refresh_from_db()
        assert (annotation.task_id, annotation.project_id) == (tasks[0], project)
        assert annotation.completed_by_id != annotator.pk
    assert api.patch(f"/api/tasks/{tasks[0]}/", {"project": other}).status == 200
    assert Task.objects.get(pk=tasks[0]).project_id == project


def test_data_of_a_task_must_go_on_fitting(api: Any, tasks: list[int]) -> None:
    refused = api.patch(f"/api/tasks/{tasks[0]}/", {"data": {"other": 1}})
    assert (refused.status, refused.json["validation_errors"]) == (
        400,
        {"non_field_errors": ['"text" key is expected in task data']},
    )
    assert Task.objects.get(pk=tasks[0]).data == {"text": "number 0"}


def test_deleting_uploads_keeps_their_tasks(api: Any, project: int) -> None:
    api.upload(f"/api/projects/{project}/import", {"file": named("a.csv", b"text\none\ntwo\n")})
    assert api.delete(f"/api/projects/{project}/file-uploads", {}).json == {"deleted": 1}
    assert list(Task.objects.values_list("file_upload_id", flat=True)) == [None, None]


def test_what_is_deleted_comes_back_with_everything_on_it(api: Any, project: int, tasks: list[int]) -> None:
    before = api.get(f"/api/tasks/{tasks[0]}/").json
    api.delete(f"/api/projects/{project}/tasks/")
    assert api.get(f"/api/projects/{project}/").json["task_number"] == 0
    entry = api.get(f"/api/trash/?project={project}").json["results"][0]
    assert (entry["kind"], entry["count"]) == ("task", 3)
    assert api.post(f"/api/trash/{entry['id']}/restore/", {}).status == 200
    assert api.get(f"/api/tasks/{tasks[0]}/").json == before
    assert recount(Project.objects.get(pk=project)) == {}


def test_a_repeated_post_is_done_once(api: Any, project: int, tasks: list[int]) -> None:
    path, body = f"/api/tasks/{tasks[0]}/annotations/", {"result": choice("bad")}
    first, again = (api.post(path, body, Idempotency_Key="once") for _ in range(2))
    assert (first.status, again.json) == (201, first.json)
    assert Annotation.objects.filter(task=tasks[0]).count() == 2
    assert api.post(path, {"result": choice("good")}, Idempotency_Key="once").status == 422


def test_an_old_version_is_not_written_over_a_newer_one(api: Any, tasks: list[int]) -> None:
    annotation = Annotation.objects.earliest("pk").pk
    path = f"/api/annotations/{annotation}/"
    tag = api.get(path).headers["ETag"]
    assert api.patch(path, {"result": choice("bad")}, If_Match=tag).status == 200
    refused = api.patch(path, {"result": []}, If_Match=tag)
    assert (refused.status, refused.json["current"]["result"]) == (412, choice("bad"))
