"""Indexes that jobs make once somebody asks, at the size where they begin: 20,001 tasks."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import connection

from postil.accounts.access import actor_of
from postil.datamanager import beforehand, column_indexes
from postil.datamanager.access import scope_of
from postil.datamanager.models import ColumnIndex
from postil.datamanager.queries import filtered_tasks
from postil.datamanager.request import TaskQuery
from postil.infra.column_index import has_index
from postil.infra.letter_index import has_letter_index
from postil.infra.value_index import has_value_index
from postil.projects.models import Project
from postil.tasks.bulk import TaskWriter
from postil.tasks.models import Task
from postil.tasks.tests.factories import make_project, make_task

COUNT = column_indexes.LEAST_TASKS + 1


class Item:
    """A task with a text and a number."""

    meta = None
    allow_skip = None
    file_upload_id = None

    def __init__(self, number: int) -> None:
        self.data: dict[str, Any] = {
            "text": f"Sentence {number} about coffee",
            "n": number if number % 2 else str(number),
        }
        self.annotations: list[dict[str, Any]] = []
        self.predictions: list[dict[str, Any]] = []
        self.drafts: list[dict[str, Any]] = []

    def data_json(self) -> bytes:
        return json.dumps(self.data).encode()


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    cache.clear()


@pytest.fixture
def project(manager: Any) -> Project:
    made = make_project(manager)
    with TaskWriter(project=made, who=actor_of(manager), expected=COUNT) as writer:
        for number in range(COUNT):
            writer.add(Item(number))
    # PostgreSQL makes no index while rows of this transaction wait to be checked.
    connection.check_constraints()
    return Project.objects.get(pk=made.pk)


def where(column: str, operator: str, value: Any, kind: str = "String") -> dict[str, Any]:
    item = {"filter": f"filter:tasks:{column}", "operator": operator, "type": kind, "value": value}
    return {"conjunction": "and", "items": [item]}


def found(api: Any, project: Project, **query: Any) -> tuple[int, bool, list[Any]]:
    """Return the total, whether it is exact, and the numbers in the first texts."""
    answer = api.get(f"/api/tasks/?project={project.pk}&page_size=3&totals=quick&query={quote(json.dumps(query))}")
    assert answer.status == 200, answer.json
    texts = [task["data"]["text"].split()[1] for task in answer.json["tasks"]]
    return answer.json["total"], answer.json["total_is_exact"], texts


def plan(project: Project, manager: Any, **query: Any) -> str:
    tasks = filtered_tasks(TaskQuery(**query), scope_of(actor_of(manager), project))
    return tasks.values_list("pk", flat=True)[:100].explain()


def made(project: Project, kind: str, column: str) -> ColumnIndex:
    return ColumnIndex.objects.get(project_id=project.pk, kind=kind, column=column, is_ready=True)


def is_made(row: ColumnIndex) -> bool:
    return has_value_index(row.pk) if connection.vendor == "sqlite" else has_index(row.index_name)


def test_the_first_sort_makes_the_index_of_all_later_ones(api: Any, project: Project, manager: Any) -> None:
    expected = (COUNT, True, ["1", "3", "5"])
    assert found(api, project, ordering=["tasks:data.n"]) == expected
    row = made(project, "up", "data.n")
    assert is_made(row)
    assert found(api, project, ordering=["tasks:data.n"]) == expected
    if connection.vendor == "sqlite":  # PostgreSQL guesses by the statistics of an hour that has not come
        for order in ("tasks:data.n", "-tasks:data.n"):
            found(api, project, ordering=[order])
            steps = plan(project, manager, ordering=[order])
            assert "SEARCH value_entry USING PRIMARY KEY (index_id=?)" in steps
            assert "TEMP B-TREE" not in steps
    # Downwards, text comes before numbers: "9998" is the greatest one.
    assert found(api, project, ordering=["-tasks:data.n"]) == (COUNT, True, ["9998", "9996", "9994"])
    assert is_made(made(project, "down", "data.n"))


def test_numbers_are_found_by_the_index_whether_they_are_few_or_many(api: Any, project: Project) -> None:
    few = where("data.n", "greater", COUNT - 4, "Number")
    many = where("data.n", "greater", 3, "Number")
    for _ in range(2):
        assert found(api, project, filters=few) == (3, True, [str(COUNT - n) for n in (3, 2, 1)])
        assert found(api, project, filters=many) == (10_000, False, ["4", "5", "6"])
    assert is_made(made(project, "up", "data.n"))


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        ("contains", "ence 19999 AB", (1, True, ["19999"])),
        ("contains", "Sentence 1999", (11, True, ["1999", "19990", "19991"])),
        ("contains", "coffee", (10_000, False, ["0", "1", "2"])),
        ("contains", "zebra", (0, True, [])),
        ("regex", "^Sent.nce 1777. ", (10, True, ["17770", "17771", "17772"])),
        ("starts_with", "SENTENCE 12 ", (1, True, ["12"])),
        ("not_contains", "Sentence 1", (COUNT - 11_111, True, ["0", "2", "3"])),
    ],
)
def test_texts_are_found_the_same_with_and_without_an_index(
    api: Any, project: Project, operator: str, value: str, expected: Any
) -> None:
    for _ in range(2):
        assert found(api, project, filters=where("data.text", operator, value)) == expected
    row = made(project, "text", "data")
    assert connection.vendor != "sqlite" or has_letter_index(row.index_name)


def test_texts_that_came_or_changed_after_the_index_are_found(api: Any, project: Project) -> None:
    zebra = where("data.text", "contains", "zebra")
    assert found(api, project, filters=zebra) == (0, True, [])
    make_task(project, "A zebra-new came")
    first = Task.objects.order_by("pk")[0]
    assert api.patch(f"/api/tasks/{first.pk}/", {"data": {"text": "A zebra-old was made"}}).status == 200
    assert found(api, project, filters=zebra) == (2, True, ["zebra-old", "zebra-new"])
    assert found(api, project, filters=where("data.text", "contains", "Sentence 0 ")) == (0, True, [])


def test_an_index_that_leaves_out_too_much_is_brought_up_to_date(
    api: Any, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps such indexes by itself")
    assert found(api, project, filters=where("data.text", "contains", "zebra")) == (0, True, [])
    row = made(project, "text", "data")
    task = make_task(project, "A zebra-new came")
    for module in (column_indexes, beforehand):
        monkeypatch.setattr(module, "LEAST_TASKS" if module is column_indexes else "MOST", 0)
    cache.clear()
    assert found(api, project, filters=where("data.text", "contains", "zebra")) == (1, True, ["zebra-new"])
    row.refresh_from_db()
    assert row.covered_id == task.pk


def test_indexes_go_with_their_project(api: Any, project: Project) -> None:
    found(api, project, filters=where("data.text", "contains", "zebra"), ordering=["tasks:data.n"])
    up, text = made(project, "up", "data.n"), made(project, "text", "data")
    assert column_indexes.clear_indexes() == 0
    Project.all_objects.filter(pk=project.pk).delete()
    assert column_indexes.clear_indexes() == 2
    assert not is_made(up)
    assert connection.vendor != "sqlite" or not has_letter_index(text.index_name)
