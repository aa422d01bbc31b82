"""Trying a server out says what of its answer would not become a prediction."""

from typing import Any

import pytest

from postil.ml.tests.conftest import ANSWER, CONFIG, Model
from postil.ml.trying import problems_of
from postil.tasks.models import Prediction, Task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("response", "where", "words"),
    [
        (None, "results", "A list is needed"),
        ({"results": []}, "results", "1, not 0"),
        ({"results": ["x"]}, "results[0]", "An object with `result`"),
        ({"results": [{"result": "a"}]}, "results[0].result", "A list of results"),
        ({"results": [{"result": [{**ANSWER[0], "from_name": "x"}]}]}, "results[0].result[0].from_name", "No control"),
        ({"results": [[{"result": ANSWER, "score": "high"}]]}, "results[0][0].score", "must be a number"),
    ],
)
def test_every_fault_is_named_with_its_place(response: Any, where: str, words: str):
    [problem] = problems_of(response, CONFIG)
    assert problem["where"] == where
    assert words in problem["message"]


def test_a_wrong_label_comes_with_the_right_ones():
    wrong = {"results": [{"result": [{**ANSWER[0], "value": {"choices": ["nobody"]}}]}]}
    [problem] = problems_of(wrong, CONFIG)
    assert problem["options"] == ["a", "b"]


def test_a_fitting_answer_has_no_problems_and_nothing_is_stored(client: Any, project: int, model: Model, connect: Any):
    made = connect(project, model)
    task = Task.objects.order_by("pk").first()
    assert task is not None
    answer = client.post(f"/api/ml/{made['id']}/predict/test/?random=true&task={task.pk}", {}).json
    assert (answer["status"], answer["error_message"], answer["problems"]) == (200, None, [])
    assert answer["task"]["id"] == task.pk
    assert answer["request"]["tasks"] == [answer["task"]]
    assert answer["response"] == {"results": [{"result": ANSWER, "score": 0.5, "model_version": "m1"}]}
    assert answer["duration_ms"] >= 0
    assert Prediction.objects.count() == 0


def test_failures_are_shown_as_they_are(client: Any, project: int, model: Model, connect: Any):
    made = connect(project, model)
    path = f"/api/ml/{made['id']}/predict/test/"
    model.answers["/predict"] = (503, {})
    answer = client.post(f"{path}?random=true", {}).json
    assert (answer["status"], answer["error_message"]) == (503, "The ML backend answered 503 at /predict.")
    assert client.post(path, {}).status == 501
    assert client.post(f"{path}?random=true&task=999999", {}).status == 404
    Task.objects.all().delete()
    assert client.post(f"{path}?random=true", {}).json["error_message"] == "The project has no tasks yet."
