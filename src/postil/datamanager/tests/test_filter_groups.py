"""Our filters beyond the contract: groups in groups, labels and slips, relative times, values to choose, sentences."""

import json
from collections import Counter
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from postil.core.clock import now
from postil.datamanager import value_counts
from postil.labels import facts
from postil.labels.models import AnnotationFacts, LabelUse
from postil.projects.models import Project
from postil.tasks.models import Annotation, Task
from postil.tasks.tests.factories import make_project, make_task

CONFIG = """<View><Image name="image" value="$image"/><RectangleLabels name="box" toName="image">
<Label value="Car"/><Label value="Bus"/></RectangleLabels>
<Choices name="mood" toName="image"><Choice value="good"/><Choice value="Car"/></Choices></View>"""


def box(label: str, x: float = 10, width: float = 20, region_id: str = "a") -> dict[str, Any]:
    value = {"x": x, "y": 10, "width": width, "height": 50, "rotation": 0, "rectanglelabels": [label]}
    return {
        "id": region_id, "from_name": "box", "to_name": "image", "type": "rectanglelabels", "value": value,
        "original_width": 100, "original_height": 100,
    }  # fmt: skip


CHOICE = {"id": "c", "from_name": "mood", "to_name": "image", "type": "choices", "value": {"choices": ["Car"]}}


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(manager: Any) -> Project:
    return make_project(manager, label_config=CONFIG)


@pytest.fixture
def tasks(api: Any, project: Project) -> list[int]:
    """A car; a bus that reaches out; the word Car as a choice; nothing."""
    made = [make_task(project, f"t{n}", data={"image": f"{n}.png", "n": n, "city": "Rome" if n else "Oslo"}).pk
            for n in range(4)]  # fmt: skip
    for task_id, result in zip(made, ([box("Car")], [box("Bus", 90), box("Bus", 90, 20, "b")], [CHOICE]), strict=False):
        assert api.post(f"/api/tasks/{task_id}/annotations/", {"result": result}).status == 201
    return made


def item(column: str, operator: str, value: Any, kind: str = "Number") -> dict[str, Any]:
    return {"filter": f"filter:tasks:{column}", "operator": operator, "type": kind, "value": value}


def group(conjunction: str, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"conjunction": conjunction, "items": list(items), **more}


def found(api: Any, project: Project, filters: dict[str, Any]) -> list[int]:
    query = quote(json.dumps({"filters": filters}))
    answer = api.get(f"/api/tasks/?project={project.pk}&query={query}&totals=quick")
    assert answer.status == 200, answer.json
    assert (answer.json["total"], answer.json["total_is_exact"]) == (len(answer.json["tasks"]), True)
    exact = api.get(f"/api/dm/totals/?project={project.pk}&query={query}").json
    assert exact["total"] == answer.json["total"]
    return [task["data"]["n"] for task in answer.json["tasks"]]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (group("or", item("data.n", "equal", 0), group("and", item("data.n", "greater", 1), item("id", "greater", 0))),
         [0, 2, 3]),
        (group("and", item("data.n", "greater", 0), group("or", item("data.n", "equal", 0),
                                                          item("data.n", "equal", 3))), [3]),
        (group("and", item("data.n", "less", 3), group("or", item("data.n", "equal", 1), **{"not": True})), [0, 2]),
        (group("and", group("or"), item("data.n", "equal", 1)), [1]),
        (group("or", group("and", group("or", group("and", item("data.n", "equal", 2))))), [2]),
        (group("and", item("data.missing", "equal", 5), **{"not": True}), [0, 1, 2, 3]),
    ],
)  # fmt: skip
def test_groups_stand_in_groups(
    api: Any, project: Project, tasks: Any, filters: dict[str, Any], expected: list[int]
) -> None:
    assert found(api, project, filters) == expected


