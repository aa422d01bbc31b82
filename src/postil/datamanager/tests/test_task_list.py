"""GET /api/tasks/: pages, totals, forms, who sees what, and how many statements it costs."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postil.tasks.models import Annotation

CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="c" toName="text"><Choice value="a"/><Choice value="b"/></Choices></View>"""


def choice(word: str) -> list[dict[str, Any]]:
    return [{"from_name": "c", "to_name": "text", "type": "choices", "value": {"choices": [word]}}]


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(api: Any) -> int:
    made = api.post("/api/projects/", {"title": "Reviews", "label_config": CONFIG})
    assert made.status == 201
    return int(made.json["id"])


def fill(api: Any, project: int, count: int = 3) -> list[int]:
    tasks = [{"data": {"text": f"t{number}"}, "meta": {"n": number}} for number in range(count)]
    made = api.post(f"/api/projects/{project}/import?return_task_ids=true", tasks)
    assert made.status == 201
    return list(made.json["task_ids"])


def test_a_page_holds_every_key_and_the_totals(api: Any, project: int, manager: Any) -> None:
    ids = fill(api, project)
    first = api.post(f"/api/tasks/{ids[0]}/annotations/", {"result": choice("a"), "lead_time": 4})
    assert first.status == 201
    answer = api.get(f"/api/tasks/?project={project}&page_size=2")
    assert answer.status == 200
    assert {key: value for key, value in answer.json.items() if key != "tasks"} == {
        "total_annotations": 1,
        "total_predictions": 0,
        "total": 3,
    }
    row = answer.json["tasks"][0]
    assert [task["id"] for task in answer.json["tasks"]] == ids[:2]
    assert row["data"] == {"text": "t0"}
    assert row["meta"] == {"n": 0}
    assert row["annotators"] == [manager.pk]
    assert row["annotations_ids"] == str(first.json["id"])
    assert row["annotations_results"] == "[{from_name:c,to_name:text,type:choices,value:{choices:[a]}}]"
    assert row["avg_lead_time"] == 4
    assert row["draft_exists"] is False
    assert row["drafts"] == []
    assert row["file_upload"] is None
    assert row["inner_id"] == 1
    assert row["is_labeled"] is True
    assert row["completed_at"] == first.json["created_at"]
    assert row["total_annotations"] == 1
    assert row["updated_by"] == [{"user_id": manager.pk}]
    assert "annotations" not in row


def test_fields_all_adds_annotations_predictions_and_own_drafts(api: Any, project: int, manager: Any) -> None:
    ids = fill(api, project, 1)
    api.post(f"/api/tasks/{ids[0]}/annotations/", {"result": choice("b")})
    api.post("/api/predictions/", {"task": ids[0], "result": choice("a"), "score": 0.5, "model_version": "m"})
    api.post(f"/api/tasks/{ids[0]}/drafts", {"result": choice("a")})
    row = api.get(f"/api/tasks/?project={project}&fields=all").json["tasks"][0]
    assert row["annotations"][0]["result"] == choice("b")
    assert row["annotations"][0]["completed_by"] == manager.pk
    assert row["predictions"][0]["score"] == 0.5
    assert row["drafts"][0]["result"] == choice("a")
    assert row["draft_exists"] is True
    assert row["predictions_model_versions"] == "m"
    assert row["predictions_score"] == 0.5


def test_include_keeps_only_the_named_keys(api: Any, project: int) -> None:
    ids = fill(api, project, 1)
    answer = api.get(f"/api/tasks/?project={project}&include=data,overlap")
    assert answer.json["tasks"] == [{"id": ids[0], "data": {"text": "t0"}, "overlap": 1}]


@pytest.mark.parametrize("page", ["2", "0", "x", "-1"])
def test_a_page_that_is_not_there_is_404(api: Any, project: int, page: str) -> None:
    fill(api, project)
    assert api.get(f"/api/tasks/?project={project}&page={page}").status == 404


def test_the_first_page_of_an_empty_project_is_empty(api: Any, project: int) -> None:
    answer = api.get(f"/api/tasks/?project={project}")
    assert (answer.status, answer.json) == (
        200,
        {"total_annotations": 0, "total_predictions": 0, "total": 0, "tasks": []},
    )


