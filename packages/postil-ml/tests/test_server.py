"""The protocol, asked as a labeling server asks."""

import stat
import threading
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from postil_ml import Event, Introduction, Login, Model, Prediction, choices, create_app, find_control

CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="mood" toName="text"><Choice value="good"/><Choice value="bad"/></Choices></View>"""
KEY = "7.1700000000"
TASKS = [{"id": 1, "data": {"text": "a"}}, {"id": 2, "data": {"text": "bb"}}]


class Counting(Model):
    """Learns how often it was told to."""

    gate = threading.Event()
    running = threading.Event()

    def setup(self) -> None:
        self.control = find_control(self.label_config, "Choices")

    def predict(self, tasks: Any, context: Any) -> list[Prediction]:
        if context == "fail":
            raise RuntimeError("no luck")
        if context == "short":
            return []
        return [Prediction([choices(self.control, "bad")], score=len(task["data"]["text"]) / 10) for task in tasks]

    def fit(self, event: Event) -> None:
        self.running.set()
        assert self.gate.wait(20)
        self.keep(f"v{int(self.state().get('runs', 0)) + 1}", runs=int(self.state().get("runs", 0)) + 1)


@pytest.fixture
def make(tmp_path: Path, request: pytest.FixtureRequest) -> Any:
    """A function that makes a server on the same folder."""
    Counting.gate.clear()
    Counting.running.clear()

    def made(**options: Any) -> FlaskClient:
        app = create_app(Counting, tmp_path, **options)

        def end() -> None:
            Counting.gate.set()
            app.extensions["postil_ml"].close()

        request.addfinalizer(end)
        return app.test_client()

    return made


def introduce(server: FlaskClient, config: str = CONFIG) -> Any:
    body = {
        "project": KEY,
        "schema": config,
        "hostname": "http://localhost:1",
        "access_token": "secret",
        "extra_params": None,
    }
    return server.post("/setup", json=body)


def ask(server: FlaskClient, tasks: object = TASKS, context: object = None, **more: object) -> Any:
    return server.post("/predict", json={"tasks": tasks, "project": KEY, "params": {"context": context}, **more})


def test_health_names_the_model(make: Any) -> None:
    for path in ("/", "/health"):
        assert make().get(path).json == {"status": "UP", "model_class": "Counting"}


def test_a_project_is_introduced_and_tasks_are_predicted(make: Any) -> None:
    server = make()
    assert introduce(server).json == {"model_version": "untrained"}
    found = ask(server).json["results"]
    assert [(each["score"], each["model_version"]) for each in found] == [(0.1, "untrained"), (0.2, "untrained")]
    result = found[0]["result"][0]
    assert (result["from_name"], result["to_name"], result["type"]) == ("mood", "text", "choices")
    assert result["value"] == {"choices": ["bad"]}


def test_a_restarted_server_still_knows_the_project(make: Any, tmp_path: Path) -> None:
    introduce(make())
    assert len(ask(make()).json["results"]) == 2
    known = tmp_path / KEY / "introduction.json"
    assert stat.S_IMODE(known.stat().st_mode) == 0o600


def test_events_that_come_while_it_learns_make_one_more_run(make: Any, tmp_path: Path) -> None:
    server = make()
    introduce(server)
    event = {"action": "ANNOTATION_CREATED", "project": {"id": 7}}
    first = server.post("/webhook", json=event)
    assert first.status_code == 201
    assert Counting.running.wait(20)
    second, third = (server.post("/webhook", json=event).json["job"] for _ in range(2))
    assert second == third != first.json["job"]
    Counting.gate.set()
    server.application.extensions["postil_ml"].close()
    assert Counting(Introduction(KEY, CONFIG), tmp_path / KEY).version == "v2"


def test_other_events_and_projects_teach_nothing(make: Any) -> None:
    server = make()
    introduce(server)
    for body in (
        {"action": "PROJECT_UPDATED", "project": {"id": 7}},
        {"action": "START_TRAINING", "project": {"id": 8}},
    ):
        answer = server.post("/webhook", json=body)
        assert (answer.status_code, answer.json) == (200, {"job": None})


def test_a_run_that_fails_does_not_end_the_learning(make: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    server = make()
    introduce(server)
    (tmp_path / KEY / "state.json").write_text("broken")
    Counting.gate.set()
    server.post("/webhook", json={"action": "START_TRAINING", "project": {"id": 7}})
    projects = server.application.extensions["postil_ml"]
    projects.close()
    assert (tmp_path / KEY / "state.json").read_text() == "broken"


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("/setup", {"schema": CONFIG}, "`project` is missing"),
        ("/setup", {"project": "../../etc", "schema": CONFIG}, "A project is named"),
        ("/setup", {"project": KEY, "schema": "<View>"}, "not valid XML"),
        ("/setup", {"project": KEY, "schema": "<View/>"}, "has no Choices"),
        ("/predict", {"project": KEY, "tasks": {}}, "`tasks` must be a list"),
        ("/predict", {"project": KEY, "tasks": [1], "label_config": CONFIG}, "`tasks` must be a list"),
        ("/predict", {"project": "9.0", "tasks": []}, "Project 9.0 is not known here"),
        ("/webhook", {"action": "START_TRAINING", "project": 7}, "`project` must be an object"),
        ("/webhook", [], "must be a JSON object"),
    ],
)
def test_bad_requests_are_refused_with_the_reason(make: Any, path: str, body: object, words: str) -> None:
    answer = make().post(path, json=body)
    assert answer.status_code == 400
    assert words in answer.json["error"]


def test_broken_json_is_refused(make: Any) -> None:
    answer = make().post("/predict", data=b"{", content_type="application/json")
    assert (answer.status_code, answer.json) == (400, {"error": "The body must be a JSON object."})


def test_a_model_that_fails_is_said_and_the_server_lives(make: Any) -> None:
    server = make()
    introduce(server)
    answer = ask(server, context="fail")
    assert (answer.status_code, answer.json) == (500, {"error": "The model failed: RuntimeError: no luck"})
    assert ask(server, context="short").json == {"error": "The model gave 0 predictions for 2 tasks."}
    assert ask(server).status_code == 200
    assert server.get("/nothing").status_code == 404


def test_a_config_that_changed_is_taken_up(make: Any) -> None:
    server = make()
    introduce(server)
    changed = CONFIG.replace("mood", "feeling")
    assert ask(server, label_config=changed).json["results"][0]["result"][0]["from_name"] == "feeling"


def test_a_password_is_asked_for(make: Any) -> None:
    server = make(login=Login("me", "pass"))

    def status(user: str, password: str) -> int:
        given = b64encode(f"{user}:{password}".encode()).decode()
        return int(server.get("/health", headers={"Authorization": f"Basic {given}"}).status_code)

    assert server.get("/health").status_code == 401
    assert [status("me", "pass"), status("me", "wrong"), status("you", "pass")] == [200, 401, 401]