@pytest.mark.parametrize(
    "filters",
    [
        group("and", group("nor", item("id", "equal", 1))),
        group("and", {"items": 5, "conjunction": "and"}),
        group("and", group("or", group("or", group("or", group("or", group("or", item("id", "equal", 1))))))),
        group("and", *(group("or", *(item("id", "equal", 1) for _ in range(50))) for _ in range(5))),
    ],
)
def test_bad_groups_are_refused(api: Any, project: Project, tasks: Any, filters: dict[str, Any]) -> None:
    query = quote(json.dumps({"filters": filters}))
    answer = api.get(f"/api/tasks/?project={project.pk}&query={query}")
    assert (answer.status, list(answer.json["validation_errors"])) == (400, ["filters"])


def test_views_keep_groups(api: Any, project: Project, tasks: Any) -> None:
    filters = group("or", item("data.n", "equal", 0), group("and", item("data.n", "equal", 3)))
    view = api.post("/api/dm/views/", {"project": project.pk, "data": {"title": "v", "filters": filters}})
    assert (view.status, view.json["data"]["filters"]) == (201, filters)
    listed = api.get(f"/api/tasks/?view={view.json['id']}").json
    assert [task["data"]["n"] for task in listed["tasks"]] == [0, 3]
    bad = group("and", group("or", {"filter": "filter:tasks:project__title", "operator": "equal", "value": "x"}))
    assert api.post("/api/dm/views/", {"project": project.pk, "data": {"filters": bad}}).status == 400


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        ("contains", "Car", [0, 2]),
        ("contains", {"label": "Car", "control": "box"}, [0]),
        ("contains", {"label": "Car", "control": "mood"}, [2]),
        ("contains", [{"label": "Bus", "control": None}, "Tram"], [1]),
        ("not_contains", "Car", [1, 3]),
        ("empty", True, [3]),
        ("empty", False, [0, 1, 2]),
        ("contains", "car", []),
    ],
)
def test_labels_are_found(
    api: Any, project: Project, tasks: Any, operator: str, value: Any, expected: list[int]
) -> None:
    assert found(api, project, group("and", item("labels", operator, value, "Label"))) == expected


@pytest.mark.parametrize("value", [5, "", None, {"label": 5}, {"control": "box"}, {"label": "Car", "control": 5}])
def test_labels_that_are_none_are_refused(api: Any, project: Project, tasks: Any, value: Any) -> None:
    query = quote(json.dumps({"filters": group("and", item("labels", "contains", value, "Label"))}))
    assert api.get(f"/api/tasks/?project={project.pk}&query={query}").status == 400


@pytest.mark.parametrize(
    ("column", "operator", "value", "expected"),
    [
        ("region_count", "greater", 1, [1]),
        ("region_count", "equal", 0, [2]),
        ("region_count", "not_equal", 0, [0, 1]),
        ("out_of_bounds_count", "greater", 0, [1]),
        ("duplicate_region_count", "equal", 1, [1]),
        ("lint_count", "greater_or_equal", 3, [1]),
        ("largest_area", "in", {"min": 9.5, "max": 10.5}, [0, 1]),
        ("smallest_area", "empty", True, [2, 3]),
        ("nested_region_count", "greater", 0, []),
    ],
)
def test_slips_are_found(
    api: Any, project: Project, tasks: Any, column: str, operator: str, value: Any, expected: list[int]
) -> None:
    assert found(api, project, group("and", item(column, operator, value))) == expected


def test_slips_are_sorted_by(api: Any, project: Project, tasks: Any) -> None:
    query = quote(json.dumps({"ordering": ["-tasks:lint_count"]}))
    listed = api.get(f"/api/tasks/?project={project.pk}&query={query}").json["tasks"]
    assert listed[0]["data"]["n"] == 1


def test_facts_follow_changes_and_deletions(api: Any, project: Project, tasks: list[int]) -> None:
    cars = group("and", item("labels", "contains", "Car", "Label"))
    assert found(api, project, cars) == [0, 2]
    first = Annotation.objects.get(task_id=tasks[0])
    assert api.patch(f"/api/annotations/{first.pk}/", {"result": [box("Bus")]}).status == 200
    assert found(api, project, cars) == [2]
    api.delete(f"/api/annotations/{Annotation.objects.get(task_id=tasks[2]).pk}/")
    assert found(api, project, cars) == []
    api.post(f"/api/tasks/{tasks[3]}/annotations/", {"result": [box("Car")]})
    assert found(api, project, cars) == [3]
    assert AnnotationFacts.objects.get(pk=first.pk).revision == 2


