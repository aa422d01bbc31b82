"""Annotations over the API: who may do what, what is kept, and what is refused."""

from typing import Any
from uuid import uuid4

import pytest

from postil.tasks.models import Draft
from postil.tasks.tests.factories import choice, make_project, make_task
from postil.tasks.totals import recount

FIELDS = {
    "id", "result", "created_username", "created_ago", "completed_by", "was_cancelled", "ground_truth", "created_at",
    "updated_at", "draft_created_at", "lead_time", "import_id", "last_action", "bulk_created", "task", "project",
    "updated_by", "parent_prediction", "parent_annotation", "last_created_by",
}  # fmt: skip


@pytest.fixture
def colleague(make_user: Any) -> Any:
    return make_user("annotator", email="colleague@example.com")


@pytest.fixture
def project(manager: Any, annotator: Any, colleague: Any) -> Any:
    return make_project(manager, members=(annotator, colleague))


@pytest.fixture
def task(project: Any) -> Any:
    return make_task(project)


def submit(client: Any, task: Any, word: str = "good", **fields: Any) -> dict[str, Any]:
    made = client.post(f"/api/tasks/{task.pk}/annotations/", {"result": choice(word), **fields})
    assert made.status == 201, made.json
    return dict(made.json)


def test_a_submitted_annotation_has_every_key_and_finishes_its_task(
    client_for: Any, annotator: Any, project: Any, task: Any
) -> None:
    made = client_for(annotator).post(
        f"/api/tasks/{task.pk}/annotations/", {"result": choice(), "lead_time": 12.5, "unknown": 1}
    )
    assert made.status == 201
    assert made.headers["ETag"] == '"1"'
    assert set(made.json) == FIELDS
    assert made.json["result"] == choice()
    assert made.json["completed_by"] == annotator.pk
    assert made.json["created_username"] == f" annotator@example.com, {annotator.pk}"
    assert (made.json["lead_time"], made.json["was_cancelled"], made.json["ground_truth"]) == (12.5, False, False)
    task.refresh_from_db()
    project.refresh_from_db()
    assert (task.annotation_count, task.is_labeled, task.updated_by_id) == (1, True, annotator.pk)
    assert (project.annotation_count, project.finished_task_count, project.useful_annotation_count) == (1, 1, 1)
    assert recount(project) == {}


def test_result_may_come_as_json_text_or_not_at_all(client_for: Any, annotator: Any, task: Any) -> None:
    api = client_for(annotator)
    assert submit(api, task, result='[{"id": "a"}]')["result"] == [{"id": "a"}]
    empty = api.post(f"/api/tasks/{task.pk}/annotations/", {})
    assert (empty.status, empty.json["result"]) == (201, None)


@pytest.mark.parametrize("where", ["query", "body"])
def test_a_skip_is_an_annotation_that_does_not_finish(where: str, client_for: Any, annotator: Any, task: Any) -> None:
    path, body = f"/api/tasks/{task.pk}/annotations/", {"result": []}
    api = client_for(annotator)
    made = api.post(path + "?was_cancelled=1", body) if where == "query" else api.post(path, {"was_cancelled": True})
    assert (made.status, made.json["was_cancelled"]) == (201, True)
    task.refresh_from_db()
    assert (task.annotation_count, task.cancelled_annotation_count, task.is_labeled) == (0, 1, False)
    assert api.get(path).json == []
    back = api.patch(f"/api/annotations/{made.json['id']}/", {"was_cancelled": False, "result": choice()})
    assert (back.status, back.json["was_cancelled"]) == (200, False)
    task.refresh_from_db()
    assert (task.annotation_count, task.cancelled_annotation_count, task.is_labeled) == (1, 0, True)


def test_annotators_do_not_see_or_touch_work_of_others(
    client_for: Any, annotator: Any, colleague: Any, reviewer: Any, manager: Any, project: Any, task: Any
) -> None:
    made = submit(client_for(colleague), task)
    api, address = client_for(annotator), f"/api/annotations/{made['id']}/"
    for answer in (
        api.get(address),
        api.patch(address, {"result": []}),
        api.delete(address),
        api.get(f"{address}versions/"),
        api.post(f"{address}convert-to-draft/", {}),
        api.post(f"/api/tasks/{task.pk}/annotations/{made['id']}/drafts/", {"result": []}),
    ):
        assert (answer.status, answer.json["detail"]) == (404, "No Annotation matches the given query.")
    assert api.get(f"/api/tasks/{task.pk}/annotations/").json == []
    detail = api.get(f"/api/tasks/{task.pk}/").json
    assert (detail["annotations"], detail["annotators"], detail["annotations_ids"]) == ([], [], "")
    assert client_for(manager).get(address).json["result"] == choice()
    assert client_for(reviewer).get(address).status == 404, "reviewers see the projects they belong to"


