"""The files that Python and TypeScript share."""

import json
from pathlib import Path

import pytest

from postil.labeling.checker import check_config
from postil.labeling.config import parse_config
from postil.labeling.derived import data_types, parsed_label_config
from postil.labeling.results import check_result, normalize_result
from postil.labeling.taskdata import check_task_data
from postil.labeling.visibility import prune_hidden

FIXTURES = Path(__file__).parents[4] / "fixtures"
TAGS = sorted((FIXTURES / "tags").glob("*/*.json"))
CONFIGS = sorted((FIXTURES / "config").glob("*.json"))


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def test_the_fixtures_are_found():
    assert len(TAGS) >= 38
    assert len(CONFIGS) >= 55


@pytest.mark.parametrize("path", TAGS, ids=name)
def test_good_results_fit_and_survive(path: Path):
    case = read(path)
    checked = check_config(case["config"])
    assert checked.problems == ()
    config = checked.config
    assert check_task_data(config, case["data"]) == []
    assert check_result(config, case["result"]) == []
    assert normalize_result(case["result"]) == case["result"]
    assert prune_hidden(config, case["result"]) == case["result"]


@pytest.mark.parametrize("path", [path for path in TAGS if read(path)["rejects"]], ids=name)
def test_bad_results_are_told(path: Path):
    case = read(path)
    config = parse_config(case["config"])
    for reject in case["rejects"]:
        found = [{"index": fault.index, "path": fault.path} for fault in check_result(config, reject["result"])]
        assert found == reject["problems"], reject["why"]


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_configs_are_checked_as_written(path: Path):
    case = read(path)
    checked = check_config(case["config"])
    assert [problem.as_dict() for problem in checked.problems] == case["problems"]
    if case["parsed_label_config"] is None:
        assert checked.config is None
        assert not checked.is_savable
    else:
        assert parsed_label_config(checked.config) == case["parsed_label_config"]
        assert data_types(checked.config) == case["data_types"]
    assert checked.is_savable == (not path.stem.startswith("error-"))
    assert bool(checked.problems) == (not path.stem.startswith("good-"))
