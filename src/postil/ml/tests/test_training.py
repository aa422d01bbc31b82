"""Training by itself: after every so many annotations."""

from typing import Any

import pytest

from postil.infra.models import Job, JobError
from postil.ml.models import MlBackend
from postil.ml.tests.conftest import ANSWER, Model
from postil.tasks.models import Task

pytestmark = pytest.mark.django_db(transaction=True)


def annotate(client: Any, count: int) -> None:
    task = Task.objects.order_by("pk").first()
    assert task is not None
    for _ in range(count):
        assert client.post(f"/api/tasks/{task.pk}/annotations/", {"result": ANSWER}).status == 201


def started(model: Model) -> int:
    return sum(body["action"] == "START_TRAINING" for body in model.calls("/webhook"))


def test_every_nth_annotation_asks_for_training(client: Any, project: int, model: Model, connect: Any):
    connect(project, model)
    client.patch(f"/api/projects/{project}/", {"min_annotations_to_start_training": 2})
    annotate(client, 1)
    assert started(model) == 0
    annotate(client, 1)
    assert started(model) == 1
    annotate(client, 2)
    assert started(model) == 2
    assert MlBackend.objects.get().last_job == "job-7"
    assert model.calls("/webhook")[-1]["project"]["id"] == project


def test_without_a_number_nothing_is_asked_for(client: Any, project: int, model: Model, connect: Any):
    connect(project, model)
    annotate(client, 2)
    assert started(model) == 0
    assert Job.objects.filter(kind="start_training").count() == 0


def test_a_server_that_fails_is_named(client: Any, project: int, model: Model, connect: Any):
    connect(project, model)
    client.patch(f"/api/projects/{project}/", {"min_annotations_to_start_training": 1})
    model.answers["/webhook"] = (500, {})
    annotate(client, 1)
    job = Job.objects.get(kind="start_training")
    assert (job.state, job.result) == ("completed", {"started": 0})
    assert list(JobError.objects.values_list("where", "reason")) == [
        ("first", "The ML backend answered 500 at /webhook.")
    ]
