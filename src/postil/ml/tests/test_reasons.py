"""Why a model server failed, in its own words: on its page, where it is tried out, in jobs and while somebody draws."""

import pytest

from postil.ml.actions import check_backend
from postil.ml.models import MlBackend
from postil.ml.protocol import MAX_REASON, reason_in

pytestmark = pytest.mark.django_db(transaction=True)
OWN = "The model needs an image of at least 32 pixels."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"error": "no weights"}', "no weights"),
        (b'{"detail": "no weights", "message": "other"}', "no weights"),
        (b'{"error": null, "message": " two\\n lines "}', "two lines"),
        (b'"no weights"', "no weights"),
        (b"no weights", "no weights"),
        (b'{"error": {"code": 7}}', ""),
        (b'{"answer": "secret"}', ""),
        (b"<html><h1>Internal Server Error</h1></html>", ""),
        (b"Traceback (most recent call last):\n  File x", ""),
        (b"[1, 2]", ""),
        (b"", ""),
        (b"x" * 5_000, "x" * (MAX_REASON - 1) + "…"),
    ],
)
def test_a_reason_is_one_short_line_of_the_servers_own(content, reason):
    assert reason_in(content) == reason


@pytest.fixture
def failing(client, project, model, connect):
    made = connect(project, model)
    model.answers["/predict"] = (500, {"error": OWN})
    return made["id"]


def test_the_test_page_and_the_editor_are_told_why(client, project, failing):
    task = client.get(f"/api/tasks/?project={project}").json["tasks"][0]["id"]
    said = f"The ML backend answered 500 at /predict: {OWN}"
    trial = client.post(f"/api/ml/{failing}/predict/test/?random=true").json
    assert (trial["status"], trial["error_message"]) == (500, said)
    drawn = client.post(f"/api/ml/{failing}/interactive-annotating/", {"task": task, "context": {"result": []}})
    assert (drawn.status, drawn.json) == (200, {"errors": [said]})


def test_the_job_of_many_tasks_names_why(client, project, failing):
    action = f"/api/dm/actions/?id=retrieve_tasks_predictions&project={project}"
    client.post(action, {"selectedItems": {"all": True, "excluded": []}})
    [job] = client.get(f"/api/jobs/?project={project}").json["results"][:1]
    assert OWN in str(job) + str(client.get(f"/api/jobs/{job['id']}/errors/").json)


def test_the_page_of_a_server_says_why_its_setup_fails(client, project, model, failing):
    model.answers["/setup"] = (400, {"error": "no control for text"})
    check_backend(MlBackend.objects.get())
    shown = client.get(f"/api/ml/{failing}/").json
    assert shown["error_message"] == "The ML backend answered 400 at /setup: no control for text"
    refused = client.post("/api/ml/", {"project": project, "url": model.url, "title": "again"})
    assert refused.json["validation_errors"]["non_field_errors"][0].endswith("/setup: no control for text")


def test_an_answer_that_names_an_error_instead_of_results_is_quoted(client, failing, model):
    model.answers["/predict"] = (200, {"error": OWN})
    trial = client.post(f"/api/ml/{failing}/predict/test/?random=true").json
    assert trial["error_message"].endswith(f"`results` must be a list. It says: {OWN}")
