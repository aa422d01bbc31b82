"""What a release is made of."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import dist  # noqa: E402 -- the path is set above


def test_notes_are_made_of_fragments_by_kind(tmp_path: Path) -> None:
    (tmp_path / "b.fixed.md").write_text("Second.\n")
    (tmp_path / "a.added.md").write_text("First.\n")
    (tmp_path / "c.added.md").write_text("Third.\n")
    assert dist.notes(tmp_path) == "## Added\n\n- First.\n- Third.\n\n## Fixed\n\n- Second.\n"


def test_a_fragment_of_no_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.better.md").write_text("First.")
    with pytest.raises(ValueError, match=r"a\.better\.md must be named"):
        dist.notes(tmp_path)


def test_every_fragment_of_the_project_has_a_kind() -> None:
    assert "## Added" in dist.notes(ROOT / "changes")


def test_the_container_and_the_package_agree_on_the_settings_they_use() -> None:
    from postil.infra.config import Config

    text = (ROOT / "deploy/Dockerfile").read_text() + (ROOT / "deploy/compose.yml").read_text()
    known = {f"POSTIL_{name.upper()}" for name in Config.__dataclass_fields__} | {"POSTIL_DB_PASSWORD"}
    used = {
        word.split("=")[0] for word in text.replace(":", " ").replace("{", " ").split() if word.startswith("POSTIL_")
    }
    assert {name.rstrip("}?-") for name in used} <= known
