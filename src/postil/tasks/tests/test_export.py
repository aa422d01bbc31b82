"""Documents of exports: one by one or many at a time, they are the same."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from postil.projects.models import Project
from postil.tasks import export
from postil.tasks.export import DocumentOptions, export_blocks, export_documents
from postil.tasks.models import Draft, Task


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(api: Any) -> Project:
    made = api.post("/api/projects/", {"title": "Documents"}).json["id"]
    rows = [{"data": {"text": f'ä "{number}"\n', "n": number}, "meta": {"m": number}} for number in range(20)]
    assert api.post(f"/api/projects/{made}/import", rows).status == 201
    assert api.post("/api/tasks/", {"project": made, "data": {"text": "later"}}).status == 201
    Task.objects.filter(inner_id=3).update(allow_skip=None, meta=None)
    Task.objects.filter(inner_id=4).update(allow_skip=False)
    return Project.objects.get(pk=made)


def both(project: Project, **options: Any) -> tuple[list[Any], list[Any], int]:
    """Return the documents one by one, those of the blocks, and how many the blocks say they hold."""
    tasks, wanted = Task.objects.filter(project=project), DocumentOptions(**options)
    single = [orjson.loads(document) for document in export_documents(project, tasks, wanted)]
    blocks = list(export_blocks(project, tasks, wanted))
    together = [task for _, block in blocks for task in orjson.loads(b"[" + block + b"]")]
    return single, together, sum(count for count, _ in blocks)


@pytest.mark.parametrize("window", [1, 7, 1_000])
def test_blocks_hold_the_same_documents(project: Project, window: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "WINDOW", window)
    single, together, count = both(project)
    assert together == single
    assert (len(single), count) == (21, 21)
    assert [task["inner_id"] for task in together] == list(range(1, 22))
    assert (single[2]["allow_skip"], single[2]["meta"], single[3]["allow_skip"]) == (None, {}, False)
    assert single[0]["data"] == {"text": 'ä "0"\n', "n": 0}
    assert single[0]["created_at"] == single[19]["created_at"] < single[20]["created_at"]


@pytest.mark.parametrize("window", [1, 7, 1_000])
def test_what_hangs_on_a_task_is_in_its_document_only(
    project: Project, api: Any, manager: Any, window: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = list(Task.objects.order_by("pk").values_list("pk", flat=True))
    annotation = api.post(f"/api/tasks/{ids[5]}/annotations/", {"result": []}).json["id"]
    prediction = api.post("/api/predictions/", {"task": ids[6], "result": [], "score": 0.25}).json["id"]
    draft = Draft.objects.create(task_id=ids[13], user=manager, result=[])
    project.refresh_from_db()
    monkeypatch.setattr(export, "WINDOW", window)
    single, together, _ = both(project, whole_drafts=False)
    assert together == single
    found = {
        task["id"]: ([each["id"] for each in task["annotations"]], task["predictions"], task["drafts"])
        for task in together
        if task["annotations"] or task["predictions"] or task["drafts"]
    }
    assert found == {
        ids[5]: ([annotation], [], []),
        ids[6]: ([], [prediction], []),
        ids[13]: ([], [], [draft.pk]),
    }


def test_large_tasks_are_not_joined(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "BLOCK_BYTES", 100)
    single, together, _ = both(project)
    assert together == single
    tasks = Task.objects.filter(project=project)
    assert [count for count, _ in export_blocks(project, tasks, DocumentOptions())] == [1] * 21


def test_tasks_outside_of_the_choice_and_the_trash_are_left_out(project: Project, api: Any) -> None:
    ids = list(Task.objects.order_by("pk").values_list("pk", flat=True))
    api.delete(f"/api/tasks/{ids[0]}/")
    heard: list[int] = []
    progress: Callable[[int], None] = heard.append
    tasks = Task.objects.filter(project=project, pk__lt=ids[5])
    found = [orjson.loads(text)["id"] for text in export_documents(project, tasks, DocumentOptions(), progress)]
    assert found == ids[1:5]
    assert heard == [4]
    assert list(export_blocks(project, Task.objects.none(), DocumentOptions())) == []
