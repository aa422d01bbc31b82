"""Bulk actions: which tasks they touch, what they leave behind, and who may run them."""

from typing import Any

import pytest

from postil.projects.models import Project
from postil.tasks.models import Annotation, Draft, Prediction, Task
from postil.tasks.totals import recount

CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="c" toName="text"><Choice value="a"/><Choice value="b"/></Choices></View>"""


def choice(word: str) -> list[dict[str, Any]]:
    return [{"from_name": "c", "to_name": "text", "type": "choices", "value": {"choices": [word]}}]


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(api: Any) -> int:
    return int(api.post("/api/projects/", {"title": "Bulk", "label_config": CONFIG}).json["id"])


@pytest.fixture
def ids(api: Any, project: int, manager: Any) -> list[int]:
    """Four tasks: with an annotation, with a prediction, with both, with nothing."""
    annotations = [{"result": choice("a"), "ground_truth": False}]
    predictions = [{"result": choice("b"), "score": 0.5, "model_version": "m1"}]
    tasks = [
        {"data": {"text": "one"}, "annotations": annotations},
        {"data": {"text": "two"}, "predictions": predictions},
        {"data": {"text": "one"}, "annotations": annotations, "predictions": predictions},
        {"data": {"text": "four"}},
    ]
    made = api.post(f"/api/projects/{project}/import?return_task_ids=true", tasks)
    assert made.status == 201
    return list(made.json["task_ids"])


def run(api: Any, project: int, action: str, **body: Any) -> Any:
    return api.post(f"/api/dm/actions/?id={action}&project={project}", body)


def some(*ids: int) -> dict[str, Any]:
    return {"all": False, "included": list(ids)}


def counters_are_true(project: int) -> bool:
    return recount(Project.objects.get(pk=project)) == {}


def test_deleting_some_tasks_leaves_the_others(api: Any, project: int, ids: list[int]) -> None:
    answer = run(api, project, "delete_tasks", selectedItems=some(ids[0], ids[3]))
    assert answer.json == {"processed_items": 2, "reload": False, "detail": "Deleted 2 tasks"}
    assert list(Task.objects.order_by("pk").values_list("pk", flat=True)) == [ids[1], ids[2]]
    assert counters_are_true(project)


def test_deleting_the_last_task_deletes_the_views_and_both_come_back(api: Any, project: int, ids: list[int]) -> None:
    view = api.post("/api/dm/views/", {"project": project, "data": {"title": "v"}}).json
    answer = run(api, project, "delete_tasks", selectedItems={"all": True, "excluded": []})
    assert answer.json == {"processed_items": 4, "reload": True, "detail": "Deleted 4 tasks"}
    assert api.get(f"/api/dm/views/?project={project}").json == []
    for entry in api.get(f"/api/trash/?project={project}").json["results"]:
        assert api.post(f"/api/trash/{entry['id']}/restore/").status == 200
    assert api.get(f"/api/tasks/?project={project}").json["total"] == 4
    assert api.get(f"/api/dm/views/?project={project}").json == [view]
    assert counters_are_true(project)


@pytest.mark.parametrize("body", [{"selectedItems": {"all": False}}, {"selectedItems": {"all": False, "included": []}}])
def test_an_empty_selection_deletes_nothing(api: Any, project: int, ids: list[int], body: dict[str, Any]) -> None:
    assert run(api, project, "delete_tasks", **body).json["processed_items"] == 0
    assert Task.objects.count() == 4


@pytest.mark.parametrize(
    "action", ["delete_tasks", "delete_tasks_annotations", "delete_tasks_predictions", "remove_duplicates"]
)
@pytest.mark.parametrize(
    "body", [{}, {"filters": None}, {"ordering": ["tasks:id"]}, {"filters": {"conjunction": "and", "items": []}}]
)
def test_destructive_actions_need_to_be_told_which_tasks(
    api: Any, project: int, ids: list[int], action: str, body: dict[str, Any]
) -> None:
    answer = run(api, project, action, **body)
    assert answer.status == 400
    assert "selectedItems" in answer.json["validation_errors"]
    assert (Task.objects.count(), Annotation.objects.count(), Prediction.objects.count()) == (4, 2, 2)


def test_filters_and_views_choose_tasks(api: Any, project: int, ids: list[int]) -> None:
    item = {"filter": "filter:tasks:data.text", "operator": "equal", "type": "String", "value": "four"}
    filters = {"conjunction": "and", "items": [item]}
    view = api.post("/api/dm/views/", {"project": project, "data": {"title": "v", "filters": filters}}).json["id"]
    by_view = api.post(f"/api/dm/actions/?id=delete_tasks_predictions&project={project}&view={view}", {})
    assert by_view.json["processed_items"] == 0
    assert run(api, project, "delete_tasks", filters=filters).json["processed_items"] == 1
    assert not Task.objects.filter(pk=ids[3]).exists()


def test_a_view_of_another_project_is_refused(api: Any, project: int, ids: list[int]) -> None:
    other = api.post("/api/projects/", {"title": "Other"}).json["id"]
    view = api.post("/api/dm/views/", {"project": other, "data": {"title": "v"}}).json["id"]
    assert api.post(f"/api/dm/actions/?id=delete_tasks&project={project}&view={view}", {}).status == 400
    assert Task.objects.count() == 4


def test_deleting_annotations_of_one_person_or_of_all(
    api: Any, project: int, ids: list[int], manager: Any, owner: Any, client_for: Any
) -> None:
    client_for(owner).post(f"/api/tasks/{ids[0]}/annotations/", {"result": choice("b")})
    Draft.objects.create(task_id=ids[0], user=manager, result=[])
    everything = {"all": True, "excluded": []}
    first = run(api, project, "delete_tasks_annotations", selectedItems=everything, annotator=str(manager.pk))
    assert first.json == {"processed_items": 2, "detail": "Deleted 2 annotations"}
    assert list(Annotation.objects.values_list("completed_by_id", flat=True)) == [owner.pk]
    assert Draft.objects.count() == 0
    assert counters_are_true(project)
    assert run(api, project, "delete_tasks_annotations", selectedItems=everything).json["processed_items"] == 1
    assert Annotation.objects.count() == 0
    for entry in api.get(f"/api/trash/?project={project}&kind=annotation").json["results"]:
        assert api.post(f"/api/trash/{entry['id']}/restore/").status == 200
    assert Annotation.objects.count() == 3
    assert counters_are_true(project)


def test_deleting_predictions(api: Any, project: int, ids: list[int]) -> None:
    answer = run(api, project, "delete_tasks_predictions", selectedItems=some(ids[1]))
    assert answer.json == {"processed_items": 1, "detail": "Deleted 1 predictions"}
    assert list(Prediction.objects.values_list("task_id", flat=True)) == [ids[2]]
    assert Task.objects.get(pk=ids[1]).prediction_count == 0
    assert counters_are_true(project)


def test_predictions_become_annotations_once(api: Any, project: int, ids: list[int], manager: Any) -> None:
    everything = {"all": True, "excluded": []}
    none = run(api, project, "predictions_to_annotations", selectedItems=everything, model_version="m9")
    assert none.json["detail"] == "Created 0 annotations"
    answer = run(api, project, "predictions_to_annotations", selectedItems=everything, model_version=["m1"])
    assert answer.json["detail"] == "Created 2 annotations"
    made = Annotation.objects.exclude(parent_prediction=None).order_by("task_id")
    assert [(a.task_id, a.result, a.completed_by_id) for a in made] == [
        (ids[1], choice("b"), manager.pk),
        (ids[2], choice("b"), manager.pk),
    ]
    assert run(api, project, "predictions_to_annotations").json["detail"] == "Created 0 annotations"
    assert Task.objects.get(pk=ids[1]).is_labeled
    assert counters_are_true(project)


def test_duplicates_are_merged_into_the_labeled_one(api: Any, project: int, ids: list[int]) -> None:
    answer = run(api, project, "remove_duplicates", selectedItems={"all": True, "excluded": []})
    assert answer.status == 200
    assert list(Task.objects.order_by("pk").values_list("pk", flat=True)) == [ids[0], ids[1], ids[3]]
    kept = Task.objects.get(pk=ids[0])
    assert (kept.annotation_count, kept.prediction_count) == (2, 1)
    assert Annotation.objects.filter(task=kept).count() == 2
    assert counters_are_true(project)


def test_the_next_task_comes_from_the_selection(api: Any, project: int, ids: list[int]) -> None:
    answer = run(api, project, "next_task", selectedItems=some(ids[3]))
    assert (answer.status, answer.json["id"]) == (200, ids[3])
    assert answer.json["unique_lock_id"]


def test_the_next_task_keeps_the_order_that_was_asked_for(api: Any, project: int, ids: list[int]) -> None:
    backwards = {"ordering": ["-tasks:id"], "selectedItems": {"all": True, "excluded": []}}
    for _ in range(2):  # the lock on the first does not change the order
        answer = run(api, project, "next_task", **backwards, filters={"conjunction": "and", "items": []})
        assert (answer.json["id"], answer.json["queue"]) == (ids[3], "Data manager queue")
    forwards = run(api, project, "next_task", ordering=["tasks:id"], selectedItems={"all": True, "excluded": []})
    assert forwards.json["id"] == ids[1]
    stream = run(api, project, "next_task").json
    assert stream["queue"] == "Task lock"
    assert run(api, project, "next_task").json["id"] == stream["id"]


def test_without_a_model_server_nothing_is_retrieved(api: Any, project: int, ids: list[int]) -> None:
    answer = run(api, project, "retrieve_tasks_predictions", selectedItems={"all": True})
    assert answer.json == {"processed_items": 0, "detail": "Retrieved 0 predictions"}


def test_the_list_names_the_actions_in_their_order(api: Any, project: int) -> None:
    actions = api.get(f"/api/dm/actions/?project={project}").json
    assert [(action["id"], action["order"]) for action in actions] == [
        ("retrieve_tasks_predictions", 90),
        ("predictions_to_annotations", 91),
        ("annotate_tasks", 92),
        ("set_ground_truth", 93),
        ("relabel", 94),
        ("remove_duplicates", 95),
        ("fix_lint", 96),
        ("sample_tasks", 97),
        ("propagate_annotations", 98),
        ("delete_tasks", 100),
        ("delete_tasks_annotations", 101),
        ("delete_tasks_predictions", 102),
    ]
    assert actions[9]["dialog"]["type"] == "confirm"
    assert actions[5]["permission"] == ["projects.change", "tasks.delete"]


def test_forms_offer_what_is_there(api: Any, project: int, ids: list[int], manager: Any) -> None:
    form = api.get(f"/api/dm/actions/delete_tasks_annotations/form/?project={project}").json
    assert form[0]["fields"][0]["options"] == [{"value": str(manager.pk), "label": manager.email}]
    form = api.get(f"/api/dm/actions/predictions_to_annotations/form/?project={project}").json
    assert form[0]["fields"][0]["options"] == ["m1"]
    assert api.get(f"/api/dm/actions/delete_tasks/form/?project={project}").json == []
    config = """<View><Image name="i" value="$i"/><RectangleLabels name="box" toName="i"><Label value="Car"/>
        </RectangleLabels><Choices name="kind" toName="i"><Choice value="Car"/></Choices></View>"""
    other = api.post("/api/projects/", {"title": "Words", "label_config": config}).json["id"]
    control, old, new = api.get(f"/api/dm/actions/relabel/form/?project={other}").json[0]["fields"]
    assert [option["value"] for option in control["options"]] == ["box", "kind"]
    assert old["options"] == new["options"] == [
        {"value": "Car", "label": "Car", "control": "box"}, {"value": "Car", "label": "Car", "control": "kind"},
    ]  # fmt: skip


def test_unknown_actions_and_missing_ids(api: Any, project: int) -> None:
    assert run(api, project, "bogus").status == 404
    missing = api.post(f"/api/dm/actions/?project={project}", {})
    assert (missing.status, missing.json["detail"]) == (422, "Say which action is meant: ?id=<action>.")
    assert api.post("/api/dm/actions/?id=delete_tasks", {"selectedItems": {"all": True}}).status == 400


def test_who_may_run_actions(
    api: Any, project: int, ids: list[int], client_for: Any, annotator: Any, outsider: Any
) -> None:
    api.post(f"/api/projects/{project}/members/", {"user": annotator.pk})
    body = {"selectedItems": {"all": True, "excluded": []}}
    for action in ("delete_tasks", "delete_tasks_annotations", "delete_tasks_predictions", "remove_duplicates"):
        path = f"/api/dm/actions/?id={action}&project={project}"
        assert client_for(annotator).post(path, body).status == 403
        assert client_for(outsider).post(path, body).status == 404
        assert client_for(None).post(path, body).status == 401
    assert client_for(annotator).get(f"/api/dm/actions/?project={project}").json == []
    assert (Task.objects.count(), Annotation.objects.count(), Prediction.objects.count()) == (4, 2, 2)
    assert client_for(annotator).post(f"/api/dm/actions/?id=next_task&project={project}", {}).status == 200
