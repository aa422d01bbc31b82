"""GET /api/projects/{id}/dashboard/: progress, people, days, labels, and the forecast."""

from datetime import date, timedelta
from typing import Any

import pytest

from postil.core.clock import now
from postil.projects.models import Project
from postil.quality import work
from postil.quality.forecast import Forecast, forecast
from postil.quality.models import QuarterWork
from postil.tasks.models import Annotation
from postil.tasks.tests.factories import choice, make_project, make_task

TODAY = date(2026, 11, 21)


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(manager: Any, annotator: Any) -> Project:
    return make_project(manager, members=(annotator,))


@pytest.fixture
def tasks(project: Project) -> list[int]:
    return [make_task(project, f"t{number}").pk for number in range(6)]


def submit(api: Any, task_id: int, word: str = "good", **fields: Any) -> int:
    made = api.post(f"/api/tasks/{task_id}/annotations/", {"result": choice(word), "lead_time": 20, **fields})
    assert made.status == 201
    return int(made.json["id"])


def seen(api: Any, project: Project, **query: Any) -> Any:
    text = "&".join(f"{key}={value}" for key, value in query.items())
    answer = api.get(f"/api/projects/{project.pk}/dashboard/?{text}")
    assert answer.status == 200
    return answer.json


def test_an_empty_project_has_zeros(api: Any, project: Project) -> None:
    found = seen(api, project, days=2)
    assert found["tasks"] == {
        "total": 0, "labeled": 0, "remaining": 0, "annotated": 0, "skipped": 0, "ground_truth": 0, "predicted": 0,
    }  # fmt: skip
    assert (found["people"], found["labels"], found["forecast"]) == ([], [], None)
    assert [day["annotations"] for day in found["days"]] == [0, 0]


def test_work_is_told_by_person_day_and_label(
    api: Any, client_for: Any, project: Project, tasks: list[int], manager: Any, annotator: Any
) -> None:
    submit(api, tasks[0])
    submit(api, tasks[1], "bad", lead_time=40)
    submit(client_for(annotator), tasks[2], was_cancelled=True)
    found = seen(api, project, days=1)
    assert found["tasks"] == {
        "total": 6, "labeled": 2, "remaining": 4, "annotated": 2, "skipped": 1, "ground_truth": 0, "predicted": 0,
    }  # fmt: skip
    assert found["annotations"] == {"total": 2, "skipped": 1, "ground_truth": 0, "predictions": 0}
    first, second = found["people"]
    assert (first["user"], first["annotations"], first["seconds_mean"], first["per_hour"]) == (
        manager.pk, 2, 30.0, 120.0
    )  # fmt: skip
    assert (second["user"], second["annotations"], second["skipped"], second["per_hour"]) == (
        annotator.pk, 0, 1, None
    )  # fmt: skip
    assert found["days"] == [{"day": now().date().isoformat(), "annotations": 2, "skipped": 1, "people": 2}]
    assert found["labels"] == [
        {"control": "mood", "labels": [{"label": "bad", "count": 1}, {"label": "good", "count": 1}]}
    ]


def test_new_work_is_added_and_deleted_work_taken_away(
    api: Any, project: Project, tasks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = submit(api, tasks[0])
    assert seen(api, project)["people"][0]["annotations"] == 1
    submit(api, tasks[1])
    assert seen(api, project)["people"][0]["annotations"] == 2
    assert QuarterWork.objects.count() <= 2
    monkeypatch.setattr(work, "ANEW_AFTER", timedelta(0))
    api.delete(f"/api/annotations/{first}/")
    assert seen(api, project)["people"][0]["annotations"] == 1
    api.delete(f"/api/tasks/{tasks[1]}/")
    assert seen(api, project)["people"] == []


def test_days_follow_the_time_zone(api: Any, project: Project, tasks: list[int]) -> None:
    made = submit(api, tasks[0])
    midnight = now().replace(hour=0, minute=30, second=0, microsecond=0)
    Annotation.objects.filter(pk=made).update(created_at=midnight)
    by_zone = {zone: seen(api, project, days=3, time_zone=zone)["days"] for zone in ("UTC", "America/New_York")}
    day_in_utc = next(day["day"] for day in by_zone["UTC"] if day["annotations"])
    day_there = next(day["day"] for day in by_zone["America/New_York"] if day["annotations"])
    assert date.fromisoformat(day_in_utc) - date.fromisoformat(day_there) == timedelta(days=1)


def test_imported_work_is_no_pace(api: Any, project: Project) -> None:
    body = [{"data": {"text": "x"}, "annotations": [{"result": choice(), "lead_time": 5}]}]
    assert api.post(f"/api/projects/{project.pk}/import", body).status == 201
    person = seen(api, project)["people"][0]
    assert (person["annotations"], person["imported"], person["per_hour"]) == (0, 1, None)


def test_annotators_see_their_own_work_only(
    api: Any, client_for: Any, project: Project, tasks: list[int], annotator: Any, outsider: Any
) -> None:
    submit(api, tasks[0])
    submit(client_for(annotator), tasks[1])
    found = seen(client_for(annotator), project, days=1)
    assert [person["user"] for person in found["people"]] == [annotator.pk]
    assert (found["days"][0]["annotations"], found["labels"]) == (1, None)
    assert client_for(outsider).get(f"/api/projects/{project.pk}/dashboard/").status == 404
    assert client_for(None).get(f"/api/projects/{project.pk}/dashboard/").status == 401


@pytest.mark.parametrize(
    "query", ["days=0", "days=1000", "days=x", "time_zone=Mars/Base", "time_zone=../../etc/passwd"]
)
def test_bad_parameters_are_refused(api: Any, project: Project, query: str) -> None:
    assert api.get(f"/api/projects/{project.pk}/dashboard/?{query}").status in (400, 422)


@pytest.mark.parametrize(
    ("done", "remaining", "expected"),
    [
        ([10, 10, 10], 100, Forecast(10.0, date(2026, 12, 1), date(2026, 12, 1), date(2026, 12, 1))),
        ([0, 0, 0, 10, 10, 10], 95, Forecast(10.0, date(2026, 12, 1), date(2026, 12, 1), date(2026, 12, 1))),
        ([5, 10, 15], 0, None),
        ([10, 10], 100, None),
        ([0] * 14, 100, None),
        ([1, 1, 1], 10_000_000, None),
    ],
)
def test_a_forecast_needs_a_pace(done: list[int], remaining: int, expected: Forecast | None) -> None:
    assert forecast(done, remaining, TODAY) == expected


def test_an_uneven_pace_makes_a_wide_interval() -> None:
    found = forecast([30, 0, 0, 30, 0, 0], 100, TODAY)
    assert found is not None
    assert (found.per_day, found.likely) == (10.0, date(2026, 12, 1))
    assert found.early < found.likely
    assert found.late is not None
    assert found.late > found.likely
    steep = forecast([100, 0, 0], 100, TODAY)
    assert steep is not None
    assert steep.late is None
