"""The copy of tasks' data that PostgreSQL's indexes are made on follows the tasks, and nothing else."""

import json
from typing import Any

import pytest
from django.db import connection

from postil.datamanager import indexed_data
from postil.datamanager.indexed_data import copy_data
from postil.datamanager.models import ColumnIndex, IndexedData
from postil.infra.jobs import NullRun
from postil.projects.models import Project
from postil.tasks.models import Task
from postil.tasks.tests.factories import make_project, make_task

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has tables of entries instead")


@pytest.fixture
def project(manager: Any) -> Project:
    made = make_project(manager)
    for number in range(5):
        make_task(made, f"text {number}")
    return made


def texts() -> dict[int, Any]:
    return {row.task_id: row.data["text"] for row in IndexedData.objects.all()}


def places() -> set[str]:
    """Return where the rows of the copy lie: a row that is changed moves."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid::text FROM datamanager_indexeddata")
        return {place for (place,) in cursor.fetchall()}


def indexed(project: Project, column: str = "data.text") -> ColumnIndex:
    connection.check_constraints()
    return ColumnIndex.objects.create(project_id=project.pk, column=column, kind="up")


def test_the_data_is_copied_in_steps_with_that_in_the_trash_and_once(
    project: Project, client_for: Any, manager: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Watch(NullRun):
        done: list[int] = []

        def progress(self, done: int, total: int | None = None) -> None:
            self.done.append(len(texts()))

    monkeypatch.setattr(indexed_data, "BATCH", 2)
    first = Task.objects.order_by("pk")[0]
    assert client_for(manager).delete(f"/api/tasks/{first.pk}/").status == 204
    row, watch = indexed(project), Watch()
    copy_data(row, watch)
    assert watch.done == [2, 4, 5, 5]
    assert sorted(texts().values()) == [f"text {number}" for number in range(5)]
    ColumnIndex.objects.filter(pk=row.pk).update(is_ready=True)
    copy_data(indexed(project, "data.other"), watch)
    assert watch.done == [2, 4, 5, 5]


def test_the_copy_follows_the_data_and_no_other_change(project: Project, client_for: Any, manager: Any) -> None:
    other = make_task(make_project(manager), "elsewhere")
    row = indexed(project)
    new = make_task(project, "came before it was copied")
    copy_data(row, NullRun())
    newer = make_task(project, "came later")
    assert texts()[new.pk] == "came before it was copied"
    assert texts()[newer.pk] == "came later"
    assert other.pk not in texts()
    before = places()
    api = client_for(manager)
    result = [{"from_name": "sentiment", "to_name": "text", "type": "choices", "value": {"choices": ["Positive"]}}]
    assert api.post(f"/api/tasks/{new.pk}/annotations/", {"result": result}).status == 201
    assert api.patch(f"/api/tasks/{new.pk}/", {"meta": {"a": 1}}).status == 200
    assert api.delete(f"/api/tasks/{newer.pk}/").status == 204
    assert places() == before
    assert api.patch(f"/api/tasks/{new.pk}/", {"data": {"text": "changed"}}).status == 200
    assert texts()[new.pk] == "changed"
    assert len(places() - before) == 1
    Task.all_objects.filter(pk__in=[new.pk, newer.pk]).delete()
    assert len(texts()) == 5
    Project.all_objects.filter(pk=project.pk).delete()
    assert texts() == {}


def test_a_copy_that_changed_meanwhile_stays(project: Project) -> None:
    task = Task.objects.order_by("pk")[0]
    row = indexed(project)
    Task.objects.filter(pk=task.pk).update(data={"text": "newer"})
    IndexedData.objects.filter(task_id=task.pk).update(data={"text": "newest"})
    copy_data(row, NullRun())
    assert texts()[task.pk] == "newest"
    assert json.loads(json.dumps(Task.objects.get(pk=task.pk).data)) == {"text": "newer"}
