"""Sorting and comparing by an index gives what it gives without one, whatever becomes of the tasks meanwhile."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from postil.datamanager import beforehand, column_indexes, queries
from postil.datamanager.jobs import PrepareColumn
from postil.datamanager.models import ColumnIndex
from postil.infra.db import in_transaction
from postil.infra.jobs import NullRun
from postil.infra.value_index import ENTRIES, TRIGGERS, has_value_index
from postil.projects.models import Project
from postil.tasks.models import Task
from postil.tasks.tests.factories import make_project, make_task

VALUES = [
    3, "b", None, 1.5, True, "a", [1, 2], {"k": "v"}, "", -2, "10", "Z", 3, "ä", 1e300, False, "10", "a\"b'c", "1e2",
]  # fmt: skip


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(manager: Any) -> Project:
    """A task for each value, and one without."""
    made = make_project(manager)
    for value in VALUES:
        make_task(made, data={"text": "x", "v": value})
    make_task(made, data={"text": "nothing"})
    return Project.objects.get(pk=made.pk)


def prepared(project: Project, run: NullRun | None = None) -> list[ColumnIndex]:
    """Make the indexes of both directions."""
    if connection.vendor == "postgresql":
        connection.check_constraints()
    for kind in ("up", "down"):
        row = ColumnIndex.objects.create(project_id=project.pk, column="data.v", kind=kind)
        column_indexes.prepare_column(PrepareColumn(index_id=row.pk), run or NullRun())
    return list(ColumnIndex.objects.order_by("pk"))


def asked(api: Any, project: Project, **query: Any) -> list[int]:
    answer = api.get(f"/api/tasks/?project={project.pk}&page_size=100&query={quote(json.dumps(query))}")
    assert answer.status == 200, answer.json
    return [task["id"] for task in answer.json["tasks"]]


def where(operator: str, value: Any, kind: str, column: str = "data.v") -> dict[str, Any]:
    item = {"filter": f"filter:tasks:{column}", "operator": operator, "type": kind, "value": value}
    return {"conjunction": "and", "items": [item]}


QUESTIONS: list[dict[str, Any]] = [
    {"ordering": ["tasks:data.v"]},
    {"ordering": ["-tasks:data.v"]},
    {"ordering": ["tasks:data.v", "-tasks:id"]},
    {"ordering": ["-tasks:data.v", "tasks:data.text"]},
    {"ordering": ["-tasks:data.v"], "filters": where("contains", "x", "String", "data.text")},
    {"ordering": ["tasks:data.v"], "filters": where("equal", 3, "Number")},
    {"filters": where("greater", 1.5, "Number")},
    {"filters": where("in", {"min": -5, "max": 10}, "Number")},
    {"filters": where("not_equal", 3, "Number")},
    {"filters": where("equal", "10", "String")},
    {"filters": where("equal", "a\"b'c", "String")},
    {"filters": where("not_equal", "a", "String")},
    {"filters": where("equal", True, "Boolean")},
]


def answers(api: Any, project: Project) -> list[list[int]]:
    return [asked(api, project, **question) for question in QUESTIONS]


@pytest.mark.parametrize("most", [0, beforehand.MOST])
def test_answers_are_the_same_with_and_without_an_index(
    api: Any, project: Project, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    before = answers(api, project)
    assert [len(found) for found in before] == [20, 20, 20, 20, 19, 2, 6, 6, 6, 2, 1, 17, 1]
    prepared(project)
    for module in (beforehand, queries):
        monkeypatch.setattr(module, "MOST", most)
    assert answers(api, project) == before


def test_an_index_follows_what_becomes_of_tasks(api: Any, project: Project, manager: Any) -> None:
    first, second, third, fourth, *_ = Task.objects.order_by("pk")
    assert api.delete(f"/api/tasks/{fourth.pk}/").status == 204
    prepared(project)
    assert api.post(f"/api/tasks/{fourth.pk}/restore/").status == 200
    other = make_project(manager)
    make_task(other, data={"text": "elsewhere", "v": 3})
    new = make_task(project, data={"text": "new", "v": 3})
    assert api.patch(f"/api/tasks/{first.pk}/", {"data": {"text": "x", "v": "changed"}}).status == 200
    assert api.delete(f"/api/tasks/{second.pk}/").status == 204
    Task.all_objects.filter(pk=third.pk).delete()
    with_index = answers(api, project)
    assert new.pk in with_index[5]
    assert first.pk not in with_index[5]
    assert api.post(f"/api/tasks/{second.pk}/restore/").status == 200
    restored = answers(api, project)
    ColumnIndex.objects.update(is_ready=False)
    assert answers(api, project) == restored
    assert api.delete(f"/api/tasks/{second.pk}/").status == 204
    assert answers(api, project) == with_index


class Watch(NullRun):
    """Looks after every step how many entries there are, and that no transaction is open between them."""

    def __init__(self) -> None:
        super().__init__()
        self.counts = [0]

    def progress(self, done: int, total: int | None = None) -> None:
        assert not in_transaction()
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {ENTRIES}")
            self.counts.append(cursor.fetchone()[0])


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL makes indexes while others write")
def test_no_transaction_makes_more_of_an_index_than_a_batch(
    api: Any, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beforehand, "BATCH", 4)
    watch = Watch()
    statements: list[tuple[bool, str]] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        statements.append((in_transaction(), sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        rows = prepared(project, watch)
    assert watch.counts == [0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40]
    entering = [is_inside for is_inside, sql in statements if f"INTO {ENTRIES}" in sql and "CREATE" not in sql]
    assert entering == [True] * 10
    assert not [sql for _, sql in statements if "CREATE INDEX" in sql and "tasks_task" in sql]
    Project.all_objects.filter(pk=project.pk).delete()
    assert column_indexes.clear_indexes() == 2
    assert not any(has_value_index(row.pk) for row in rows)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite has triggers for it")
def test_an_index_that_lost_its_triggers_is_not_believed_and_made_anew(
    api: Any, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = answers(api, project)
    rows = prepared(project)
    monkeypatch.setattr(column_indexes, "LEAST_TASKS", 0)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {TRIGGERS[1]}")
    first = Task.objects.order_by("pk")[0]
    Task.objects.filter(pk=first.pk).update(data={"text": "x", "v": "changed"})
    assert not any(has_value_index(row.pk) for row in rows)
    changed = answers(api, project)
    assert changed != before
    # The questions had jobs make the indexes again.
    assert all(has_value_index(row.pk) for row in rows)
    assert answers(api, project) == changed
