"""Views: what was sent comes back, partial changes, order, trash."""

from typing import Any

import pytest

FILTERS = {
    "conjunction": "and",
    "items": [{"filter": "filter:tasks:id", "operator": "greater", "type": "Number", "value": 1}],
}


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(api: Any) -> int:
    return int(api.post("/api/projects/", {"title": "Views"}).json["id"])


def make(api: Any, project: int, **data: Any) -> dict[str, Any]:
    answer = api.post("/api/dm/views/", {"project": project, "data": {"title": "Tab", **data}})
    assert answer.status == 201
    return dict(answer.json)


def test_a_view_comes_back_as_it_was_sent(api: Any, project: int, manager: Any) -> None:
    data = {"title": "Tab 1", "filters": FILTERS, "ordering": ["tasks:id"], "gridWidth": 4, "type": "list"}
    made = api.post("/api/dm/views/", {"project": project, "data": data})
    assert made.json == {
        "id": made.json["id"], "data": data, "order": 0, "user": manager.pk, "project": project, "is_private": False,
    }  # fmt: skip
    assert api.get(f"/api/dm/views/{made.json['id']}").json == made.json
    assert api.get(f"/api/dm/views/?project={project}").json == [made.json]


def test_a_change_without_filters_keeps_them(api: Any, project: int) -> None:
    view = make(api, project, filters=FILTERS, ordering=["tasks:id"], gridWidth=3)
    changed = api.patch(f"/api/dm/views/{view['id']}/", {"project": project, "data": {"title": "New"}})
    assert changed.json["data"] == {"title": "New", "filters": FILTERS, "ordering": ["tasks:id"]}


def test_empty_ordering_and_filters_clear_them(api: Any, project: int) -> None:
    view = make(api, project, filters=FILTERS, ordering=["tasks:id"])
    empty = {"title": "New", "filters": {"conjunction": "and", "items": []}, "ordering": []}
    assert api.patch(f"/api/dm/views/{view['id']}/", {"data": empty}).json["data"] == empty


def test_a_change_without_data_changes_nothing(api: Any, project: int) -> None:
    view = make(api, project, filters=FILTERS)
    assert api.put(f"/api/dm/views/{view['id']}/", {"project": project}).json == view


def test_who_saves_late_learns_of_it(api: Any, client_for: Any, owner: Any, project: int) -> None:
    made = make(api, project, title="one")
    path = f"/api/dm/views/{made['id']}/"
    tag = api.get(path).headers["ETag"]
    first = client_for(owner).patch(path, {"data": {"title": "two"}}, If_Match=tag)
    assert (first.status, first.json["data"]) == (200, {"title": "two"})
    assert first.headers["ETag"] != tag
    late = api.patch(path, {"data": {"title": "three"}}, If_Match=tag)
    assert late.status == 412
    assert api.get(path).json["data"] == {"title": "two"}
    assert api.patch(path, {"data": {"title": "three"}}, If_Match=first.headers["ETag"]).status == 200
    assert api.patch(path, {"data": {"title": "four"}}).status == 200


def test_private_views_are_seen_by_their_owner_only(api: Any, client_for: Any, owner: Any, project: int) -> None:
    made = api.post("/api/dm/views/", {"project": project, "data": {"title": "mine"}, "is_private": True}).json
    shared = make(api, project, title="ours")
    path = f"/api/dm/views/{made['id']}/"
    others = client_for(owner)
    assert [view["id"] for view in api.get(f"/api/dm/views/?project={project}").json] == [made["id"], shared["id"]]
    assert [view["id"] for view in others.get(f"/api/dm/views/?project={project}").json] == [shared["id"]]
    tasks = f"/api/tasks/?view={made['id']}"
    assert [others.get(path).status, others.delete(path).status, others.get(tasks).status] == [404, 404, 404]
    assert others.delete(f"/api/dm/views/reset/?project={project}").status == 204
    assert [view["id"] for view in api.get(f"/api/dm/views/?project={project}").json] == [made["id"]]
    assert api.patch(path, {"is_private": False}).json["is_private"] is False
    assert others.get(path).json["data"] == {"title": "mine"}
    refused = others.patch(path, {"is_private": True})
    assert (refused.status, api.get(path).json["is_private"]) == (403, False)


def test_views_can_be_put_into_an_order(api: Any, project: int) -> None:
    one, two, three = (make(api, project)["id"] for _ in range(3))
    answer = api.post("/api/dm/views/order", {"project": project, "ids": [three, one]})
    assert (answer.status, answer.content) == (200, b"")
    assert [view["id"] for view in api.get(f"/api/dm/views/?project={project}").json] == [three, one, two]
    assert api.post("/api/dm/views/order/", {"project": project, "ids": [999]}).status == 400


def test_a_deleted_view_lies_in_the_trash_and_comes_back(api: Any, project: int) -> None:
    view = make(api, project)
    assert api.delete(f"/api/dm/views/{view['id']}/").status == 204
    assert api.get(f"/api/dm/views/{view['id']}/").status == 404
    entry = api.get(f"/api/trash/?project={project}&kind=view").json["results"][0]
    assert (entry["kind"], entry["title"], entry["count"]) == ("view", "Tab", 1)
    assert api.post(f"/api/dm/views/{view['id']}/restore/").json == view
    assert api.get(f"/api/dm/views/?project={project}").json == [view]
    assert api.post(f"/api/dm/views/{view['id']}/restore/").status == 404


