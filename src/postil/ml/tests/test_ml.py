"""Model servers: connecting, predicting, training, and what happens when they fail."""

import pytest
from django.test import Client as DjangoClient

from postil.accounts.models import LentKey
from postil.infra.secrets import decrypt
from postil.ml import checking
from postil.ml.actions import check_backend
from postil.ml.models import MlBackend
from postil.ml.tests.conftest import ANSWER, CONFIG
from postil.tasks.models import Prediction
from postil.webhooks.models import Webhook

pytestmark = pytest.mark.django_db(transaction=True)


def test_connecting_asks_for_health_and_setup_and_brings_a_webhook(client, project, model, connect):
    made = connect(project, model, extra_params={"k": 1})
    assert [path for path, _, _ in model.seen] == ["/health", "/setup"] * 2
    setup, again = model.calls("/setup")
    assert again == setup
    assert setup["project"].split(".")[0] == str(project)
    assert setup["schema"] == CONFIG
    assert setup["extra_params"] == {"k": 1}
    assert (made["state"], made["readable_state"], made["model_version"]) == ("CO", "Connected", "m1")
    assert [hook.url for hook in Webhook.objects.all()] == [model.url + "/webhook"]
    assert client.get(f"/api/projects/{project}/").json["model_version"] == "first"


def test_the_key_of_a_model_server_works_and_ends_with_it(client, client_for, project, model, connect):
    made = connect(project, model)
    token = model.calls("/setup")[0]["access_token"]
    assert decrypt(MlBackend.objects.get().access_token) == token
    server = client_for(None)
    key = {"Authorization": f"Token {token}"}
    assert server.get(f"/api/projects/{project}/", **key).json["id"] == project
    assert client.delete(f"/api/ml/{made['id']}/").status == 204
    assert server.get(f"/api/projects/{project}/", **key).status == 401
    assert LentKey.objects.count() == 0
    assert Webhook.objects.count() == 0


def test_a_server_elsewhere_gets_a_key_of_its_own(client, client_for, project, model, connect):
    made = connect(project, model)
    first = model.calls("/setup")[-1]["access_token"]
    assert client.patch(f"/api/ml/{made['id']}/", {"title": "second"}).status == 200
    check_backend(MlBackend.objects.get())
    assert model.calls("/setup")[-1]["access_token"] == first
    model.answers |= {f"/other{path}": answer for path, answer in model.answers.items()}
    assert client.patch(f"/api/ml/{made['id']}/", {"url": model.url + "/other"}).status == 200
    check_backend(MlBackend.objects.get())
    second = model.calls("/other/setup")[-1]["access_token"]
    statuses = [
        client_for(None).get(f"/api/projects/{project}/", Authorization=f"Token {token}").status
        for token in (first, second)
    ]
    assert statuses == [401, 200]


def test_a_key_ends_with_its_lender_and_the_next_who_saves_lends_another(
    client, client_for, project, model, connect, manager
):
    lender = client_for(manager)
    made = lender.post("/api/ml/", {"project": project, "url": model.url}).json
    first = model.calls("/setup")[-1]["access_token"]
    assert client.post(f"/api/users/{manager.pk}/password/", {"password": "a quite new pass 7"}).status in {200, 204}
    check_backend(MlBackend.objects.get())
    assert model.calls("/setup")[-1]["access_token"] == ""
    assert client.patch(f"/api/ml/{made['id']}/", {"title": "again"}).status == 200
    check_backend(MlBackend.objects.get())
    second = model.calls("/setup")[-1]["access_token"]
    statuses = [
        client_for(None).get(f"/api/projects/{project}/", Authorization=f"Token {token}").status
        for token in (first, second)
    ]
    assert statuses == [401, 200]


@pytest.mark.parametrize(
    ("path", "words"), [("/health", "health check failed"), ("/setup", "doesn't look like a valid ML backend")]
)
def test_a_server_that_fails_is_refused_and_nothing_stays(client, project, model, path, words):
    model.answers[path] = (500, {})
    answer = client.post("/api/ml/", {"project": project, "url": model.url})
    assert answer.status == 400
    assert words in answer.json["validation_errors"]["non_field_errors"][0]
    assert MlBackend.objects.count() == Webhook.objects.count() == 0
    assert LentKey.objects.count() == 0


def test_basic_auth_needs_both_and_is_sent_and_hidden(client, project, model):
    fields = {"project": project, "url": model.url, "auth_method": "BASIC_AUTH", "basic_auth_user": "u"}
    assert client.post("/api/ml/", fields).status == 400
    made = client.post("/api/ml/", {**fields, "basic_auth_pass": "p"}).json
    assert model.seen[-1][1]["Authorization"] == "Basic dTpw"
    assert made["basic_auth_pass_is_set"] is True
    assert "basic_auth_pass" not in made
    moved = client.patch(f"/api/ml/{made['id']}/", {"url": model.url + "/other"})
    assert moved.status == 403


