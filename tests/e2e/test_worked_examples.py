"""Results that were stored anywhere go through the editor in a real browser and come out as they were."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.editor_page import EditorPage

pytestmark = pytest.mark.e2e
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures/tags"
EXAMPLES = {
    path.relative_to(FIXTURES).as_posix(): json.loads(path.read_text()) for path in sorted(FIXTURES.rglob("*.json"))
}


def local(value: Any) -> Any:
    """Return data whose files are those of the page: the examples name hosts that nobody can reach here."""
    if isinstance(value, dict):
        return {key: local(item) for key, item in value.items()}
    if isinstance(value, list):
        return [local(item) for item in value]
    if isinstance(value, str) and value.lower().split("?")[0].endswith((".png", ".jpg", ".jpeg")):
        return "/static/samples/shelf.jpg"
    return value


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_saved_as_it_came(one_editor: EditorPage, name: str) -> None:
    editor = one_editor
    example = EXAMPLES[name]
    draft = {"id": 5, "result": example["result"], "annotation": None}
    editor.show(example["config"], local(example["data"]), drafts=[draft])
    saved = editor.submit()
    assert saved == example["result"]
    editor.show(example["config"], local(example["data"]), annotations=[{"id": 7, "result": saved, "completed_by": 1}])
    expect_update = editor.page.get_by_role("button", name="Update")
    assert expect_update.is_disabled()
