"""Tasks that are opened: quick servers answer in time, slow ones hold nobody up, busy ones are not asked again."""

from concurrent import futures
from typing import Any

import pytest

from postil.infra.waiting import serving
from postil.ml import opening
from postil.ml.models import MlBackend
from postil.ml.tests.conftest import Model
from postil.projects.models import Project
from postil.tasks.models import Prediction, Task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def opened(project: int, model: Model, connect: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that opens a task as a request of a person does, and returns how long that was ready to wait."""
    connect(project, model)
    monkeypatch.setattr(opening, "runs_at_once", lambda: False)
    opening._slow.clear()

    waits: list[float] = []

    def wait(calls: Any, timeout: float) -> None:
        waits.append(timeout)
        futures.wait(calls, timeout=timeout)

    monkeypatch.setattr(opening, "wait", wait)

    def open_task(task_id: int) -> list[float]:
        waits.clear()
        with serving():
            opening.predict_opened(Project.objects.get(pk=project), [task_id])
        return list(waits)

    yield open_task
    model.may_predict.set()
    for call in list(opening._under_way.values()):
        call.result(timeout=10)


def test_a_quick_server_answers_before_the_task_is_shown(opened: Any):
    task = Task.objects.order_by("pk").first()
    assert task is not None
    opened(task.pk)
    assert list(Prediction.objects.values_list("task", "model_version")) == [(task.pk, "m1")]
    assert opening._slow == set()


def test_a_slow_server_is_waited_for_once_and_its_answer_is_stored(opened: Any, model: Model):
    first, second = Task.objects.order_by("pk")
    model.may_predict.clear()
    assert opened(first.pk) == [opening.PEOPLE_S]
    [call] = opening._under_way.values()
    backend = MlBackend.objects.get()
    assert Prediction.objects.count() == 0
    opening._slow.add(backend.pk)
    assert opened(second.pk) == []
    model.may_predict.set()
    call.result(timeout=10)
    assert Prediction.objects.filter(task=first).count() == 1
    assert backend.pk in opening._slow


def test_a_server_is_asked_once_about_a_task_and_not_overrun(opened: Any, model: Model, project: int):
    first, second = Task.objects.order_by("pk")
    third = Task.objects.create(project_id=project, data={"text": "three"}, inner_id=3)
    model.may_predict.clear()
    opening._slow.add(MlBackend.objects.get().pk)
    for task in (first, first, second, third):
        opened(task.pk)
    assert len(opening._under_way) == opening.CALLS_AT_ONCE


def test_a_server_that_fails_is_not_waited_for_the_next_time(opened: Any, model: Model):
    first, second = Task.objects.order_by("pk")
    model.answers["/predict"] = (500, {})
    opened(first.pk)
    assert opening._slow == {MlBackend.objects.get().pk}
    assert Prediction.objects.count() == 0
    del model.answers["/predict"]
    opened(second.pk)
    for call in list(opening._under_way.values()):
        call.result(timeout=10)
    assert opening._slow == set()