def test_outsiders_find_nothing(client_for: Any, annotator: Any, outsider: Any, task: Any) -> None:
    made = submit(client_for(annotator), task)
    api = client_for(outsider)
    assert api.get(f"/api/annotations/{made['id']}/").status == 404
    assert api.post(f"/api/tasks/{task.pk}/annotations/", {"result": []}).status == 404
    assert api.delete(f"/api/annotations/{made['id']}/").status == 404


def test_only_managers_are_believed_about_the_author(
    client_for: Any, annotator: Any, colleague: Any, manager: Any, outsider: Any, task: Any
) -> None:
    assert submit(client_for(annotator), task, completed_by=colleague.pk)["completed_by"] == annotator.pk
    brought = submit(client_for(manager), task, completed_by=colleague.pk)
    assert (brought["completed_by"], brought["last_created_by"]) == (colleague.pk, manager.pk)
    refused = client_for(manager).post(
        f"/api/tasks/{task.pk}/annotations/", {"result": [], "completed_by": outsider.pk}
    )
    assert refused.status == 400
    assert refused.json["validation_errors"] == {
        "completed_by": [f'Invalid pk "{outsider.pk}" - object does not exist.']
    }


def test_a_change_moves_neither_task_nor_author(
    client_for: Any, annotator: Any, manager: Any, project: Any, task: Any
) -> None:
    other = make_task(make_project(manager, title="Other"))
    made = submit(client_for(annotator), task)
    body = {"task": other.pk, "project": other.project_id, "completed_by": manager.pk, "result": choice("bad")}
    changed = client_for(manager).patch(f"/api/annotations/{made['id']}/", body).json
    assert (changed["task"], changed["project"], changed["completed_by"]) == (task.pk, project.pk, annotator.pk)
    assert (changed["result"], changed["updated_by"]) == (choice("bad"), manager.pk)


def test_a_known_unique_id_is_a_conflict_and_changes_nothing(
    client_for: Any, annotator: Any, project: Any, task: Any
) -> None:
    api, name = client_for(annotator), str(uuid4())
    submit(api, task, unique_id=name)
    again = api.post(f"/api/tasks/{task.pk}/annotations/", {"result": choice(), "unique_id": name})
    assert (again.status, again.json["status_code"]) == (409, 409)
    project.refresh_from_db()
    assert (project.annotation_count, recount(project)) == (1, {})


def test_if_match_refuses_with_the_stored_annotation(client_for: Any, annotator: Any, task: Any) -> None:
    api = client_for(annotator)
    address = f"/api/annotations/{submit(api, task)['id']}/"
    first = api.patch(address, {"result": choice("bad")}, If_Match='"1"')
    assert (first.status, first.headers["ETag"]) == (200, '"2"')
    for late in (
        api.patch(address, {"result": []}, If_Match='"1"'),
        api.delete(address, If_Match='"1"'),
        api.post(f"{address}versions/1/restore/", {}, If_Match='"1"'),
    ):
        assert late.status == 412
        assert late.json["current"]["result"] == choice("bad")
    assert api.delete(address, If_Match='"2"').status == 204


def test_every_state_stays_and_can_be_brought_back(client_for: Any, annotator: Any, task: Any) -> None:
    api = client_for(annotator)
    address = f"/api/annotations/{submit(api, task)['id']}/"
    api.patch(address, {"result": choice("bad"), "lead_time": 3})
    back = api.post(f"{address}versions/1/restore/")
    assert (back.status, back.json["result"], back.headers["ETag"]) == (200, choice("good"), '"3"')
    seen = api.get(f"{address}versions/").json
    assert [(version["number"], version["action"]) for version in seen] == [
        (3, "restored"),
        (2, "updated"),
        (1, "submitted"),
    ]
    assert [version["result"] for version in seen] == [choice("good"), choice("bad"), choice("good")]
    assert {version["created_by"]["id"] for version in seen} == {annotator.pk}
    assert api.post(f"{address}versions/9/restore/").status == 404


def test_there_is_one_ground_truth_per_task(client_for: Any, manager: Any, project: Any, task: Any) -> None:
    api = client_for(manager)
    first, second = (submit(api, task, ground_truth=True) for _ in range(2))
    assert api.get(f"/api/annotations/{first['id']}/").json["ground_truth"] is False
    api.patch(f"/api/annotations/{first['id']}/", {"ground_truth": True})
    assert api.get(f"/api/annotations/{second['id']}/").json["ground_truth"] is False
    project.refresh_from_db()
    assert (project.ground_truth_count, recount(project)) == (1, {})


