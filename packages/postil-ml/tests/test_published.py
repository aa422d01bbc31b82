"""A model server made with the published label-studio-ml package serves this server: connects, predicts, learns."""

import base64
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from postil_client import Client

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = ROOT / ".cache" / "real-parts" / "model-server" / "bin" / "label-studio-ml"
CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="mood" toName="text"><Choice value="good"/><Choice value="bad"/></Choices></View>"""
MODEL = """
from label_studio_ml.model import LabelStudioMLBase


class Good(LabelStudioMLBase):
    def predict(self, tasks, **kwargs):
        name, info = list(self.parsed_label_config.items())[0]
        item = {"from_name": name, "to_name": info["to_name"][0], "type": "choices", "value": {"choices": ["good"]}}
        return [{"result": [item], "score": 0.75} for _ in tasks]

    def fit(self, tasks, workdir=None, **kwargs):
        return {"seen": len(tasks)}
"""
READER = """
from label_studio_ml.model import LabelStudioMLBase
from label_studio_sdk import Client


class Reader(LabelStudioMLBase):
    def predict(self, tasks, **kwargs):
        labeled = Client(self.hostname, self.access_token).get_project(tasks[0]["project"]).get_labeled_tasks()
        return [self.read(task, len(labeled)) for task in tasks]

    def read(self, task, count):
        with open(self.get_local_path(task["data"]["image"]), "rb") as file:
            word = "good" if file.read().startswith(b"\\x89PNG") else "bad"
        item = {"from_name": "mood", "to_name": "image", "type": "choices", "value": {"choices": [word]}}
        return {"result": [item], "score": count / 10}

    def fit(self, tasks, workdir=None, **kwargs):
        return {}
"""
OF_IMAGES = """<View><Image name="image" value="$image"/>
<Choices name="mood" toName="image"><Choice value="good"/><Choice value="bad"/></Choices></View>"""
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
READY_S = 90.0


@pytest.fixture
def published(tmp_path: Path) -> Iterator[str]:
    """The address of a server that their own commands made and started."""
    with _published(tmp_path, MODEL) as address:
        yield address


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[str]:
    """The same with a model that fetches files and labeled tasks with the key that it was lent."""
    with _published(tmp_path, READER) as address:
        yield address


@contextmanager
def _published(tmp_path: Path, model: str) -> Iterator[str]:
    if not PROGRAM.exists():
        pytest.skip("label-studio-ml is not here: make real-parts")
    (tmp_path / "model.py").write_text(model)
    environment = {**os.environ, "PATH": f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": ""}
    making = [str(PROGRAM), "init", "mine", "--script", "model.py"]
    subprocess.run(making, cwd=tmp_path, env=environment, check=True, capture_output=True, timeout=READY_S)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (tmp_path / "log").open("wb") as log:
        starting = [str(PROGRAM), "start", "mine", "--port", str(port)]
        process = subprocess.Popen(starting, cwd=tmp_path, env=environment, stdout=log, stderr=log)
    try:
        _wait(f"http://127.0.0.1:{port}/health", process, tmp_path / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def _wait(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + READY_S
    while True:
        try:
            urlopen(address, timeout=5).close()
        except (URLError, OSError):
            assert process.poll() is None, log.read_text()[-2000:]
            assert time.monotonic() < deadline, log.read_text()[-2000:]
            time.sleep(0.1)  # another program starts: there is nothing to wait on but its port
        else:
            return


def test_a_server_of_the_published_package_predicts_and_trains(client: Client, published: str) -> None:
    project = client.create_project("Published", CONFIG)
    ids = project.import_tasks([{"text": "one"}, {"text": "two"}])["task_ids"]
    made = client.post("/api/ml/", {"project": project.id, "url": published, "title": "published"})
    assert (made["state"], made["error_message"]) == ("CO", None)
    asked = client.post(
        f"/api/dm/actions/?id=retrieve_tasks_predictions&project={project.id}", {"selectedItems": {"all": True}}
    )
    assert asked["processed_items"] == 2
    [prediction] = client.get_task(ids[0])["predictions"]
    assert (prediction["result"][0]["value"], prediction["score"]) == ({"choices": ["good"]}, 0.75)
    trial = client.post(f"/api/ml/{made['id']}/predict/test/?random=true", {})
    assert (trial["status"], trial["error_message"], trial["problems"]) == (200, None, [])


def test_a_server_of_the_published_package_fetches_files_and_labeled_tasks_with_its_key(
    client: Client, reader: str, tmp_path: Path
) -> None:
    project = client.create_project("Files", OF_IMAGES)
    picture = tmp_path / "one.png"
    picture.write_bytes(base64.b64decode(PIXEL))
    project.import_tasks(picture)
    [task] = [found["id"] for found in project.get_tasks()]
    value = {"from_name": "mood", "to_name": "image", "type": "choices", "value": {"choices": ["bad"]}}
    client.post(f"/api/tasks/{task}/annotations/", {"result": [value]})
    made = client.post("/api/ml/", {"project": project.id, "url": reader, "title": "reader"})
    assert (made["state"], made["error_message"]) == ("CO", None)
    trial = client.post(f"/api/ml/{made['id']}/predict/test/?random=true", {})
    assert (trial["status"], trial["error_message"], trial["problems"]) == (200, None, [])
    [[entry]] = [trial["response"]["results"]]
    assert (entry["result"][0]["value"], entry["score"]) == ({"choices": ["good"]}, 0.1)
