"""The registry and the specifications."""

import subprocess
import sys
from pathlib import Path

import pytest

from postil.labeling.spec import AttrType, TagSpec
from postil.labeling.tags import TAGS, all_specs, find_spec, result_specs

ROOT = Path(__file__).parents[4]
SPECS = list(all_specs())


def test_every_known_tag_is_registered_and_sorted():
    names = list(TAGS)
    assert len(names) == 64
    assert names == sorted(names)
    assert all(spec.name == name for name, spec in TAGS.items())


@pytest.mark.parametrize(
    ("written", "canonical"),
    [("text", "Text"), ("RECTANGLELABELS", "RectangleLabels"), ("AudioPlus", "Audio"), ("Magicwand", "MagicWand"),
     ("custominterface", "ReactCode")],
)  # fmt: skip
def test_tags_are_found_in_any_capitals_and_by_old_names(written: str, canonical: str):
    assert find_spec(written).name == canonical


def test_an_unknown_tag_is_not_found():
    assert find_spec("Textt") is None


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_specs_are_consistent(spec: TagSpec):
    assert spec.doc.endswith(".")
    for place in (*spec.children, *spec.parents, *spec.targets):
        assert place == "*" or place == "*Labels" or place in TAGS
    for name, attr in spec.attrs.items():
        assert attr.doc.endswith((".", "url.")), name
        if attr.type == "enum":
            assert attr.values
            assert attr.default is None or attr.default in attr.values
        if attr.type == "boolean":
            assert attr.default in {None, True, False}
        assert spec.spellings[name.lower()] == name
    if spec.is_control and spec.kind != "object+control":
        assert spec.attrs["toName"].required
        assert spec.result_type == spec.name.lower()
        assert spec.targets
    if spec.is_object:
        assert "value" in spec.attrs or "data" in spec.attrs


def test_result_types_are_unique():
    assert len(result_specs()) == len([spec for spec in SPECS if spec.result_type])
    assert result_specs()["rectanglelabels"].label_key == "rectanglelabels"
    assert result_specs()["taxonomy"].label_key == "taxonomy"
    assert result_specs()["videorectangle"].label_key == "labels"
    assert result_specs()["rating"].label_key is None


def test_misspelt_attributes_are_known():
    assert find_spec("Filter").spellings["casesensitive"] == "caseSensetive"
    assert find_spec("Taxonomy").spellings["leavesonly"] == "leafsOnly"
    assert find_spec("Label").spellings["maxusage"] == "maxUsages"


def test_every_attribute_type_is_used():
    used = {attr.type for spec in SPECS for attr in spec.attrs.values()}
    assert used == set(AttrType.__args__)


def test_generated_files_are_up_to_date():
    run = subprocess.run(
        [sys.executable, "tools/gen_tags.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": "src"},
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (0, "")
