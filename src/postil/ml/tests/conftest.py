"""A real model server with answers that a test may change, and a project that it can be connected to."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

CONFIG = (
    '<View><Text name="t" value="$text"/>'
    '<Choices name="c" toName="t"><Choice value="a"/><Choice value="b"/></Choices></View>'
)
ANSWER = [{"from_name": "c", "to_name": "t", "type": "choices", "value": {"choices": ["a"]}}]


class Model:
    """A real model server."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, dict[str, str], Any]] = []
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.may_predict = threading.Event()
        self.may_predict.set()
        self.answers: dict[str, tuple[int, Any]] = {
            "/health": (200, {"status": "UP"}),
            "/setup": (200, {"model_version": "m1"}),
            "/versions": (200, {"versions": ["m1", "m0"]}),
            "/webhook": (201, {"job": "job-7"}),
        }
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.reply(None)

            def do_POST(self) -> None:
                self.reply(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

            def reply(self, body: Any) -> None:
                if self.path == "/health":
                    outer.may_answer.wait(10)
                outer.seen.append((self.path, dict(self.headers), body))
                if self.path == "/predict":
                    outer.may_predict.wait(10)
                status, answer = outer.answers.get(self.path) or outer.predict(body)
                text = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def predict(self, body: Any) -> tuple[int, Any]:
        return 200, {"results": [{"result": ANSWER, "score": 0.5, "model_version": "m1"} for _ in body["tasks"]]}

    def calls(self, path: str) -> list[Any]:
        return [body for seen, _, body in self.seen if seen == path]


@pytest.fixture
def model() -> Iterator[Model]:
    made = Model()
    yield made
    made.may_predict.set()
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def client(client_for: Any, owner: Any) -> Any:
    return client_for(owner)


@pytest.fixture
def project(client: Any) -> int:
    made = client.post("/api/projects/", {"title": "Models", "label_config": CONFIG}).json["id"]
    client.post(f"/api/projects/{made}/import/", [{"text": "one"}, {"text": "two"}])
    return int(made)


@pytest.fixture
def connect(client: Any) -> Callable[..., dict[str, Any]]:
    """A function that connects a model server with a project over the API."""

    def make(project: int, model: Model, **fields: Any) -> dict[str, Any]:
        answer = client.post("/api/ml/", {"project": project, "url": model.url, "title": "first", **fields})
        assert answer.status == 201, answer.json
        return answer.json  # type: ignore[no-any-return]

    return make
