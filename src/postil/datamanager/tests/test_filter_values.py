"""Values of filters that people and programs send: lists of people, ends left open, texts without measure."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from postil.projects.models import Project
from postil.tasks.models import Task
from postil.tasks.tests.factories import choice, make_project, make_task


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(manager: Any, annotator: Any) -> Project:
    return make_project(manager, members=(annotator,))


@pytest.fixture
def tasks(api: Any, client_for: Any, project: Project, annotator: Any) -> list[int]:
    """One answered by the manager, one by the annotator, one skipped, one that nobody saw."""
    made = [make_task(project, f"t{number}", data={"text": f"t{number}", "n": number}).pk for number in range(4)]
    for client, task_id, more in (
        (api, made[0], {}), (client_for(annotator), made[1], {}), (api, made[2], {"was_cancelled": True}),
    ):  # fmt: skip
        assert client.post(f"/api/tasks/{task_id}/annotations/", {"result": choice("good"), **more}).status == 201
    return made


def item(column: str, operator: str, value: Any, kind: str = "Number") -> dict[str, Any]:
    return {"filter": f"filter:tasks:{column}", "operator": operator, "type": kind, "value": value}


def asked(api: Any, project: Project, *items: dict[str, Any]) -> Any:
    query = quote(json.dumps({"filters": {"conjunction": "and", "items": items}}))
    return api.get(f"/api/tasks/?project={project.pk}&query={query}")


def explained(api: Any, project: Project, *items: dict[str, Any], conjunction: str = "and") -> Any:
    body = {"project": project.pk, "filters": {"conjunction": conjunction, "items": list(items)}}
    answer = api.post("/api/dm/explain/", body)
    assert answer.status == 200, answer.json
    return answer.json


def found(api: Any, project: Project, *items: dict[str, Any]) -> list[int]:
    answer = asked(api, project, *items)
    assert answer.status == 200, answer.json
    return [task["data"]["n"] for task in answer.json["tasks"]]


@pytest.mark.parametrize("column", ["annotators", "updated_by"])
def test_people_are_named_alone_as_text_or_in_a_list(
    api: Any, project: Project, tasks: Any, manager: Any, annotator: Any, column: str
) -> None:
    for value in (annotator.pk, str(annotator.pk), [annotator.pk], [str(annotator.pk)]):
        assert found(api, project, item(column, "contains", value, "List")) == [1]
    both = [manager.pk, annotator.pk]
    assert found(api, project, item(column, "contains", both, "List")) == [0, 1, 2]
    assert found(api, project, item(column, "not_contains", both, "List")) == [3]
    assert asked(api, project, item(column, "contains", ["me"], "List")).status == 400


def test_an_end_that_is_left_empty_is_open(api: Any, project: Project, tasks: list[int]) -> None:
    assert found(api, project, item("data.n", "in", {"min": 2, "max": ""})) == [2, 3]
    assert found(api, project, item("data.n", "in", {"min": "", "max": 0})) == [0]
    Task.objects.filter(pk=tasks[0]).update(created_at="2020-01-01T00:00:00Z")
    old = {"min": "", "max": "2021-01-01T00:00:00Z"}
    assert found(api, project, item("created_at", "in", old, "Datetime")) == [0]


@pytest.mark.parametrize("operator", ["contains", "equal", "starts_with", "regex"])
@pytest.mark.parametrize("column", ["data.text", "file_upload", "annotations_results"])
def test_a_text_without_measure_is_refused_with_a_word(
    api: Any, project: Project, tasks: Any, column: str, operator: str
) -> None:
    assert asked(api, project, item(column, operator, "ä%_" * 3_000, "String")).status == 200
    answer = asked(api, project, item(column, operator, "a" * 100_000, "String"))
    assert answer.status == 400
    assert "characters" in answer.json["validation_errors"]["filters"][0]


@pytest.mark.parametrize("operator", ["starts_with", "regex", "greater", "in"])
def test_what_labels_do_not_know_is_refused(api: Any, project: Project, tasks: Any, operator: str) -> None:
    answer = asked(api, project, item("labels", operator, "goo", "Label"))
    assert (answer.status, list(answer.json["validation_errors"])) == (400, ["filters"])
    assert explained(api, project, item("labels", operator, "goo", "Label"))["problems"][0]["filter"] == "labels"


def test_labels_of_skips_are_not_offered(api: Any, project: Project, tasks: Any) -> None:
    offered = api.get(f"/api/dm/values/?project={project.pk}&column=labels").json["values"]
    assert [(row["value"]["label"], row["count"]) for row in offered] == [("good", 2)]
    assert found(api, project, item("labels", "contains", "good", "Label")) == [0, 1]


def test_a_sentence_tells_which_conditions_belong_together(api: Any, project: Project) -> None:
    pair = {**item("id", "greater", 1), "child_filter": item("id", "less", 5)}
    told = explained(api, project, pair, item("id", "equal", 9), conjunction="or")["sentence"]
    assert told == "Tasks where (ID is greater than 1 and ID is less than 5) or ID is 9."
    told = explained(api, project, pair, item("id", "equal", 9))["sentence"]
    assert told == "Tasks where ID is greater than 1 and ID is less than 5 and ID is 9."


@pytest.mark.parametrize("value", [False, "false", "0", 0, "No"])
def test_every_word_for_no_is_read_the_same_way(api: Any, project: Project, tasks: Any, value: Any) -> None:
    condition = item("annotators", "empty", value, "List")
    assert explained(api, project, condition)["sentence"] == "Tasks where Annotated by is not empty."
    assert found(api, project, condition) == [0, 1, 2]


def test_a_sentence_names_people_of_the_organization_only(
    api: Any, project: Project, annotator: Any, outsider: Any
) -> None:
    told = explained(api, project, item("annotators", "contains", [annotator.pk, outsider.pk], "List"))["sentence"]
    assert (annotator.get_full_name() or annotator.email) in told
    assert outsider.email not in told
    assert f"{outsider.pk}." in told


@pytest.mark.parametrize("value", ["1" * 5_000, ["9" * 30], "me", [[1]], {}])
def test_people_who_cannot_be_are_a_problem_and_no_error(api: Any, project: Project, value: Any) -> None:
    assert (
        explained(api, project, item("updated_by", "contains", value, "List"))["problems"][0]["filter"] == "updated_by"
    )
