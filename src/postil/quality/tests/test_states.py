"""States follow the work, and people may declare some of them."""

import pytest

CONFIG = (
    '<View><Text name="t" value="$text"/>'
    '<Choices name="c" toName="t"><Choice value="a"/><Choice value="b"/></Choices></View>'
)
ANSWER = [{"from_name": "c", "to_name": "t", "type": "choices", "value": {"choices": ["a"]}}]
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_for, owner):
    return client_for(owner)


@pytest.fixture
def project(client) -> int:
    return client.post("/api/projects/", {"title": "States", "label_config": CONFIG}).json["id"]


@pytest.fixture
def task(client, project) -> int:
    return client.post("/api/tasks/", {"project": project, "data": {"text": "one"}}).json["id"]


def states(client, kind, object_id, query="") -> list[str]:
    answer = client.get(f"/api/fsm/entities/{kind}/{object_id}/history{query}")
    assert answer.status == 200, answer.json
    return [row["state"] for row in answer.json["results"]]


def test_project_and_task_follow_the_annotations(client, project, task):
    assert (states(client, "project", project), states(client, "task", task)) == (["CREATED"], ["CREATED"])
    made = client.post(f"/api/tasks/{task}/annotations/", {"result": ANSWER}).json["id"]
    assert states(client, "task", task) == ["COMPLETED", "CREATED"]
    assert states(client, "project", project) == ["COMPLETED", "IN_PROGRESS", "CREATED"]
    client.delete(f"/api/annotations/{made}/")
    assert states(client, "task", task) == ["IN_PROGRESS", "CREATED"]
    assert states(client, "project", project) == ["IN_PROGRESS", "CREATED"]


def test_an_annotation_has_a_state_for_every_version(client, task, owner):
    made = client.post(f"/api/tasks/{task}/annotations/", {"result": ANSWER}).json["id"]
    client.patch(f"/api/annotations/{made}/", {"result": []})
    rows = client.get(f"/api/fsm/entities/annotation/{made}/history").json["results"]
    assert [row["transition_name"] for row in rows] == ["annotation_updated", "annotation_created"]
    assert [row["triggered_by"]["id"] for row in rows] == [owner.pk, owner.pk]


def test_a_declared_state_is_the_newest_until_something_happens(client, task, owner):
    answer = client.post(
        f"/api/fsm/entities/task/{task}/transition/",
        {"transition_name": "task_completed", "transition_data": {"reason": "good enough"}},
    ).json
    assert (answer["success"], answer["new_state"]) == (True, "COMPLETED")
    record = answer["state_record"]
    assert (record["previous_state"], record["reason"]) == ("CREATED", "good enough")
    assert record["triggered_by"]["id"] == owner.pk
    assert states(client, "task", task) == ["COMPLETED", "CREATED"]
    assert states(client, "task", task, "?ordering=id") == ["CREATED", "COMPLETED"]
    assert states(client, "task", task, f"?triggered_by={owner.pk}") == ["COMPLETED"]
    assert states(client, "task", task, "?state=CREATED") == ["CREATED"]
    assert states(client, "task", task, "?created_at_from=2999-01-01T00:00:00Z") == []


@pytest.mark.parametrize("body", [{}, {"transition_name": "does_not_exist"}, {"transition_name": "task_created"}])
def test_unknown_transitions_are_refused_by_name(client, task, body):
    answer = client.post(f"/api/fsm/entities/task/{task}/transition/", body)
    assert answer.status == 400
    assert list(answer.json["validation_errors"]) == ["transition_name"]
    assert states(client, "task", task) == ["CREATED"]


def test_what_one_may_not_see_is_not_there(client, client_for, task, project, outsider, annotator):
    assert client.get("/api/fsm/entities/invalid/1/history").status == 404
    assert client.get("/api/fsm/entities/task/999999/history").status == 404
    assert client_for(outsider).get(f"/api/fsm/entities/task/{task}/history").status == 404
    body = {"transition_name": "task_completed"}
    assert client_for(annotator).post(f"/api/fsm/entities/task/{task}/transition/", body).status == 403
    assert client.get(f"/api/fsm/entities/task/{task}/history?created_at_from=soon").status == 400
