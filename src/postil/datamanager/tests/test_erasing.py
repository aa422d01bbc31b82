"""What was in the trash for long goes for good: some at a time, beside those who write, and never half of it back."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from postil.core.clock import now
from postil.core.errors import Conflict
from postil.infra.db import in_transaction
from postil.projects import trash
from postil.projects.models import Project, TrashEntry
from postil.projects.trash import erase_old, keep_erasing, restore_entry
from postil.tasks.models import Annotation, AnnotationVersion, Prediction, Task
from postil.tasks.tests.factories import make_project, make_task


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(manager: Any) -> Project:
    """Five tasks with an annotation and a prediction each."""
    made = make_project(manager)
    for number in range(5):
        task = make_task(made, f"text {number}", annotation_count=1)
        annotation = Annotation.objects.create(task=task, project=made, result=[], completed_by=manager)
        AnnotationVersion.objects.create(annotation=annotation, number=1, action="submitted", result=[])
        Prediction.objects.create(task=task, project=made, result=[])
    return made


@pytest.fixture(autouse=True)
def two_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trash, "ERASED_AT_ONCE", 2)


def long_ago() -> None:
    TrashEntry.objects.update(deleted_at=now() - timedelta(days=31))


def test_a_project_goes_with_all_that_it_had_some_tasks_at_a_time(
    api: Any, project: Project, manager: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_task(make_project(manager), "stays")
    assert api.delete(f"/api/projects/{project.pk}/").status == 204
    assert erase_old() == 0
    long_ago()
    left: list[int] = []

    def note() -> None:
        assert not in_transaction()
        left.append(Task.all_objects.filter(project=project.pk).count())

    monkeypatch.setattr(trash, "let_others_write", note)
    assert erase_old() == 1
    assert left == [3, 1, 0]
    assert not Project.all_objects.filter(pk=project.pk).exists()
    assert not TrashEntry.objects.exists()
    for model in (Annotation.all_objects, AnnotationVersion.objects, Prediction.objects):
        assert model.count() == 0
    assert list(Task.objects.values_list("pk", flat=True)) == [other.pk]
    connection.check_constraints()


@pytest.mark.parametrize("kind", ["task", "annotation"])
def test_what_is_being_erased_cannot_come_back_and_is_gone_on_with(
    api: Any, project: Project, manager: Any, kind: str
) -> None:
    action = {"task": "delete_tasks", "annotation": "delete_tasks_annotations"}[kind]
    everything = {"selectedItems": {"all": True, "excluded": []}}
    assert api.post(f"/api/dm/actions/?id={action}&project={project.pk}", everything).status == 200
    entry = TrashEntry.objects.get(kind=kind)
    long_ago()
    stop = threading.Event()
    erased = trash._erasers[kind]

    def once(entry: TrashEntry) -> bool:
        stop.set()
        return erased(entry)

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(trash._erasers, kind, once)
        assert erase_old(stop=stop) == 0
    rows = {"task": Task, "annotation": Annotation}[kind].all_objects.filter(trash=entry)
    assert rows.count() == 3
    assert [row["id"] for row in api.get(f"/api/trash/?project={project.pk}").json["results"]] == []
    with pytest.raises(Conflict, match="being erased for good"):
        restore_entry(who=None, entry=entry)  # type: ignore[arg-type]  # refused before anybody is named
    assert rows.count() == 3
    assert erase_old() == 1
    assert rows.count() == 0
    assert not TrashEntry.objects.exists()


def test_what_somebody_brings_back_at_that_moment_is_not_erased(
    api: Any, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = {"selectedItems": {"all": True, "excluded": []}}
    assert api.post(f"/api/dm/actions/?id=delete_tasks&project={project.pk}", everything).status == 200
    long_ago()
    entry = TrashEntry.objects.get()
    steps: list[int] = []
    some = trash._steps["task"]

    def step(entry: TrashEntry) -> int | None:
        steps.append(erase_old())
        return some(entry)

    monkeypatch.setitem(trash._steps, "task", step)
    assert api.post(f"/api/trash/{entry.pk}/restore/").status == 200
    assert set(steps) == {0}
    assert Task.objects.filter(project=project).count() == 5


def test_it_goes_on_until_it_is_stopped(api: Any, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waited.append(timeout)
            self.set()
            return True

    waited: list[float | None] = []
    assert api.delete(f"/api/projects/{project.pk}/").status == 204
    long_ago()
    with transaction.atomic():
        keep_erasing(Stop())
    assert waited == [trash.ERASE_EVERY_S]
    assert not Project.all_objects.filter(pk=project.pk).exists()
