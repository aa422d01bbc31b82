"""The examples learn: real servers, real data, figures that must improve."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from postil_client import Client
from postil_ml import Event, Introduction
from postil_ml.cli import UsageError, init, load, main

ROOT = Path(__file__).resolve().parents[1]
CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="mood" toName="text"><Choice value="good"/><Choice value="bad"/></Choices></View>"""
GOOD = ["lovely sunny day", "great lovely food", "wonderful great film", "sunny wonderful room", "a great day"]
BAD = ["awful rainy day", "terrible awful food", "nasty terrible film", "rainy nasty room", "an awful day"]


def module_of(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_predictions_of_pictures_improve_round_by_round(client: Client, start_model: Callable[[Path], str]) -> None:
    loop = module_of(ROOT / "examples/loop.py")
    shares = loop.run(client, start_model(ROOT / "examples/image_classifier"), count=300, step=40, rounds=2)
    assert shares[0] == 0
    assert shares[1] > 0.6
    assert shares[2] > shares[1]
    assert shares[2] > 0.75


def test_the_text_classifier_learns_and_remembers(client: Client, tmp_path: Path) -> None:
    project = client.create_project("Moods", CONFIG)
    ids = project.import_tasks([{"text": text} for text in GOOD + BAD])["task_ids"]
    for task, mood in [*zip(ids[:4], ["good"] * 4, strict=True), *zip(ids[5:9], ["bad"] * 4, strict=True)]:
        value = {"choices": [mood]}
        client.create_annotation(task, [{"from_name": "mood", "to_name": "text", "type": "choices", "value": value}])
    kind = load(ROOT / "examples/text_classifier")
    host, token = client._settings.url, client._settings.api_key
    given = Introduction(f"{project.id}.0", CONFIG, host, token, {"train_every": 100})
    model = kind(given, tmp_path)
    tasks = list(project.get_tasks())
    assert all(each.result == [] for each in model.predict(tasks, None))
    model.fit(Event("ANNOTATION_CREATED"))
    assert model.version == "untrained"
    model.fit(Event("START_TRAINING"))
    again = kind(given, tmp_path)
    found = [each.result[0]["value"]["choices"][0] for each in again.predict(tasks, None)]
    assert found == ["good"] * 5 + ["bad"] * 5
    assert again.version == "text-8"


def test_a_new_folder_has_a_model_that_works(
    client: Client, tmp_path: Path, start_model: Callable[[Path], str]
) -> None:
    folder = init(tmp_path / "mine")
    assert {path.name for path in folder.iterdir()} >= {"model.py", "Dockerfile", "requirements.txt", "test_model.py"}
    project = client.create_project("Moods", CONFIG)
    ids = project.import_tasks([{"text": text} for text in GOOD])["task_ids"]
    body = {"project": project.id, "url": start_model(folder), "title": "mine"}
    backend = client.post("/api/ml/", body)
    assert (backend["state"], backend["model_version"]) == ("CO", "untrained")
    client.post(
        f"/api/dm/actions/?id=retrieve_tasks_predictions&project={project.id}", {"selectedItems": {"all": True}}
    )
    assert client.get_task(ids[0])["predictions"][0]["result"][0]["value"] == {"choices": ["good"]}


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x")
    assert main(["init", str(tmp_path)]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert main(["start", str(tmp_path)]) == 2
    assert "model.py does not exist" in capsys.readouterr().err
    (tmp_path / "model.py").write_text("from postil_ml import Model\n")
    with pytest.raises(UsageError, match="it has 0"):
        load(tmp_path)


def test_half_a_login_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    init(tmp_path / "mine")
    monkeypatch.setenv("BASIC_AUTH_USER", "me")
    monkeypatch.delenv("BASIC_AUTH_PASS", raising=False)
    assert main(["start", str(tmp_path / "mine")]) == 2


@pytest.fixture(autouse=True)
def _clean_path() -> Any:
    before = list(sys.path)
    yield
    sys.path[:] = before