def test_each_revision_is_looked_at_once(project: Project, tasks: Any) -> None:
    from postil.infra.jobs import NullRun

    assert facts.collect(project.pk, NullRun()) == 3
    assert facts.collect(project.pk, NullRun()) == 0
    assert LabelUse.objects.filter(label="Bus").get().count == 2


def test_much_to_count_is_the_work_of_a_job(
    api: Any, project: Project, tasks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "AT_ONCE", 1)
    monkeypatch.setattr(facts, "BATCH", 2)
    query = quote(json.dumps({"filters": group("and", item("labels", "contains", "Car", "Label"))}))
    answer = api.get(f"/api/tasks/?project={project.pk}&query={query}")
    assert (answer.status, "counted" in answer.json["detail"]) == (409, True)
    assert api.get(f"/api/tasks/?project={project.pk}&query={query}").json["total"] == 2


def test_annotators_find_by_their_own_work_only(
    client_for: Any, api: Any, project: Project, tasks: Any, annotator: Any
) -> None:
    api.post(f"/api/projects/{project.pk}/members/", {"user": annotator.pk})
    theirs = client_for(annotator)
    theirs.post(f"/api/tasks/{tasks[3]}/annotations/", {"result": [box("Car")]})
    assert found(theirs, project, group("and", item("labels", "contains", "Car", "Label"))) == [3]
    assert found(theirs, project, group("and", item("region_count", "greater", 0))) == [3]


def test_times_are_told_from_now(api: Any, project: Project, tasks: list[int]) -> None:
    Task.objects.filter(pk=tasks[0]).update(created_at=now() - timedelta(days=10))
    Task.objects.filter(pk=tasks[1]).update(created_at=now() - timedelta(days=3))
    last_week = group("and", item("created_at", "greater", "now-7d", "Datetime"))
    assert found(api, project, last_week) == [1, 2, 3]
    assert found(api, project, group("and", item("created_at", "less", "today - 1w", "Datetime"))) == [0]
    assert found(api, project, group("and", item("created_at", "less", "now+1h", "Datetime"))) == [0, 1, 2, 3]
    query = quote(json.dumps({"filters": group("and", item("created_at", "less", "yesterday", "Datetime"))}))
    assert api.get(f"/api/tasks/?project={project.pk}&query={query}").status == 400


@pytest.mark.parametrize(
    ("column", "search", "expected"),
    [
        ("data.city", "", [("Rome", 3), ("Oslo", 1)]),
        ("data.city", "os", [("Oslo", 1)]),
        ("labels", "", [({"control": "box", "label": "Bus"}, 2), ({"control": "box", "label": "Car"}, 1),
                        ({"control": "mood", "label": "Car"}, 1)]),
        ("labels", "bu", [({"control": "box", "label": "Bus"}, 2)]),
        ("predictions_model_versions", "", []),
        ("is_labeled", "", [(True, None), (False, None)]),
    ],
)  # fmt: skip
def test_values_are_offered_with_counts(
    api: Any, project: Project, tasks: Any, column: str, search: str, expected: list[Any]
) -> None:
    answer = api.get(f"/api/dm/values/?project={project.pk}&column={column}&search={search}")
    assert answer.status == 200
    assert [(row["value"], row["count"]) for row in answer.json["values"]] == expected
    assert answer.json["is_complete"] is True


@pytest.mark.parametrize(("looked_at", "counted"), [(1, 1), (2, 2), (4, 4)])
def test_values_of_the_data_are_counted_over_the_newest_tasks(
    api: Any, project: Project, tasks: Any, monkeypatch: pytest.MonkeyPatch, looked_at: int, counted: int
) -> None:
    monkeypatch.setattr(value_counts, "LOOKED_AT", looked_at)
    answer = api.get(f"/api/dm/values/?project={project.pk}&column=data.city").json
    newest = [task["data"]["city"] for task in api.get(f"/api/tasks/?project={project.pk}").json["tasks"]][-looked_at:]
    assert {row["value"]: row["count"] for row in answer["values"]} == dict(Counter(newest))
    assert sum(row["count"] for row in answer["values"]) == counted
    assert answer["is_complete"] is (looked_at >= 4)


