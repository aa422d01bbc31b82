"""A project with four tasks: annotated, ground truth, skipped, untouched."""

from typing import Any

import pytest

CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="c" toName="text"><Choice value="a"/><Choice value="b"/></Choices></View>"""


def choice(word: str) -> list[dict[str, Any]]:
    return [{"from_name": "c", "to_name": "text", "type": "choices", "value": {"choices": [word]}}]


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(api: Any) -> int:
    return int(api.post("/api/projects/", {"title": "My Reviews", "label_config": CONFIG}).json["id"])


@pytest.fixture
def ids(api: Any, project: int) -> list[int]:
    """Annotated (usual), annotated (ground truth), skipped, untouched with a prediction."""
    tasks = [
        {"data": {"text": "=1+1"}, "annotations": [{"result": choice("a"), "ground_truth": False, "lead_time": 0.1}]},
        {"data": {"text": "two"}, "annotations": [{"result": choice("b"), "ground_truth": True}]},
        {"data": {"text": "three"}, "annotations": [{"result": [], "was_cancelled": True, "ground_truth": False}]},
        {"data": {"text": "four", "n": 1}, "meta": {"k": "v"},
         "predictions": [{"result": choice("a"), "score": 0.5, "model_version": "m"}]},
    ]  # fmt: skip
    answer = api.post(f"/api/projects/{project}/import?return_task_ids=true", tasks)
    assert answer.status == 201
    return list(answer.json["task_ids"])