def test_deleted_annotations_come_back_from_the_trash(
    client_for: Any, annotator: Any, manager: Any, project: Any, task: Any
) -> None:
    made = submit(client_for(annotator), task)
    address = f"/api/annotations/{made['id']}/"
    assert client_for(annotator).delete(address).status == 204
    assert client_for(annotator).get(address).status == 404
    task.refresh_from_db()
    assert (task.annotation_count, task.is_labeled, task.completed_at) == (0, False, None)
    assert client_for(annotator).post(f"{address}restore/").status == 403
    entries = client_for(manager).get("/api/trash/?kind=annotation").json["results"]
    assert [entry["title"] for entry in entries] == [f"Annotation {made['id']} of task {task.pk}"]
    back = client_for(manager).post(f"{address}restore/")
    assert (back.status, back.json["result"]) == (200, choice())
    task.refresh_from_db()
    project.refresh_from_db()
    assert (task.annotation_count, task.is_labeled, recount(project)) == (1, True, {})
    assert client_for(manager).post(f"{address}restore/").status == 404


def test_drafts_belong_to_one_person_and_end_with_the_submit(
    client_for: Any, annotator: Any, colleague: Any, task: Any
) -> None:
    api = client_for(annotator)
    made = api.post(f"/api/tasks/{task.pk}/drafts/", {"result": choice(), "lead_time": 2})
    assert (made.status, made.headers["ETag"], made.json["user"]) == (201, '"1"', "annotator@example.com")
    draft_id = made.json["id"]
    stranger = client_for(colleague)
    assert stranger.get(f"/api/drafts/{draft_id}/").status == 404
    assert stranger.patch(f"/api/drafts/{draft_id}/", {"result": []}).status == 404
    taken = stranger.post(f"/api/tasks/{task.pk}/annotations/", {"result": [], "draft_id": draft_id})
    assert taken.status == 403
    changed = api.patch(f"/api/drafts/{draft_id}/", {"result": choice("bad")}, If_Match='"1"')
    assert (changed.status, changed.headers["ETag"]) == (200, '"2"')
    late = api.patch(f"/api/drafts/{draft_id}/", {"result": []}, If_Match='"1"')
    assert (late.status, late.json["current"]["result"]) == (412, choice("bad"))
    assert submit(api, task, draft_id=draft_id)["draft_created_at"] == made.json["created_at"]
    assert Draft.objects.count() == 0


def test_saving_an_annotation_ends_its_drafts_and_it_may_become_one(
    client_for: Any, annotator: Any, project: Any, task: Any
) -> None:
    api = client_for(annotator)
    made = submit(api, task)
    assert api.post(f"/api/tasks/{task.pk}/annotations/{made['id']}/drafts/", {"result": []}).status == 201
    assert len(api.get(f"/api/tasks/{task.pk}/annotations/{made['id']}/drafts/").json) == 1
    api.patch(f"/api/annotations/{made['id']}/", {"result": choice("bad")})
    assert Draft.objects.count() == 0
    draft = api.post(f"/api/annotations/{made['id']}/convert-to-draft/", {})
    assert (draft.status, draft.json["result"], draft.json["annotation"]) == (201, choice("bad"), None)
    project.refresh_from_db()
    assert (api.get(f"/api/annotations/{made['id']}/").status, recount(project)) == (404, {})


def test_a_mark_that_a_manager_set_is_counted_once(client_for: Any, manager: Any, project: Any, task: Any) -> None:
    api = client_for(manager)
    assert api.patch(f"/api/tasks/{task.pk}/", {"is_labeled": True}).json["is_labeled"] is True
    submit(api, task)
    project.refresh_from_db()
    assert (project.finished_task_count, recount(project)) == (1, {})
    api.patch(f"/api/tasks/{task.pk}/", {"is_labeled": False, "overlap": 2})
    project.refresh_from_db()
    assert (project.finished_task_count, recount(project)) == (0, {})


def test_a_draft_of_another_task_or_person_is_not_submitted(
    client_for: Any, annotator: Any, colleague: Any, outsider: Any, project: Any, task: Any
) -> None:
    other = make_task(project, "other")
    mine, theirs = client_for(annotator), client_for(colleague)
    path = f"/api/tasks/{task.pk}/annotations/"
    draft = mine.post(f"/api/tasks/{other.pk}/drafts/", {"result": choice()}).json["id"]
    refused = mine.post(path, {"result": choice(), "draft_id": draft})
    assert (refused.status, refused.json["detail"]) == (403, "This draft belongs to another task.")
    assert theirs.post(f"/api/tasks/{other.pk}/annotations/", {"result": choice(), "draft_id": draft}).status == 403
    assert Draft.objects.filter(pk=draft).exists()
    assert task.annotations.count() == other.annotations.count() == 0
    far = make_task(make_project(outsider))
    draft = client_for(outsider).post(f"/api/tasks/{far.pk}/drafts/", {"result": choice()}).json["id"]
    assert mine.post(path, {"result": choice(), "draft_id": draft}).status == 201  # to others it does not exist
    assert Draft.objects.filter(pk=draft).exists()