def test_people_are_offered_by_name(api: Any, project: Project, tasks: Any, manager: Any) -> None:
    title = manager.get_full_name() or manager.email
    for column, count in (("annotators", 3), ("updated_by", 3)):
        answer = api.get(f"/api/dm/values/?project={project.pk}&column={column}")
        assert answer.json["values"] == [{"value": manager.pk, "title": title, "count": count}]


def test_columns_without_choices_offer_none(api: Any, project: Project, client_for: Any, outsider: Any) -> None:
    assert api.get(f"/api/dm/values/?project={project.pk}&column=id").status == 400
    assert api.get(f"/api/dm/values/?project={project.pk}&column=nope").status == 400
    assert client_for(outsider).get(f"/api/dm/values/?project={project.pk}&column=labels").status == 404


def test_filters_are_told_in_a_sentence(api: Any, project: Project, tasks: Any, manager: Any) -> None:
    filters = group(
        "and",
        item("data.city", "contains", "Ro", "String"),
        group("or", item("predictions_score", "less", 0.5), item("annotators", "contains", manager.pk, "List")),
    )
    body = {"project": project.pk, "filters": filters, "ordering": ["-tasks:updated_at", "tasks:data.n"]}
    name = manager.get_full_name() or manager.email
    assert api.post("/api/dm/explain/", body).json == {
        "sentence": "Tasks where city contains “Ro” and (Prediction score is less than 0.5 or Annotated by contains "
        f"“{name}”), sorted by Updated at downwards, then n.",
        "problems": [],
    }
    assert api.post("/api/dm/explain/", {"project": project.pk}).json == {"sentence": "All tasks.", "problems": []}


def test_vanished_columns_and_bad_patterns_are_named(api: Any, project: Project, tasks: Any) -> None:
    filters = group(
        "and",
        item("data.gone", "equal", "x", "String"),
        item("nope", "equal", 1),
        item("data.city", "regex", "(a+)+(", "String"),
        item("data.n", "greater", "many"),
    )
    problems = api.post("/api/dm/explain/", {"project": project.pk, "filters": filters}).json["problems"]
    assert [problem["filter"] for problem in problems] == ["data.gone", "nope", "data.city", "data.n"]
    assert "No task has" in problems[0]["reason"]
    assert found(api, project, group("and", item("data.gone", "equal", "x", "String"))) == []


def test_an_explosive_pattern_ends_soon(api: Any, project: Project) -> None:
    make_task(project, data={"image": "a" * 5_000 + "!", "n": 1})
    assert found(api, project, group("and", item("data.image", "regex", "^(a+)+$", "String"))) == []


def test_where_a_task_stands(api: Any, project: Project, tasks: list[int]) -> None:
    def index(task_id: int, **query: Any) -> Any:
        given = quote(json.dumps(query))
        return api.get(f"/api/dm/position/?project={project.pk}&task={task_id}&query={given}").json["index"]

    assert [index(task_id) for task_id in tasks] == [0, 1, 2, 3]
    assert index(tasks[0], ordering=["-tasks:data.n"]) == 3
    assert index(tasks[3], filters=group("and", item("data.n", "greater", 1))) == 1
    assert index(tasks[0], filters=group("and", item("data.n", "greater", 1))) is None
    assert index(10**9) is None


@pytest.mark.parametrize("filters", [0, "", [], "x", [1], 7, {"conjunction": "xor", "items": []}, {"items": 1}])
def test_filters_of_the_wrong_kind_are_refused_and_nothing_is_done(api, project, tasks, filters):
    asked = {"selectedItems": {"all": True, "excluded": []}, "filters": filters}
    answer = api.post(f"/api/dm/actions/?project={project.pk}&id=delete_tasks", asked)
    assert (answer.status, list(answer.json["validation_errors"])) == (400, ["filters"])
    assert Task.objects.filter(project=project).count() == len(tasks)
