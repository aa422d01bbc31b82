"""The most uncertain task comes next, and what was finished first is not walked past each time."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postil.infra.db import is_postgres
from postil.projects.models import Project
from postil.tasks.models import ScorePlace, Task
from postil.tasks.next_task.score_places import END, place_of
from postil.tasks.tests.factories import choice, make_project, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def members(make_user: Any) -> tuple[Any, Any]:
    return make_user("annotator", email="one@example.com"), make_user("annotator", email="two@example.com")


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(manager: Any, members: Any) -> Project:
    return make_project(manager, members=members, sampling="Uncertainty sampling")


def predicted(api: Any, project: Project, *scores: float | None, version: str = "m", **fields: Any) -> list[int]:
    """Return new tasks, each with a prediction of this score."""
    found = []
    for score in scores:
        task = make_task(project, text=str(score), **fields).pk
        predict(api, task, score, version)
        found.append(task)
    return found


def predict(api: Any, task: int, score: float | None, version: str = "m") -> int:
    body = {"task": task, "result": "good", "score": score, "model_version": version}
    made = api.post("/api/predictions/", body)
    assert made.status == 201
    return int(made.json["id"])


def handed(client: Any, project: Project) -> int | None:
    answer = client.get(f"/api/projects/{project.pk}/next/")
    assert answer.status in {200, 404}, answer.json
    return int(answer.json["id"]) if answer.status == 200 else None


def submit(client: Any, task: int) -> int:
    made = client.post(f"/api/tasks/{task}/annotations/", {"result": choice()})
    assert made.status == 201
    return int(made.json["id"])


def places() -> dict[int | None, tuple[float, int]]:
    return {row.user_id: (row.score, row.task_number) for row in ScorePlace.objects.all()}


def test_the_place_moves_on_with_what_is_finished(api: Any, client_for: Any, project: Project, members: Any) -> None:
    low, middle, high = predicted(api, project, 0.1, 0.5, 0.9)
    mine = client_for(members[0])
    assert handed(mine, project) == low
    assert places() == {None: (0.1, low), members[0].pk: (0.1, low)}
    submit(mine, low)
    assert handed(mine, project) == middle
    assert places() == {None: (0.5, middle), members[0].pk: (0.5, middle)}
    submit(mine, middle)
    submit(mine, high)
    assert handed(mine, project) is None
    assert set(places().values()) == {END}


def test_a_task_for_two_is_passed_by_who_has_done_it(api: Any, client_for: Any, project: Project, members: Any) -> None:
    low, high = predicted(api, project, 0.1, 0.9, overlap=2)
    mine, other = (client_for(member) for member in members)
    submit(mine, low)
    assert handed(mine, project) == high
    assert places() == {None: (0.1, low), members[0].pk: (0.9, high)}
    assert handed(other, project) == low


@pytest.mark.parametrize("version", ["", "m"])
def test_newer_predictions_move_the_place_back(
    api: Any, client_for: Any, project: Project, members: Any, version: str
) -> None:
    Project.objects.filter(pk=project.pk).update(model_version=version)
    first, *_ = predicted(api, project, 0.1, 0.5, 0.9)
    mine = client_for(members[0])
    submit(mine, first)
    handed(mine, project)
    [unscored] = predicted(api, project, None)
    [lower] = predicted(api, project, 0.3)
    predicted(api, project, 0.7)
    other = client_for(members[1])
    assert handed(other, project) == lower
    assert unscored not in {task for _, task in places().values()}
    if version:
        predicted(api, project, 0.01, version="another")
        submit(other, lower)
        before = places()[None]
        assert handed(other, project) != lower
        assert places()[None] >= before, "another version says nothing here"


def test_what_opens_again_or_is_scored_again_is_found(
    api: Any, client_for: Any, project: Project, members: Any
) -> None:
    low, middle, high = predicted(api, project, 0.1, 0.5, 0.9)
    mine, other = (client_for(member) for member in members)
    annotation = submit(mine, low)
    assert handed(mine, project) == middle
    assert api.delete(f"/api/annotations/{annotation}/").status == 204
    assert handed(other, project) == low
    submit(other, low)
    submit(mine, middle)
    [task] = predicted(api, project, 0.95)
    prediction = api.get(f"/api/predictions/?task={task}").json[0]["id"]
    assert handed(mine, project) == high
    assert api.patch(f"/api/predictions/{prediction}/", {"score": 0.2}).status == 200
    assert handed(other, project) == task


def test_another_version_begins_anew(api: Any, client_for: Any, project: Project, members: Any) -> None:
    first, second = predicted(api, project, 0.1, 0.9)
    predict(api, second, 0.2, "n")
    predict(api, first, 0.3, "n")
    mine = client_for(members[0])
    assert handed(mine, project) == first
    Project.objects.filter(pk=project.pk).update(model_version="n")
    assert handed(client_for(members[1]), project) == second
    assert places()[None] == (0.2, second)


@pytest.mark.skipif(is_postgres(), reason="PostgreSQL walks small tables whole, whatever indexes there are")
@pytest.mark.parametrize("version", ["", "m"])
def test_every_look_goes_by_an_index(api: Any, project: Project, manager: Any, version: str) -> None:
    Project.objects.filter(pk=project.pk).update(model_version=version)
    project.refresh_from_db()
    predicted(api, project, 0.1, 0.5)
    place_of(project, manager)
    ScorePlace.objects.update(newest=1)
    with CaptureQueriesContext(connection) as statements:
        place_of(project, manager)
    plans = []
    with connection.cursor() as cursor:
        for statement in statements:
            if statement["sql"].startswith("SELECT"):
                cursor.execute("EXPLAIN QUERY PLAN " + statement["sql"])
                plans.append("\n".join(row[3] for row in cursor.fetchall()))
    assert not any("SCAN" in plan for plan in plans), plans
    walks = [plan for plan in plans if "prediction_by_score" in plan]
    assert len(walks) == 2
    assert all("(project_id=? AND (score,task_id)>(?,?))" in plan for plan in walks), walks
    assert not any("TEMP B-TREE" in plan for plan in walks), walks
    newer = [plan for plan in plans if "prediction_by_project (project_id=? AND id>?)" in plan]
    assert len(newer) == 2, plans


def test_somebody_new_begins_where_everybody_is(api: Any, project: Project, members: Any) -> None:
    tasks = predicted(api, project, *(number / 100 for number in range(40)))
    place_of(project, members[0])
    Task.objects.filter(pk__in=tasks[:35]).update(is_labeled=True)
    assert place_of(project, members[0]) == (0.35, tasks[35])
    with CaptureQueriesContext(connection) as statements:
        assert place_of(project, members[1]) == (0.35, tasks[35])
    walks = [statement["sql"] for statement in statements if ") >= (" in statement["sql"]]
    assert len(walks) == 2
    assert all("0.35" in walk and str(tasks[35]) in walk.split(") >= (")[1] for walk in walks), walks
