"""A model server made with the published label-studio-ml package serves this server: connects, predicts, learns."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
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
READY_S = 90.0


@pytest.fixture
def published(tmp_path: Path) -> Iterator[str]:
    """The address of a server that their own commands made and started."""
    if not PROGRAM.exists():
        pytest.skip("label-studio-ml is not here: make real-parts")
    (tmp_path / "model.py").write_text(MODEL)
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
