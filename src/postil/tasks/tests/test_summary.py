"""What a project's annotations say is counted again where something changed, and nowhere else."""

from typing import Any

import pytest
from django.core.cache import cache

from postil.projects.models import Project
from postil.tasks import summary
from postil.tasks.models import Annotation, Draft
from postil.tasks.summary import answers_in_use
from postil.tasks.tests.factories import make_project, make_task

BLOCK = 4


def choice(word: str) -> list[dict[str, Any]]:
    return [{"from_name": "sentiment", "to_name": "text", "type": "choices", "value": {"choices": [word]}}]


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(api: Any, manager: Any) -> Project:
    """Twelve annotations."""
    made = make_project(manager)
    for number in range(12):
        task = make_task(made, f"text {number}")
        assert api.post(f"/api/tasks/{task.pk}/annotations/", {"result": choice("Positive")}).status == 201
    return made


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Blocks of annotations that were read."""
    found: list[int] = []
    count_block = summary._count_block

    def watched(rows: Any, block: int) -> Any:
        if rows.model is Annotation:
            found.append(block)
        return count_block(rows, block)

    cache.clear()
    monkeypatch.setattr(summary, "BLOCK", BLOCK)
    monkeypatch.setattr(summary, "_count_block", watched)
    return found


def counted(project: Project, read: list[int]) -> tuple[dict[str, int], list[int]]:
    """Return what the annotations say, and which blocks that took; each is one that a whole count needs as well."""
    read.clear()
    found = answers_in_use(project)
    assert set(found.triples) == {("sentiment", "text", "choices")}
    assert sum(found.labels["sentiment"].values()) == found.triples["sentiment", "text", "choices"]
    return found.labels["sentiment"], sorted(read)


def test_only_blocks_that_changed_are_read_again(api: Any, project: Project, read: list[int]) -> None:
    ids = list(Annotation.objects.order_by("pk").values_list("pk", flat=True))
    blocks = sorted({pk // BLOCK for pk in ids})
    # Two of one block, which is a whole one.
    block = blocks[1]
    changed, gone = [pk for pk in ids if pk // BLOCK == block][:2]
    assert counted(project, read) == ({"Positive": 12}, blocks)
    assert counted(project, read) == ({"Positive": 12}, [])
    assert api.patch(f"/api/annotations/{changed}/", {"result": choice("Negative")}).status == 200
    assert counted(project, read) == ({"Positive": 11, "Negative": 1}, [block])
    assert api.delete(f"/api/annotations/{gone}/").status == 204
    assert counted(project, read) == ({"Positive": 10, "Negative": 1}, [block])
    assert api.post(f"/api/annotations/{gone}/restore/").status == 200
    assert counted(project, read) == ({"Positive": 11, "Negative": 1}, [block])
    cache.clear()
    assert counted(project, read) == ({"Positive": 11, "Negative": 1}, blocks)


def test_one_in_the_place_of_another_is_noticed(project: Project, read: list[int]) -> None:
    ids = list(Annotation.objects.order_by("pk").values_list("pk", flat=True))
    block = ids[BLOCK] // BLOCK
    inside = [pk for pk in ids if pk // BLOCK == block]
    Annotation.objects.filter(pk=inside[0]).update(result=choice("Negative"), deleted_at=project.created_at)
    assert counted(project, read)[0] == {"Positive": 11}
    Annotation.all_objects.filter(pk=inside[0]).update(deleted_at=None)
    Annotation.objects.filter(pk=inside[1]).update(deleted_at=project.created_at)
    assert counted(project, read) == ({"Positive": 10, "Negative": 1}, [block])


def test_drafts_count_by_their_labels(api: Any, project: Project, manager: Any, read: list[int]) -> None:
    counted(project, read)
    task = make_task(project, "begun")
    Draft.objects.create(task=task, user=manager, result=choice("Neutral"))
    assert counted_with_draft(project) == (12, {"Positive": 12, "Neutral": 1})
    assert api.delete(f"/api/tasks/{task.pk}/").status == 204
    assert counted_with_draft(project) == (12, {"Positive": 12})


def counted_with_draft(project: Project) -> tuple[int, dict[str, int]]:
    found = answers_in_use(project)
    return found.triples["sentiment", "text", "choices"], found.labels["sentiment"]
