"""How the answers of different people to one task are spread."""

from typing import Any

import pytest

from postil.tasks.tests.factories import choice, make_project, make_task

STARS = {"from_name": "stars", "to_name": "text", "type": "rating"}


@pytest.fixture
def colleague(make_user: Any) -> Any:
    return make_user("annotator", email="colleague@example.com")


def test_answers_are_counted_and_skips_are_not(
    client_for: Any, manager: Any, annotator: Any, colleague: Any, reviewer: Any
) -> None:
    task = make_task(make_project(manager, members=(annotator, colleague, reviewer), maximum_annotations=3))
    path = f"/api/tasks/{task.pk}/annotations/"
    for person, word, stars in ((annotator, "good", 4), (colleague, "bad", 1), (manager, "good", 1)):
        result = [*choice(word), {**STARS, "value": {"rating": stars}}]
        assert client_for(person).post(path, {"result": result}).status == 201
    assert client_for(reviewer).post(path, {"result": choice("bad"), "was_cancelled": True}).status == 201
    answer = client_for(reviewer).get(f"/api/tasks/{task.pk}/agreement/")
    assert answer.json == {
        "total_annotations": 3,
        "distributions": {
            "mood": {"type": "choices", "labels": {"good": 2, "bad": 1}},
            "stars": {"type": "rating", "labels": {}, "average": 2.0, "count": 3},
        },
    }


def test_others_answers_are_for_reviewers(client_for: Any, manager: Any, annotator: Any, outsider: Any) -> None:
    path = f"/api/tasks/{make_task(make_project(manager, members=(annotator,))).pk}/agreement/"
    assert client_for(manager).get(path).json == {"total_annotations": 0, "distributions": {}}
    assert client_for(annotator).get(path).status == 403
    assert client_for(outsider).get(path).status == 404
    assert client_for(None).get(path).status == 401