def test_chosen_tasks_get_predictions_once(client, project, model, connect):
    connect(project, model)
    path = f"/api/dm/actions/?id=retrieve_tasks_predictions&project={project}"
    body = {"selectedItems": {"all": True, "excluded": []}}
    assert client.post(path, body).json["processed_items"] == 2
    assert client.post(path, body).json["processed_items"] == 0
    rows = list(Prediction.objects.order_by("pk").values("result", "score", "model_version"))
    assert rows == [{"result": ANSWER, "score": 0.5, "model_version": "m1"}] * 2
    assert client.get(f"/api/projects/{project}/").json["total_predictions_number"] == 2


def test_a_task_that_is_opened_gets_its_prediction(client, project, model, connect):
    connect(project, model)
    task = client.get(f"/api/tasks/?project={project}").json["tasks"][0]["id"]
    opened = client.get(f"/api/tasks/{task}/").json
    assert [p["result"] for p in opened["predictions"]] == [ANSWER]


def test_shown_tasks_get_predictions_if_the_project_says_so(client, project, model, connect):
    connect(project, model)
    path = f"/api/tasks/?project={project}"
    assert [row["total_predictions"] for row in client.get(path).json["tasks"]] == [0, 0]
    client.patch(f"/api/projects/{project}/", {"evaluate_predictions_automatically": True})
    assert [row["total_predictions"] for row in client.get(path).json["tasks"]] == [1, 1]
    assert len(model.calls("/predict")) == 1


def test_the_next_task_comes_with_the_prediction_of_the_live_server(client, project, model, connect):
    connect(project, model)
    handed = client.get(f"/api/projects/{project}/next/").json
    assert [p["model_version"] for p in handed["predictions"]] == ["m1"]
    client.patch(f"/api/projects/{project}/", {"show_collab_predictions": False})
    assert client.get(f"/api/projects/{project}/next/").json["predictions"] == []


def test_a_broken_server_does_not_keep_a_task_from_opening(client, project, model, connect):
    connect(project, model)
    model.answers["/predict"] = (500, {})
    task = client.get(f"/api/tasks/?project={project}").json["tasks"][0]["id"]
    answer = client.get(f"/api/tasks/{task}/")
    assert (answer.status, answer.json["predictions"]) == (200, [])


def test_live_answers_carry_data_or_errors(client, project, model, connect):
    made = connect(project, model)
    task = client.get(f"/api/tasks/?project={project}").json["tasks"][0]["id"]
    path = f"/api/ml/{made['id']}/interactive-annotating/"
    context = {"result": [{"type": "keypointlabels", "value": {"x": 1}}]}
    assert client.post(path, {"task": task, "context": context}).json["data"]["result"] == ANSWER
    assert model.calls("/predict")[-1]["params"]["context"] == context
    annotation = client.post(f"/api/tasks/{task}/annotations/", {"result": ANSWER}).json["id"]
    draft = client.post(f"/api/tasks/{task}/drafts", {"result": []}).json["id"]
    client.post("/api/predictions/", {"task": task, "result": ANSWER, "model_version": "old"})
    client.post(path, {"task": task})
    [sent] = model.calls("/predict")[-1]["tasks"]
    assert (sent["allow_skip"], [row["id"] for row in sent["drafts"]]) == (True, [draft])
    assert [(row["id"], row["result"]) for row in sent["annotations"]] == [(annotation, ANSWER)]
    assert "old" in [row["model_version"] for row in sent["predictions"]]
    model.answers["/predict"] = (500, {})
    assert client.post(path, {"task": task}).json == {"errors": ["The ML backend answered 500 at /predict."]}
    assert client.post(path, {"task": 999_999}).status == 404
    assert client.post(path, {}).status == 400


def test_training_tells_the_project_and_versions_are_listed(client, project, model, connect):
    made = connect(project, model)
    assert client.post(f"/api/ml/{made['id']}/train/").status == 200
    [call] = model.calls("/webhook")
    assert (call["action"], call["project"]["id"], call["project"]["label_config"]) == (
        "START_TRAINING",
        project,
        CONFIG,
    )
    assert client.get(f"/api/ml/{made['id']}/versions/").json == {"versions": ["m1", "m0"]}
    model.answers["/versions"] = (404, {})
    assert client.get(f"/api/ml/{made['id']}/versions/").json["versions"] == ["m1"]


def test_the_state_follows_the_server(client, project, model, connect):
    made = connect(project, model)
    model.answers["/health"] = (500, {})
    assert client.get(f"/api/ml/?project={project}").json[0]["state"] == "DI"
    model.answers["/health"] = (200, {})
    model.answers["/setup"] = (200, {"model_version": "m2"})
    shown = client.get(f"/api/ml/{made['id']}/").json
    assert (shown["state"], shown["model_version"]) == ("CO", "m2")


