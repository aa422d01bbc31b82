"""Bulk actions that scripts call by id: data fields, labels beside the data, copies of an annotation."""

from typing import Any

import pytest

from postil.projects.models import Project
from postil.tasks.models import Annotation, AnnotationVersion, Task
from postil.tasks.tests.factories import choice, make_project, make_task
from postil.tasks.totals import recount

ALL = {"selectedItems": {"all": True, "excluded": []}}


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(manager: Any) -> Project:
    return make_project(manager)


@pytest.fixture
def tasks(project: Project) -> list[Task]:
    return [make_task(project, text) for text in ("one", "two", "three")]


def run(api: Any, project: Project, action: str, **body: Any) -> Any:
    return api.post(f"/api/dm/actions/?id={action}&project={project.pk}", {**ALL, **body})


def values(name: str) -> list[Any]:
    return [data.get(name) for data in Task.objects.order_by("pk").values_list("data", flat=True)]


def submit(api: Any, task: Task, *words: str) -> int:
    made = api.post(f"/api/tasks/{task.pk}/annotations/", {"result": [choice(word, word)[0] for word in words]})
    assert made.status == 201
    return int(made.json["id"])


def test_labels_are_written_beside_the_data_with_and_without_counts(api: Any, project: Project, tasks: Any) -> None:
    submit(api, tasks[0], "good")
    submit(api, tasks[1], "good", "bad")
    submit(api, tasks[1], "good")
    answer = run(api, project, "cache_labels", control_tag="mood", with_counters="yes")
    assert (answer.status, answer.json) == (200, {"detail": "Updated 3 tasks"})
    assert values("cache_mood") == ["good: 1", "bad: 1, good: 2", ""]
    run(api, project, "cache_labels", control_tag="mood", with_counters="no")
    assert values("cache_mood") == ["good", "bad, good", ""]
    run(api, project, "cache_labels", control_tag="stars")
    assert values("cache_stars") == ["", "", ""]
    run(api, project, "cache_labels", control_tag="ALL")
    assert values("cache_all") == ["good", "bad, good", ""]
    project.refresh_from_db()
    assert project.data_columns == {"text": 3, "cache_mood": 3, "cache_stars": 3, "cache_all": 3}
    assert recount(project) == {}


def test_labels_of_predictions_have_a_field_of_their_own(api: Any, project: Project, tasks: Any) -> None:
    api.post("/api/predictions/", {"task": tasks[2].pk, "result": choice("bad")})
    run(api, project, "cache_labels", control_tag="mood", source="Predictions")
    assert values("cache_predictions_mood") == ["", "", "bad"]


@pytest.mark.parametrize(
    ("body", "stored"),
    [
        ({"value_type": "String", "value": "7"}, "7"),
        ({"value_type": "Number", "value": "7"}, 7),
        ({"value_type": "Number", "value": 0.5}, 0.5),
        ({"value": "x"}, "x"),
    ],
)
def test_a_field_is_added_to_the_chosen_tasks(
    api: Any, project: Project, tasks: Any, body: dict[str, Any], stored: Any
) -> None:
    chosen = {"all": False, "included": [tasks[1].pk]}
    answer = run(api, project, "add_data_field", value_name="batch", selectedItems=chosen, **body)
    assert answer.json == {"detail": "Updated 1 tasks"}
    assert values("batch") == [None, stored, None]
    project.refresh_from_db()
    assert project.data_columns == {"text": 3, "batch": 1}


@pytest.mark.parametrize(
    ("action", "body", "field"),
    [
        ("add_data_field", {"value": "x"}, "value_name"),
        ("add_data_field", {"value": "x", "value_name": 5}, "value_name"),
        ("add_data_field", {"value": "x", "value_name": " "}, "value_name"),
        ("add_data_field", {"value": "x", "value_name": "$a"}, "value_name"),
        ("add_data_field", {"value": "x", "value_name": "text"}, "value_name"),
        ("add_data_field", {"value_name": "a"}, "value"),
        ("add_data_field", {"value_name": "a", "value": True}, "value"),
        ("add_data_field", {"value_name": "a", "value": "x", "value_type": "Number"}, "value"),
        ("add_data_field", {"value_name": "a", "value": "inf", "value_type": "Number"}, "value"),
        ("add_data_field", {"value_name": "a", "value": "1+1", "value_type": "Expression"}, "value_type"),
        ("cache_labels", {"control_tag": 5}, "control_tag"),
        ("cache_labels", {"control_tag": "mood", "source": "dreams"}, "source"),
        ("propagate_annotations", {}, "source_annotation_id"),
        ("propagate_annotations", {"source_annotation_id": "²"}, "source_annotation_id"),
        ("cache_labels", {"control_tag": "mood", "selectedItems": None}, "selectedItems"),
    ],
)
def test_bad_parameters_are_named_and_change_nothing(
    api: Any, project: Project, tasks: Any, action: str, body: dict[str, Any], field: str
) -> None:
    answer = run(api, project, action, **body)
    assert (answer.status, list(answer.json["validation_errors"])) == (400, [field])
    assert [set(task.data) for task in Task.objects.all()] == [{"text"}] * 3


def test_an_annotation_is_given_to_the_other_tasks(api: Any, project: Project, tasks: Any, manager: Any) -> None:
    source = submit(api, tasks[0], "good")
    answer = run(api, project, "propagate_annotations", source_annotation_id=source)
    assert answer.json == {"detail": "Created 2 annotations"}
    made = Annotation.objects.exclude(pk=source).order_by("pk")
    assert [annotation.task_id for annotation in made] == [tasks[1].pk, tasks[2].pk]
    for annotation in made:
        assert annotation.result == choice("good", "good")
        assert (annotation.completed_by_id, annotation.parent_annotation_id) == (manager.pk, source)
        assert annotation.last_action == "propagated_annotation"
    assert not AnnotationVersion.objects.exists()
    project.refresh_from_db()
    assert (project.annotation_count, recount(project)) == (3, {})


def test_annotations_of_elsewhere_are_not_given(
    api: Any, project: Project, tasks: Any, client_for: Any, manager: Any, outsider: Any
) -> None:
    other = make_task(make_project(manager))
    far = make_task(make_project(outsider))
    for source in (submit(api, other, "good"), submit(client_for(outsider), far, "good"), 10**9):
        assert run(api, project, "propagate_annotations", source_annotation_id=source).status == 404
    assert not Annotation.objects.filter(project=project).exists()


def test_annotators_may_not(client_for: Any, annotator: Any, manager: Any) -> None:
    project = make_project(manager, members=(annotator,))
    for action in ("cache_labels", "add_data_field", "propagate_annotations"):
        assert run(client_for(annotator), project, action).status == 403