def test_without_project_and_view_nothing_is_found(api: Any) -> None:
    answer = api.get("/api/tasks/")
    assert (answer.status, answer.json["detail"]) == (404, "Neither project nor view id specified")


def test_the_query_may_come_as_parameter_or_as_json_body(api: Any, project: int) -> None:
    ids = fill(api, project)
    item = {"filter": "filter:tasks:data.text", "operator": "equal", "type": "String", "value": "t1"}
    query = {"filters": {"conjunction": "and", "items": [item]}}
    by_parameter = api.get(f"/api/tasks/?project={project}&query={quote(json.dumps(query))}")
    by_body = api.request("GET", f"/api/tasks/?project={project}", query)
    assert [task["id"] for task in by_parameter.json["tasks"]] == [ids[1]]
    assert by_body.json == by_parameter.json
    assert by_parameter.json["total"] == 1


@pytest.mark.parametrize(
    "query",
    [
        "{",
        "[]",
        '{"filters": 5}',
        '{"filters": {"conjunction": "xor", "items": []}}',
        '{"filters": {"conjunction": "and", "items": [5]}}',
        '{"filters": {"conjunction": "and", "items": [{"filter": "filter:tasks:id", "value": 1}]}}',
        '{"filters": {"conjunction": "and", "items": [{"filter": "filter:tasks:x", "operator": "equal", "value": 1}]}}',
        '{"filters": {"conjunction": "and", "items": [{"filter": "filter:tasks:id", "operator": "in", "value": 1}]}}',
        '{"ordering": 5}',
        '{"ordering": ["tasks:nope"]}',
        '{"selectedItems": {"all": "yes"}}',
        '{"selectedItems": {"all": false, "included": ["x"]}}',
        '{"selectedItems": {"all": false, "included": [99999999999999999999]}}',
    ],
)
def test_a_bad_query_is_refused_with_a_sentence(api: Any, project: int, query: str) -> None:
    answer = api.get(f"/api/tasks/?project={project}&query={quote(query)}")
    assert answer.status == 400
    assert answer.json["detail"] == "Validation error"
    assert answer.json["validation_errors"]


@pytest.mark.parametrize("key", ['a"b', "a\\b", "a.b", "a__b", "$x", "né", "a'b", "0", "x%sy"])
def test_any_key_of_the_data_can_be_filtered_and_sorted(api: Any, project: int, key: str) -> None:
    made = api.post(
        f"/api/projects/{project}/import?return_task_ids=true",
        [{"text": "t", key: "no"}, {"text": "t", key: "yes"}],
    )
    item = {"filter": f"filter:tasks:data.{key}", "operator": "contains", "type": "String", "value": "YE"}
    query = {"filters": {"conjunction": "and", "items": [item]}, "ordering": [f"-tasks:data.{key}"]}
    answer = api.request("GET", f"/api/tasks/?project={project}", query)
    assert [task["id"] for task in answer.json["tasks"]] == [made.json["task_ids"][1]]


def test_text_search_knows_every_script_and_takes_wildcards_literally(api: Any, project: int) -> None:
    texts = ["Straße ÄÖÜ", "100% sure_thing", "plain"]
    ids = api.post(f"/api/projects/{project}/import?return_task_ids=true", [{"text": text} for text in texts]).json
    for needle, found in (("äöü", [0]), ("100%", [1]), ("e_t", [1]), ("%", [1]), ("PLAIN", [2])):
        item = {"filter": "filter:tasks:data.text", "operator": "contains", "type": "String", "value": needle}
        answer = api.request(
            "GET", f"/api/tasks/?project={project}", {"filters": {"conjunction": "and", "items": [item]}}
        )
        assert [task["id"] for task in answer.json["tasks"]] == [ids["task_ids"][number] for number in found], needle


def test_a_child_filter_narrows_its_parent(api: Any, project: int) -> None:
    ids = fill(api, project)
    parent = {"filter": "filter:tasks:data.text", "operator": "contains", "type": "String", "value": "t"}
    child = {"filter": "filter:tasks:id", "operator": "equal", "type": "Number", "value": ids[2]}
    query = {"filters": {"conjunction": "or", "items": [{**parent, "child_filter": child}]}}
    answer = api.request("GET", f"/api/tasks/?project={project}", query)
    assert [task["id"] for task in answer.json["tasks"]] == [ids[2]]


