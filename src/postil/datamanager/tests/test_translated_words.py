"""The pages translate the words of columns and actions by their ids: what they know in English is what the API says."""

import json
from pathlib import Path
from typing import Any

import pytest

from postil.datamanager.bulk_actions import ACTIONS
from postil.datamanager.columns import COLUMNS
from postil.projects.models import Project
from postil.tasks.tests.factories import make_project

TEXTS = Path(__file__).parents[4] / "frontend" / "src" / "app" / "i18n" / "en" / "table.json"


@pytest.fixture(scope="module")
def words() -> Any:
    return json.loads(TEXTS.read_text())["data"]


def test_titles_of_columns_are_known(words: Any, client_for: Any, manager: Any, db: None) -> None:
    project = make_project(manager)
    listed = client_for(manager).get(f"/api/dm/columns/?project={project.pk}&every=true").json["columns"]
    ids = {column["id"] for column in listed if not column.get("parent") and column["id"] != "data"}
    assert set(words["columnTitle"]) == ids
    assert {name: COLUMNS.get(name).title.lower() for name in ids} == {
        name: title.lower() for name, title in words["columnTitle"].items()
    }


def test_words_of_actions_are_known(words: Any, manager: Any, client_for: Any, db: None) -> None:
    project: Project = make_project(manager)
    api = client_for(manager)
    listed = {action["id"]: action for action in api.get(f"/api/dm/actions/?project={project.pk}").json}
    assert set(words["action"]) == set(listed)
    for name, known in words["action"].items():
        action = ACTIONS.get(name)
        assert (known["title"].lower(), known["text"]) == (action.title.lower(), action.text)
        form = api.get(f"/api/dm/actions/{name}/form/?project={project.pk}").json
        fields = [field for row in form for field in row["fields"]]
        assert known.get("field", {}) == {field["name"]: field["label"] for field in fields}
        assert known.get("empty", {}) == {
            field["name"]: field["placeholder"] for field in fields if "placeholder" in field
        }
