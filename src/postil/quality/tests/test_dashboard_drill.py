"""The numbers of the dashboard are those of the tasks that a click on them lists, in every time zone."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest

from postil.core.clock import now
from postil.projects.models import Project
from postil.quality import work
from postil.tasks.models import Annotation, Task
from postil.tasks.tests.factories import choice, make_project, make_task


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def theirs(client_for: Any, annotator: Any) -> Any:
    return client_for(annotator)


@pytest.fixture
def project(manager: Any, annotator: Any) -> Project:
    return make_project(manager, members=(annotator,), maximum_annotations=2)


@pytest.fixture
def tasks(project: Project) -> list[int]:
    return [make_task(project, f"t{number}", overlap=2).pk for number in range(6)]


def submit(api: Any, task_id: int, word: str = "good", **fields: Any) -> int:
    made = api.post(f"/api/tasks/{task_id}/annotations/", {"result": choice(word), "lead_time": 20, **fields})
    assert made.status == 201
    return int(made.json["id"])


def seen(api: Any, project: Project, **query: Any) -> Any:
    text = "&".join(f"{key}={quote(str(value))}" for key, value in query.items())
    answer = api.get(f"/api/projects/{project.pk}/dashboard/?{text}")
    assert answer.status == 200
    return answer.json


def listed(api: Any, project: Project, column: str, operator: str, value: Any, kind: str) -> list[int]:
    item = {"filter": f"filter:tasks:{column}", "operator": operator, "type": kind, "value": value}
    query = quote(json.dumps({"filters": {"conjunction": "and", "items": [item]}}))
    answer = api.get(f"/api/tasks/?project={project.pk}&query={query}")
    assert answer.status == 200, answer.json
    return [task["id"] for task in answer.json["tasks"]]


def test_each_number_of_tasks_is_that_of_its_list(api: Any, theirs: Any, project: Project, tasks: list[int]) -> None:
    submit(api, tasks[0], was_cancelled=True)
    submit(theirs, tasks[0], was_cancelled=True)
    submit(api, tasks[1], ground_truth=True)
    submit(theirs, tasks[1])
    for version in ("a", "b"):
        body = {"task": tasks[2], "result": choice(), "model_version": version}
        assert api.post("/api/predictions/", body).status == 201
    found = seen(api, project)
    lists = {
        "labeled": listed(api, project, "is_labeled", "equal", True, "Boolean"),
        "remaining": listed(api, project, "is_labeled", "equal", False, "Boolean"),
        "skipped": listed(api, project, "cancelled_annotations", "greater", 0, "Number"),
        "ground_truth": listed(api, project, "ground_truth", "equal", True, "Boolean"),
        "predicted": listed(api, project, "total_predictions", "greater", 0, "Number"),
    }
    assert {name: found["tasks"][name] for name in lists} == {name: len(ids) for name, ids in lists.items()}
    assert [lists[name] for name in ("skipped", "ground_truth", "predicted")] == [[tasks[0]], [tasks[1]], [tasks[2]]]
    assert (found["annotations"]["skipped"], found["annotations"]["predictions"]) == (2, 2)
    # An annotator's list holds the ground truths of their own.
    assert seen(theirs, project)["tasks"]["ground_truth"] == 0


def test_labels_of_skips_are_not_counted(api: Any, project: Project, tasks: list[int]) -> None:
    submit(api, tasks[0], "bad")
    submit(api, tasks[1], "bad", was_cancelled=True)
    assert seen(api, project)["labels"] == [{"control": "mood", "labels": [{"label": "bad", "count": 1}]}]
    assert listed(api, project, "labels", "contains", "bad", "Label") == [tasks[0]]


@pytest.mark.parametrize(
    ("zone", "at"),
    [
        ("Asia/Kolkata", "18:29"),
        ("Asia/Kolkata", "18:31"),
        ("Asia/Kathmandu", "18:14"),
        ("Asia/Kathmandu", "18:16"),
        ("Australia/Eucla", "15:14"),
        ("Australia/Eucla", "15:16"),
        ("UTC", "23:59"),
        ("America/St_Johns", "03:29"),
    ],
)
def test_days_begin_where_the_people_are(api: Any, project: Project, tasks: list[int], zone: str, at: str) -> None:
    """Some time zones are off by half an hour or a quarter; the list of a day holds what its bar counts."""
    hour, minute = map(int, at.split(":"))
    moment = (now() - timedelta(days=3)).replace(hour=hour, minute=minute, second=30, microsecond=0)
    Annotation.objects.filter(pk=submit(api, tasks[0])).update(created_at=moment)
    submit(api, tasks[1], was_cancelled=True)
    days = {day["day"]: day for day in seen(api, project, days=8, time_zone=zone)["days"]}
    there = moment.astimezone(ZoneInfo(zone))
    assert [day for day, numbers in days.items() if numbers["annotations"]] == [there.date().isoformat()]
    begin = there.replace(hour=0, minute=0, second=0)
    ends = [(begin + timedelta(days=more)).astimezone(UTC).isoformat() for more in (0, 1)]
    assert listed(api, project, "annotated_at", "in", {"min": ends[0], "max": ends[1]}, "Datetime") == [tasks[0]]


def test_tasks_are_found_by_when_people_worked_on_them(
    api: Any, theirs: Any, project: Project, tasks: list[int]
) -> None:
    old = submit(api, tasks[0])
    Annotation.objects.filter(pk=old).update(created_at=datetime(2020, 5, 5, tzinfo=UTC))
    submit(theirs, tasks[0])
    submit(theirs, tasks[1], was_cancelled=True)
    body = [{"data": {"text": "x"}, "annotations": [{"result": choice()}]}]
    assert api.post(f"/api/projects/{project.pk}/import", body).status == 201
    imported = Task.objects.latest("pk").pk

    def ask(client: Any, operator: str, value: Any) -> list[int]:
        return listed(client, project, "annotated_at", operator, value, "Datetime")

    assert ask(api, "less", "2021-01-01T00:00:00Z") == [tasks[0]]
    assert ask(api, "greater", "now-7d") == tasks[:2]
    assert ask(api, "not_in", {"min": "2020-01-01", "max": "2021-01-01"}) == [tasks[1]]
    assert ask(api, "empty", True) == [*tasks[2:], imported]
    assert ask(theirs, "less", "2021-01-01T00:00:00Z") == []
    assert ask(theirs, "empty", False) == tasks[:2]
    for ordering, first in (("tasks:annotated_at", tasks[0]), ("-tasks:annotated_at", tasks[1])):
        query = quote(json.dumps({"ordering": [ordering]}))
        assert api.get(f"/api/tasks/?project={project.pk}&query={query}").json["tasks"][0]["id"] == first


def test_a_skip_that_became_an_answer_is_no_skip_any_more(
    api: Any, project: Project, tasks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "ANEW_AFTER", timedelta(0))
    skip = submit(api, tasks[0], was_cancelled=True)
    submit(api, tasks[1], was_cancelled=True)
    numbers = {"day": now().date().isoformat(), "annotations": 0, "skipped": 2, "people": 1}
    assert seen(api, project, days=1)["days"] == [numbers]
    body = [{"data": {"text": "x"}, "annotations": [{"result": [], "was_cancelled": True}, {"result": choice()}]}]
    assert api.post(f"/api/projects/{project.pk}/import", body).status == 201
    assert seen(api, project, days=1)["days"] == [numbers]
    assert api.patch(f"/api/annotations/{skip}/", {"was_cancelled": False}).status == 200
    found = seen(api, project, days=1)
    assert found["days"] == [{**numbers, "annotations": 1, "skipped": 1}]
    assert (found["people"][0]["annotations"], found["people"][0]["imported"]) == (1, 2)


def test_work_that_is_right_is_not_added_up_again(
    api: Any, project: Project, tasks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "ANEW_AFTER", timedelta(0))
    submit(api, tasks[0], was_cancelled=True)
    body = [{"data": {"text": "x"}, "annotations": [{"result": [], "was_cancelled": True}]}]
    assert api.post(f"/api/projects/{project.pk}/import", body).status == 201
    seen(api, project)
    state = work.WorkState.objects.get(pk=project.pk)
    seen(api, project)
    assert work.WorkState.objects.get(pk=project.pk).begun_at == state.begun_at


def test_last_work_lies_in_the_quarter_of_an_hour(api: Any, project: Project, tasks: list[int]) -> None:
    submit(api, tasks[0])
    last = datetime.fromisoformat(seen(api, project)["people"][0]["last_at"])
    assert timedelta(0) <= now() - last < timedelta(minutes=1)


def worked(api: Any, project: Project, task_id: int, days_ago: int, **fields: Any) -> None:
    moment = now() - timedelta(days=days_ago)
    Annotation.objects.filter(pk=submit(api, task_id, **fields)).update(created_at=moment)


def test_a_forecast_counts_the_answers_that_are_missing(
    api: Any, theirs: Any, project: Project, tasks: list[int]
) -> None:
    for days_ago in (3, 2, 1):
        worked(api, project, tasks[days_ago], days_ago)
    found = seen(api, project)["forecast"]
    # Six tasks of two answers each, three of them begun: nine are missing at one a day.
    assert (found["per_day"], found["likely"]) == (1.0, (now().date() + timedelta(days=9)).isoformat())
    worked(theirs, project, tasks[1], 1)
    # Eight at four thirds a day.
    assert seen(api, project)["forecast"]["likely"] == (now().date() + timedelta(days=6)).isoformat()


def test_skips_bring_the_end_nearer_where_they_are_answers(api: Any, project: Project, tasks: list[int]) -> None:
    for days_ago in (3, 2, 1):
        worked(api, project, tasks[days_ago], days_ago, was_cancelled=True)
    assert seen(api, project)["forecast"] is None
    Project.objects.filter(pk=project.pk).update(skip_queue="IGNORE_SKIPPED")
    assert seen(api, project)["forecast"]["per_day"] == 1.0