def test_a_costly_regular_expression_ends_soon(api: Any, project: int) -> None:
    api.post(f"/api/projects/{project}/import", [{"text": "a" * 5000 + "!"}])
    item = {"filter": "filter:tasks:data.text", "operator": "regex", "type": "String", "value": "^(a+)+$"}
    query = {"filters": {"conjunction": "and", "items": [item]}}
    answer = api.request("GET", f"/api/tasks/?project={project}", query)
    assert (answer.status, answer.json["total"]) == (200, 0)


def test_annotators_see_their_own_annotations_only(
    api: Any, project: int, client_for: Any, annotator: Any, manager: Any
) -> None:
    ids = fill(api, project, 1)
    api.post(f"/api/projects/{project}/members/", {"user": annotator.pk})
    api.post(f"/api/tasks/{ids[0]}/annotations/", {"result": choice("a")})
    item = {"filter": "filter:tasks:annotations_results", "operator": "contains", "type": "String", "value": "choices"}
    query = {"filters": {"conjunction": "and", "items": [item]}}
    theirs = client_for(annotator)
    row = theirs.get(f"/api/tasks/?project={project}&fields=all").json["tasks"][0]
    assert (row["annotations"], row["annotators"], row["annotations_results"]) == ([], [], "")
    assert theirs.request("GET", f"/api/tasks/?project={project}", query).json["total"] == 0
    assert api.request("GET", f"/api/tasks/?project={project}", query).json["total"] == 1


def test_outsiders_and_strangers_get_nothing(
    api: Any, project: int, client_for: Any, outsider: Any, annotator: Any
) -> None:
    fill(api, project, 1)
    view = api.post("/api/dm/views/", {"project": project, "data": {"title": "v"}}).json["id"]
    for path in (f"/api/tasks/?project={project}", f"/api/tasks/?view={view}", f"/api/dm/columns/?project={project}"):
        assert api.get(path).status == 200
        assert client_for(outsider).get(path).status == 404
        assert client_for(annotator).get(path).status == 404  # no member of this project
        assert client_for(None).get(path).status == 401


@pytest.mark.parametrize("parameters", ["", "&fields=all"])
def test_the_number_of_statements_does_not_grow(
    api: Any, project: int, django_assert_max_num_queries: Any, parameters: str
) -> None:
    counts = []
    for size in (1, 50):
        ids = fill(api, project, size)
        for task_id in ids[:10]:
            api.post(f"/api/tasks/{task_id}/annotations/", {"result": choice("a")})
        api.get(f"/api/tasks/?project={project}")
        with CaptureQueriesContext(
            connection,
        ) as statements:
            answer = api.get(f"/api/tasks/?project={project}{parameters}")
        assert answer.status == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert counts[1] <= 8


def test_only_the_columns_asked_for_are_read(api: Any, project: int, manager: Any) -> None:
    ids = fill(api, project)
    region = {"x": 1, "y": 2, "width": 3, "height": 4, "rotation": 0, "rectanglelabels": ["Car"]}
    drawn = {"from_name": "c", "to_name": "text", "type": "rectanglelabels", "value": region, "original_width": 10}
    Annotation.objects.create(task_id=ids[0], project_id=project, completed_by=manager, result=[*choice("a"), drawn])
    with CaptureQueriesContext(connection) as few:
        row = api.get(f"/api/tasks/?project={project}&include=id,data").json["tasks"][0]
    assert row == {"id": ids[0], "data": {"text": "t0"}}
    with CaptureQueriesContext(connection) as more:
        row = api.get(f"/api/tasks/?project={project}&include=annotators,draft_exists").json["tasks"][0]
    assert row == {"id": ids[0], "annotators": [manager.pk], "draft_exists": False}
    assert len(more) == len(few) + 2
    whole = api.get(f"/api/tasks/?project={project}&include=annotations,preview_regions").json["tasks"][0]
    assert whole["annotations"][0]["result"][1] == drawn
    assert whole["preview_regions"] == [
        {"type": "rectanglelabels", "value": region, "original_width": 10, "original_height": None, "item_index": None}
    ]
    assert api.get(f"/api/tasks/?project={project}&include=preview_regions").json["tasks"][1]["preview_regions"] == []
