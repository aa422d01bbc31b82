"""What cannot be: a refusal that names the field, never a failure of the server."""

from typing import Any

import pytest

from postil.tasks.tests.factories import choice, make_project, make_task

HUGE = 10**30


@pytest.fixture
def task(manager: Any) -> Any:
    return make_task(make_project(manager))


@pytest.mark.parametrize(
    "body",
    [
        {"result": "no list"},
        {"result": {"a": 1}},
        {"result": ["word"]},
        {"result": [], "unique_id": "no uuid"},
        {"result": [], "completed_by": 9999},
        {"result": [], "completed_by": HUGE},
        {"result": [], "completed_by": {"id": 1}},
        {"result": [], "parent_prediction": 9999},
        {"result": [], "parent_prediction": -1},
        {"result": [], "parent_prediction": HUGE},
        {"result": [], "parent_annotation": 9999},
        {"result": [], "parent_annotation": -HUGE},
        {"result": [], "import_id": -HUGE},
        {"result": [], "lead_time": "soon"},
        {"result": [], "lead_time": -1},
        {"result": [], "last_action": "x" * 129},
        {"result": [], "draft_id": HUGE},
        {"result": [], "draft_id": -HUGE},
        {"result": [], "was_cancelled": "perhaps"},
        [1],
        "text",
    ],
)
def test_annotations_that_cannot_be(body: Any, client_for: Any, manager: Any, task: Any) -> None:
    answer = client_for(manager).post(f"/api/tasks/{task.pk}/annotations/", body)
    assert answer.status == 400, answer.json
    task.refresh_from_db()
    assert (task.annotation_count, task.is_labeled) == (0, False)


@pytest.mark.parametrize(
    "body",
    [
        {"result": 1.5},
        {"result": ["word"]},
        {"result": "unknown"},
        {"result": choice(), "cluster": HUGE},
        {"result": choice(), "score": "high"},
        {"result": choice(), "mislabeling": "x"},
        {},
    ],
)
def test_predictions_that_cannot_be(body: dict[str, Any], client_for: Any, manager: Any, task: Any) -> None:
    answer = client_for(manager).post("/api/predictions/", {"task": task.pk, **body})
    assert answer.status == 400, answer.json
    task.refresh_from_db()
    assert task.prediction_count == 0


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"data": None},
        {"data": "x"},
        {"data": []},
        {"data": {"other": 1}},
        {"data": {"text": "x"}, "overlap": 0},
        {"data": {"text": "x"}, "overlap": HUGE},
        {"data": {"text": "x"}, "inner_id": HUGE},
        {"data": {"text": "x"}, "meta": "x"},
    ],
)
def test_tasks_that_cannot_be(body: dict[str, Any], client_for: Any, manager: Any, task: Any) -> None:
    answer = client_for(manager).post("/api/tasks/", {"project": task.project_id, **body})
    assert answer.status == 400, answer.json
    task.project.refresh_from_db()
    assert task.project.task_count == 1


@pytest.mark.parametrize("body", [{}, {"result": "x"}, {"result": {}}, {"result": [], "lead_time": -1}])
def test_drafts_that_cannot_be(body: dict[str, Any], client_for: Any, manager: Any, task: Any) -> None:
    assert client_for(manager).post(f"/api/tasks/{task.pk}/drafts/", body).status == 400
    assert client_for(manager).get(f"/api/tasks/{task.pk}/drafts/").json == []


def test_a_body_must_be_an_object(client_for: Any, manager: Any, task: Any) -> None:
    for method, path in (
        ("POST", "/api/projects/"),
        ("PATCH", f"/api/projects/{task.project_id}/"),
        ("PATCH", f"/api/tasks/{task.pk}/"),
    ):
        answer = client_for(manager).request(method, path, [1])
        assert answer.status == 400
        expected = ["Invalid data. Expected a dictionary, but got list."]
        assert answer.json["validation_errors"] == {"non_field_errors": expected}


def test_missing_fields_are_named_in_label_studios_words(client_for: Any, manager: Any, task: Any) -> None:
    api = client_for(manager)
    required = ["This field is required."]
    assert api.post("/api/tasks/", {"data": {"text": "x"}}).json["validation_errors"] == {"project": required}
    assert api.post("/api/predictions/", {"task": task.pk}).json["validation_errors"] == {"result": required}
    assert api.post(f"/api/tasks/{task.pk}/drafts/", {}).json["validation_errors"] == {"result": required}
    unknown = api.post(f"/api/tasks/{task.pk}/annotations/", {"result": [], "completed_by": 9999}).json
    assert unknown["validation_errors"] == {"completed_by": ['Invalid pk "9999" - object does not exist.']}
