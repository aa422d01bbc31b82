"""Skeletons: what `make new` writes is registered, keeps its contract and passes its own test."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REGISTRIES = {
    "exporter": "from postil.formats.exporters import EXPORTERS as all; all.get('SEA_CHART')",
    "importer": "from postil.formats.importers import IMPORTERS as all; all.get('sea_chart')",
    "storage": "from postil.storages.providers import PROVIDERS as all; all.get('sea_chart')",
    "column": "from postil.datamanager.columns import COLUMNS as all; all.get('sea_chart')",
    "action": "from postil.datamanager.bulk_actions import ACTIONS as all; all.get('sea_chart')",
    "tag": "from postil.labeling.tags import TAGS as all; all.get('SeaChart')",
}
DJANGO = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'postil.infra.settings'; django.setup(); "


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what skeletons are written into, with one of each kind made."""
    root = tmp_path_factory.mktemp("project")
    ignored = shutil.ignore_patterns("__pycache__", "static", "node_modules")
    for folder in ("src/postil", "frontend/src/editor/tags", "fixtures/tags"):
        shutil.copytree(ROOT / folder, root / folder, ignore=ignored)
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, root / name)
    for kind in REGISTRIES:
        done = run(root, "-c", f"import new, pathlib; new.main(['{kind}', 'sea_chart'], pathlib.Path({str(root)!r}))")
        assert done.returncode == 0, done.stderr
    return root


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(root / "src"), str(ROOT / "tools")])
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("kind", REGISTRIES)
def test_what_is_made_is_registered_and_keeps_its_contract(project: Path, kind: str) -> None:
    done = run(project, "-c", DJANGO + REGISTRIES[kind])
    assert done.returncode == 0, done.stderr


def test_what_is_made_is_clean(project: Path) -> None:
    made = [str(path) for path in project.glob("src/**/*sea_chart*.py")]
    assert len(made) == 9
    done = run(project, "-m", "ruff", "check", "--no-cache", *made)
    assert done.returncode == 0, done.stdout
    done = run(project, "-m", "ruff", "format", "--check", "--no-cache", *made)
    assert done.returncode == 0, done.stdout


def test_tests_of_what_is_made_pass(project: Path) -> None:
    tests = [str(path) for path in project.glob("src/**/test_sea_chart*.py")]
    assert len(tests) == 3
    done = run(project, "-m", "pytest", "-rp", "-p", "no:cacheprovider", *tests)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("PASSED ") == 4


def test_a_tag_stands_in_the_registry_of_the_editor(project: Path) -> None:
    lines = (project / "frontend/src/editor/tags/registry.ts").read_text().splitlines()
    assert "import { seaChart } from './sea_chart'" in lines
    assert lines[lines.index("  seaChart,") - 1] == "  repeater,"


def test_nothing_is_written_twice(project: Path) -> None:
    before = (project / "src/postil/datamanager/columns/__init__.py").read_text()
    command = f"import new, pathlib; new.main(['column', 'sea_chart'], pathlib.Path({str(project)!r}))"
    done = run(project, "-c", command)
    assert done.returncode == 1
    assert "src/postil/datamanager/columns/sea_chart.py is there already" in done.stderr
    assert (project / "src/postil/datamanager/columns/__init__.py").read_text() == before


@pytest.mark.parametrize("name", ["SeaChart", "sea-chart", "../sea", "", "1sea"])
def test_names_are_snake_case(tmp_path: Path, name: str) -> None:
    done = run(tmp_path, "-c", f"import new, pathlib; new.main(['column', {name!r}], pathlib.Path('.'))")
    assert done.returncode == 1
    assert "snake_case" in done.stderr
    assert list(tmp_path.iterdir()) == []