def test_reset_deletes_all_views_of_one_project(api: Any, project: int) -> None:
    make(api, project)
    make(api, project)
    other = api.post("/api/projects/", {"title": "Other"}).json["id"]
    kept = make(api, other)
    assert api.delete("/api/dm/views/reset/", {}).status == 400
    assert api.delete("/api/dm/views/reset/", {"project": project}).status == 204
    assert api.get("/api/dm/views/").json == [kept]
    assert api.delete(f"/api/dm/views/reset/?project={other}").status == 204
    assert api.get("/api/dm/views/").json == []


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"filter": "tasks:id"}, 'Filter "tasks:id" should start with "filter:tasks:"'),
        ({"filter": "filter:tasks:project__title"}, '"__" is not allowed in filters'),
        ({}, "should start with"),
        ({"filter": "filter:tasks:id", "child_filter": {"filter": "x"}}, "should start with"),
    ],
)
def test_filters_that_a_view_must_not_keep_are_refused(
    api: Any, project: int, item: dict[str, Any], words: str
) -> None:
    data = {"title": "bad", "filters": {"conjunction": "and", "items": [item]}}
    answer = api.post("/api/dm/views/", {"project": project, "data": data})
    assert answer.status == 400
    assert words in answer.json["validation_errors"]["filter_group"]["filters"][0]["column"][0]
    assert api.get(f"/api/dm/views/?project={project}").json == []


@pytest.mark.parametrize("data", [5, "x", {"filters": 5}, {"filters": {"items": 5}}, {"ordering": "id"}])
def test_wrong_shapes_are_refused(api: Any, project: int, data: Any) -> None:
    assert api.post("/api/dm/views/", {"project": project, "data": data}).status == 400


def test_who_may_do_what_with_views(
    api: Any, project: int, client_for: Any, annotator: Any, outsider: Any, reviewer: Any
) -> None:
    view = make(api, project)
    path = f"/api/dm/views/{view['id']}/"
    for person in (annotator, reviewer):
        api.post(f"/api/projects/{project}/members/", {"user": person.pk})
        assert client_for(person).get(path).json == view
        assert client_for(person).patch(path, {"data": {"title": "x"}}).status == 403
        assert client_for(person).delete(path).status == 403
    for method, body in (("GET", None), ("PATCH", {"data": {"title": "x"}}), ("DELETE", None)):
        assert client_for(outsider).request(method, path, body).status == 404
        assert client_for(None).request(method, path, body).status == 401
    assert client_for(outsider).post("/api/dm/views/", {"project": project, "data": {}}).status == 404
    assert client_for(outsider).post("/api/dm/views/order/", {"project": project, "ids": []}).status == 404
    assert client_for(outsider).delete("/api/dm/views/reset/", {"project": project}).status == 404
    assert api.get(path).json == view


def test_columns_name_data_keys_first_and_then_the_tables_own(api: Any, manager: Any) -> None:
    config = '<View><Image name="i" value="$image"/><Text name="t" value="$text"/></View>'
    project = api.post("/api/projects/", {"title": "Columns", "label_config": config}).json["id"]
    api.post(f"/api/projects/{project}/import", [{"text": "a", "image": "/x.png", "num": 5}])
    columns = api.get(f"/api/dm/columns/?project={project}").json["columns"]
    assert [(column["id"], column["type"]) for column in columns] == [
        ("image", "Image"), ("text", "String"), ("num", "Unknown"), ("id", "Number"), ("inner_id", "Number"),
        ("completed_at", "Datetime"), ("total_annotations", "Number"), ("cancelled_annotations", "Number"),
        ("total_predictions", "Number"), ("annotators", "List"), ("annotations_results", "String"),
        ("annotations_ids", "String"), ("predictions_score", "Number"), ("predictions_model_versions", "List"),
        ("predictions_results", "String"), ("file_upload", "String"), ("storage_filename", "String"),
        ("created_at", "Datetime"), ("updated_at", "Datetime"), ("updated_by", "List"), ("avg_lead_time", "Time"),
        ("draft_exists", "Boolean"), ("data", "List"),
    ]  # fmt: skip
    assert columns[0] == {
        "id": "image",
        "title": "image",
        "type": "Image",
        "target": "tasks",
        "parent": "data",
        "visibility_defaults": {"explore": True, "labeling": True},
        "project_defined": True,
    }
    assert columns[2]["visibility_defaults"] == {"explore": True, "labeling": False}
    assert next(column for column in columns if column["id"] == "annotators")["schema"] == {"items": [manager.pk]}
    assert columns[-1]["children"] == ["image", "text", "num"]
    every = api.get(f"/api/dm/columns/?project={project}&every=true").json["columns"]
    assert [column for column in every if column in columns] == columns
    own = {column["id"]: (column["title"], column["type"]) for column in every if column not in columns}
    assert {"lint_count": ("Possible slips", "Number"), "labels": ("Labels", "Label")}.items() <= own.items()
    assert {"ground_truth", "is_labeled", "overlap", "smallest_area"} <= own.keys()
    assert not {"annotations__completed_by", "updated_by__active_organization"} & own.keys()


def test_the_project_of_the_table_has_its_counts(api: Any, project: int) -> None:
    made = api.post(f"/api/projects/{project}/import?return_task_ids=true", [{"text": "a"}, {"text": "b"}]).json
    api.post(f"/api/tasks/{made['task_ids'][0]}/annotations/", {"result": []})
    api.post(f"/api/tasks/{made['task_ids'][1]}/annotations/?was_cancelled=1", {"result": []})
    found = api.get(f"/api/dm/project/?project={project}").json
    assert (found["task_count"], found["annotation_count"], found["can_delete_tasks"]) == (2, 2, True)
    assert found["task_number"] is None
