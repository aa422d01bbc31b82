"""The bare list of a project's tasks: its pages, by number or by place."""

from typing import Any

import pytest

from postil.tasks.tests.factories import make_project, make_task


@pytest.fixture
def project(manager: Any) -> Any:
    return make_project(manager)


@pytest.fixture
def ids(project: Any) -> list[int]:
    """Three tasks, newest first."""
    return [make_task(project, f"number {number}").pk for number in range(3)][::-1]


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("", [0, 1, 2]),
        ("?page=2&page_size=2", [2]),
        ("?page_size=-1", [0, 1, 2]),
        ("?page_size=0", [0, 1, 2]),
        ("?start=0&page_size=1", [0]),
        ("?start=1&page_size=1", [1]),
        ("?start=1&length=5", [1, 2]),
        ("?start=2", [2]),
        ("?start=1&length=-1", [1, 2]),
    ],
)
def test_pages_and_places(client_for: Any, manager: Any, project: Any, ids: list[int], query: str, places: Any) -> None:
    answer = client_for(manager).get(f"/api/projects/{project.pk}/tasks{query}")
    assert answer.status == 200
    assert [row["id"] for row in answer.json] == [ids[place] for place in places]
    assert all(row["annotations"] == row["predictions"] == [] for row in answer.json)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?page=3&page_size=2", 404),
        ("?page=0", 404),
        ("?page=two", 404),
        ("?start=3", 404),
        ("?start=1&page_size=0", 404),
        ("?start=240000&page_size=100000000", 404),
        ("?start=-1", 400),
        ("?start=one", 400),
        ("?start=1&length=one", 400),
    ],
)
def test_past_the_end_and_nonsense(
    client_for: Any, manager: Any, project: Any, ids: list[int], query: str, status: int
) -> None:
    assert client_for(manager).get(f"/api/projects/{project.pk}/tasks{query}").status == status


def test_a_project_without_tasks_has_an_empty_list(client_for: Any, manager: Any, project: Any) -> None:
    answer = client_for(manager).get(f"/api/projects/{project.pk}/tasks")
    assert (answer.status, answer.json) == (200, [])
