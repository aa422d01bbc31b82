"""Many tasks at once: in portions, with the tasks that failed named, and never twice."""

from typing import Any

import pytest

from postil.core.errors import PostilError
from postil.infra.models import JobError
from postil.ml import predicting
from postil.ml.models import MlBackend
from postil.ml.tests.conftest import ANSWER, Model
from postil.tasks.models import Prediction, Task

pytestmark = pytest.mark.django_db(transaction=True)


def ask(client: Any, project: int) -> Any:
    path = f"/api/dm/actions/?id=retrieve_tasks_predictions&project={project}"
    return client.post(path, {"selectedItems": {"all": True, "excluded": []}})


def add_tasks(client: Any, project: int, texts: list[str]) -> None:
    assert client.post(f"/api/projects/{project}/import/", [{"text": text} for text in texts]).status == 201


@pytest.fixture(autouse=True)
def _fresh_sizes() -> None:
    predicting._sizes.clear()


def test_a_task_that_breaks_the_server_is_named_and_the_others_are_served(
    client: Any, project: int, model: Model, connect: Any
):
    connect(project, model)
    served = model.predict

    def picky(body: Any) -> tuple[int, Any]:
        return (500, {}) if any(task["data"]["text"] == "two" for task in body["tasks"]) else served(body)

    model.predict = picky  # type: ignore[method-assign]
    answer = ask(client, project)
    assert (answer.status, answer.json["processed_items"]) == (200, 1)
    bad = Task.objects.order_by("pk").last()
    errors = list(JobError.objects.values_list("where", "reason"))
    assert errors == [(f"task {bad.pk}", "The ML backend answered 500 at /predict.")]  # type: ignore[union-attr]
    assert Prediction.objects.count() == 1


def test_a_server_that_answers_too_few_is_asked_one_by_one(client: Any, project: int, model: Model, connect: Any):
    connect(project, model)
    model.predict = lambda _body: (200, {"results": [{"result": ANSWER}]})  # type: ignore[method-assign]
    assert ask(client, project).json["processed_items"] == 2
    assert [len(body["tasks"]) for body in model.calls("/predict")] == [2, 1, 1]


def test_a_server_that_fails_for_all_fails_the_job_soon(client: Any, project: int, model: Model, connect: Any):
    connect(project, model)
    add_tasks(client, project, [f"text {number}" for number in range(40)])
    model.answers["/predict"] = (500, {})
    answer = ask(client, project)
    assert answer.status == 400
    assert answer.json["validation_errors"]["non_field_errors"] == ["The ML backend answered 500 at /predict."]
    assert len(model.calls("/predict")) == 1 + predicting.FAILURES_IN_A_ROW
    assert Prediction.objects.count() == 0


def test_what_does_not_fit_the_config_is_named_and_not_stored(client: Any, project: int, model: Model, connect: Any):
    connect(project, model)
    wrong = [{**ANSWER[0], "value": {"choices": ["nobody"]}}]
    answers = iter([ANSWER, wrong])
    model.predict = lambda body: (200, {"results": [{"result": next(answers)} for _ in body["tasks"]]})  # type: ignore[method-assign]
    assert ask(client, project).json["processed_items"] == 1
    [(where, reason)] = JobError.objects.values_list("where", "reason")
    assert where == f"task {Task.objects.order_by('pk').last().pk}"  # type: ignore[union-attr]
    assert "nobody" in reason
    assert client.get(f"/api/projects/{project}/").json["total_predictions_number"] == 1


def test_the_new_version_of_a_server_is_asked_for_and_both_are_kept(
    client: Any, project: int, model: Model, connect: Any
):
    connect(project, model)
    ask(client, project)
    model.answers["/setup"] = (200, {"model_version": "m2"})
    model.predict = lambda body: (  # type: ignore[method-assign]
        200,
        {"results": [{"result": ANSWER, "model_version": "m2"} for _ in body["tasks"]]},
    )
    assert ask(client, project).json["processed_items"] == 2
    assert ask(client, project).json["processed_items"] == 0
    assert client.get(f"/api/projects/{project}/model-versions/").json == {"m1": 2, "m2": 2}
    assert MlBackend.objects.get().model_version == "m2"
    assert set(Task.objects.values_list("prediction_count", flat=True)) == {2}


def test_portions_grow_with_a_quick_server(client: Any, project: int, model: Model, connect: Any):
    connect(project, model)
    add_tasks(client, project, [f"text {number}" for number in range(148)])
    assert ask(client, project).json["processed_items"] == 150
    sizes = [len(body["tasks"]) for body in model.calls("/predict")]
    assert sizes[0] == predicting.FIRST_BATCH
    assert sum(sizes) == 150
    assert max(sizes) > predicting.FIRST_BATCH


def test_of_several_servers_the_one_that_is_down_is_named(client: Any, project: int, model: Model, connect: Any):
    connect(project, model)
    down = MlBackend.objects.create(project_id=project, url="http://127.0.0.1:9", title="down", model_version="d")
    assert ask(client, project).json["processed_items"] == 2
    assert list(JobError.objects.values_list("where", "reason")) == [("down", "127.0.0.1:9 could not be reached.")]
    MlBackend.objects.exclude(pk=down.pk).delete()
    assert ask(client, project).status == 400


def test_predictions_that_another_request_stored_meanwhile_are_left_out(
    client: Any, project: int, model: Model, connect: Any
):
    connect(project, model)
    ids = list(Task.objects.values_list("pk", flat=True))
    backend = MlBackend.objects.select_related("project").get()
    answers = {task_id: [{"result": ANSWER, "model_version": "m1"}] for task_id in [*ids, 999_999]}
    Prediction.objects.create(task_id=ids[0], project_id=project, result=ANSWER, model_version="m1")
    assert predicting._store(backend, answers) == 1
    assert Prediction.objects.count() == 2


def test_a_project_without_servers_has_nothing_to_ask(client: Any, project: int):
    assert ask(client, project).json == {"processed_items": 0, "detail": "Retrieved 0 predictions"}


def test_a_server_that_is_gone_raises(client: Any, project: int, model: Model, connect: Any):
    connect(project, model)
    MlBackend.objects.update(url="http://127.0.0.1:9")
    backend = MlBackend.objects.select_related("project").get()
    ids = list(Task.objects.values_list("pk", flat=True))
    with pytest.raises(PostilError, match="could not be reached"):
        predicting.predict_tasks(backend, ids, lambda _problem: None)