def test_people_see_what_is_known_and_never_wait(client, project, model, owner, connect):
    made = connect(project, model)
    MlBackend.objects.update(checked_at=None)
    person = DjangoClient(headers={"Accept-Language": "en"})
    person.force_login(owner)
    model.answers["/setup"] = (200, {"model_version": "m2"})
    model.may_answer.clear()
    try:
        for path in (f"/api/ml/?project={project}", f"/api/ml/{made['id']}/"):
            shown = person.get(path).json()
            assert (shown[0] if isinstance(shown, list) else shown)["model_version"] == "m1"
        [check] = checking._under_way.values()
    finally:
        model.may_answer.set()
    check.result(timeout=10)
    assert len(model.calls("/setup")) == 3, "one more, although two requests wanted it"
    assert person.get(f"/api/ml/{made['id']}/").json()["model_version"] == "m2"
    assert checking._under_way == {}, "what is known is fresh"


def test_a_program_with_a_session_reads_what_is_true_now(client, project, model, owner, connect):
    made = connect(project, model)
    program = DjangoClient()
    program.force_login(owner)
    for version in ("m2", "m3"):
        model.answers["/setup"] = (200, {"model_version": version})
        assert program.get(f"/api/ml/{made['id']}/").json()["model_version"] == version


def test_programs_wait_a_moment_once_for_a_server_that_hangs(client, project, model, monkeypatch, connect):
    monkeypatch.setattr(checking, "PATIENCE_S", 0.05)
    made = connect(project, model)
    model.may_answer.clear()
    try:
        assert client.get(f"/api/ml/{made['id']}/").json["state"] == "CO"
        [check] = checking._under_way.values()
    finally:
        model.may_answer.set()
    check.result(timeout=10)
    assert checking._slow == {made["id"]}
    monkeypatch.setattr(checking, "PATIENCE_S", 10.0)
    model.may_answer.clear()
    try:
        assert client.get(f"/api/ml/{made['id']}/").status == 200
        [check] = checking._under_way.values()
    finally:
        model.may_answer.set()
    check.result(timeout=10)
    assert checking._slow == set(), "it was quick enough this time"


def test_a_check_says_nothing_of_a_server_that_moved_meanwhile(client, project, model, connect):
    connect(project, model)
    before = MlBackend.objects.select_related("project").get()
    MlBackend.objects.update(url="http://127.0.0.1:1", title="moved")
    model.answers["/setup"] = (200, {"model_version": "m2"})
    check_backend(before)
    after = MlBackend.objects.get()
    assert (after.url, after.title, after.model_version, after.state) == ("http://127.0.0.1:1", "moved", "m1", "CO")


def test_a_server_that_must_not_update_keeps_the_version_that_people_set(client, project, model):
    made = client.post("/api/ml/", {"project": project, "url": model.url, "auto_update": False}).json
    assert made["model_version"] == ""
    assert client.get(f"/api/ml/?project={project}").json[0]["model_version"] == ""
    changed = client.patch(f"/api/ml/{made['id']}/", {"model_version": "m7"}).json
    assert changed["model_version"] == "m7"
    assert client.get(f"/api/ml/{made['id']}/").json["model_version"] == "m7"


def test_the_test_page_shows_request_and_answer(client, project, model, connect):
    made = connect(project, model)
    shown = client.post(f"/api/ml/{made['id']}/predict/test/?random=true").json
    assert (shown["status"], shown["url"]) == (200, model.url + "/predict")
    assert shown["response"]["results"][0]["result"] == ANSWER
    model.answers["/predict"] = (200, {"results": []})
    shown = client.post(f"/api/ml/{made['id']}/predict/test/?random=true").json
    assert (shown["status"], shown["response"]) == (200, {"results": []})
    assert shown["error_message"] == "The ML backend answered 0 results for 1 tasks."
    model.answers["/predict"] = (500, {})
    shown = client.post(f"/api/ml/{made['id']}/predict/test/?random=true").json
    assert (shown["status"], shown["response"]) == (500, None)
    assert client.post(f"/api/ml/{made['id']}/predict/test/").status == 501


def test_outsiders_and_annotators_get_nothing(client, project, model, client_for, annotator, outsider, connect):
    made = connect(project, model)
    path = f"/api/ml/{made['id']}/"
    assert client_for(outsider).get(path).status == 404
    assert client_for(annotator).get(path).status == 404
    assert client_for(annotator).delete(path).status == 403
    assert client_for(outsider).get(f"/api/ml/?project={project}").status == 404
    assert client.get("/api/ml/").status == 404
