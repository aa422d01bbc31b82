"""Recorded filter and ordering cases, run against the compiled SQL of whichever database the tests use."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from postil.accounts.models import Organization, User
from postil.core.errors import Invalid
from postil.datamanager.column import Scope
from postil.datamanager.queries import filtered_tasks
from postil.datamanager.request import read_query
from postil.projects.models import Project
from postil.tasks.models import Annotation, Draft, Prediction, Task

RECORDED = json.loads((Path(__file__).parent / "recorded_filters.json").read_text())["cases"]

# What we answer instead, by the case as it was recorded.
OURS: dict[str, Any] = {
    # `exists`, `starts_with` mean what they say.
    '["id", "exists", "Number", true]': [1, 2, 3, 4],
    '["data.text", "starts_with", "String", "al"]': [1],
    # Empty text is empty, as it is for every other column.
    '["data.s", "empty", "String", true]': [1, 2, 3, 4],
    # Both spellings of a nested key work.
    '["data.nested.k", "equal", "String", "v"]': [1],
    # Any ISO 8601 moment will do.
    '["completed_at", "greater", "Datetime", "2020-01-01"]': [2, 3, 4],
    '["predictions_results", "empty", "String", true]': [2, 4],
    '["storage_filename", "empty", "String", true]': [1, 2, 3, 4],
    '["predictions_model_versions", "contains", "List", "m1"]': [1],
    '["ground_truth", "equal", "Boolean", true]': [4],
    # An empty selection selects nothing; the second key of an ordering counts.
    '[{"selectedItems": {"all": false}}]': [],
    '[{"selectedItems": {"all": false, "included": []}}]': [],
    '[{"selectedItems": {"all": false, "excluded": [1]}}]': [],
    '[{"ordering": ["tasks:total_annotations", "-tasks:id"]}]': [4, 1, 3, 2],
}


@pytest.fixture
def scope(db: None) -> Scope:
    organization = Organization.objects.create(title="Lab")
    people = {
        number: User.objects.create(pk=number, email=f"p{number}@example.org", active_organization=organization)
        for number in (1, 2)
    }
    project = Project.objects.create(
        organization=organization,
        model_version="m2",
        data_columns={"text": 4, "num": 3, "flag": 1, "nested": 1, "s": 1},
    )

    def at(second: int) -> datetime:
        return datetime(2026, 11, 21, 2, 0, second, tzinfo=UTC)

    def result(choice: str) -> list[dict[str, Any]]:
        return [{"from_name": "c", "to_name": "t", "type": "choices", "value": {"choices": [choice]}}]

    rows: list[dict[str, Any]] = [
        {"data": {"text": "alpha", "num": 5, "flag": True, "nested": {"k": "v"}}, "prediction_count": 1},
        {
            "data": {"text": "beta", "num": 10, "s": ""},
            "annotation_count": 1,
            "is_labeled": True,
            "completed_at": at(1),
        },
        {
            "data": {"text": "Gamma", "num": "7"},
            "annotation_count": 1,
            "prediction_count": 1,
            "is_labeled": True,
            "completed_at": at(3),
            "updated_by": people[1],
        },
        {"data": {"text": "delta"}, "cancelled_annotation_count": 1, "is_labeled": True, "completed_at": at(2)},
    ]
    tasks = [
        Task.objects.create(pk=number, project=project, inner_id=number, **row) for number, row in enumerate(rows, 1)
    ]
    Draft.objects.create(task=tasks[0], user=people[2], result=[])
    for task, version, score, choice in ((tasks[0], "m1", 0.9, "a"), (tasks[2], "m2", 0.2, "b")):
        Prediction.objects.create(task=task, project=project, model_version=version, score=score, result=result(choice))
    for number, task, person, choice, more in (
        (101, tasks[1], 2, "a", {"lead_time": 10}),
        (102, tasks[2], 1, "b", {"lead_time": 4}),
        (103, tasks[3], 2, "b", {"was_cancelled": True, "ground_truth": True}),
    ):
        Annotation.objects.create(
            pk=number, task=task, project=project, completed_by=people[person], result=result(choice), **more
        )
    return Scope(project=project, user=people[1], sees_all_annotations=True)


def found(scope: Scope, query: dict[str, Any]) -> list[int] | str:
    try:
        read = read_query(query)
        scope = Scope(scope.project, scope.user, scope.sees_all_annotations, read.display_types)
        return list(filtered_tasks(read, scope).values_list("pk", flat=True))
    except Invalid:
        return "refused"


def test_recorded_cases_find_the_same_tasks(scope: Scope) -> None:
    differences = []
    unused = dict(OURS)
    for *case, recorded in RECORDED:
        if len(case) == 4:
            column, operator, kind, value = case
            item = {"filter": f"filter:tasks:{column}", "operator": operator, "type": kind, "value": value}
            query = {"filters": {"conjunction": "and", "items": [item]}}
        else:
            query = case[0]
        wanted = unused.pop(json.dumps(case), recorded)
        answer = found(scope, query)
        if answer != wanted:
            differences.append((case, wanted, answer))
    assert differences == []
    assert unused == {}
