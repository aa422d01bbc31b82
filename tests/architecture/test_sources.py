"""Rules about the files themselves: layers, sizes, locks, words."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".venv" / "bin"
# Put together here, so that this file does not hold what it looks for.
FORBIDDEN = ["." + "./shared", "/work" + "/main", "/work" + "/shared", "/tmp" + "/team"]
UNSAFE = [
    "mark" + "_safe",
    "yaml." + "load(",
    "extract" + "all(",
    "import " + "pickle",
    "shell" + "=True",
    "verify" + "=False",
]
TEXT = {".py", ".ts", ".tsx", ".css", ".md", ".toml", ".yml", ".yaml", ".json", ".html", ".sh", ".lock", ""}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    paths = [ROOT / line for line in listed.stdout.splitlines()]
    return [path for path in paths if path.suffix in TEXT and path.is_file()]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def test_imports_follow_the_layers() -> None:
    done = subprocess.run([BIN / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_files_and_functions_fit() -> None:
    done = subprocess.run(
        [sys.executable, "tools/check_sizes.py"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout == "All files and functions fit.\n"


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_python_locks_have_hashes_and_no_addresses(name: str) -> None:
    text = read(ROOT / name)
    assert "://" not in text
    pinned = re.findall(r"^[\w.\[\]-]+==\S+", text, re.MULTILINE)
    assert len(pinned) > 20
    assert text.count("--hash=sha256:") >= len(pinned)


def test_the_frontend_lock_has_no_addresses() -> None:
    text = read(ROOT / "frontend/package-lock.json")
    assert '"resolved"' not in text
    assert text.count('"integrity"') > 100


def test_no_path_of_a_machine_in_any_file() -> None:
    found = [f"{path.relative_to(ROOT)}: {word}" for path in tracked() for word in FORBIDDEN if word in read(path)]
    assert found == []


def test_no_unsafe_call_in_the_sources() -> None:
    sources = [path for path in (ROOT / "src").rglob("*.py") if "tests" not in path.parts]
    assert len(sources) > 100
    found = [f"{path.relative_to(ROOT)}: {word}" for path in sources for word in UNSAFE if word in read(path)]
    assert found == []


def test_no_open_ends_in_the_sources() -> None:
    sources = [*(ROOT / "src").rglob("*.py"), *(ROOT / "frontend/src").rglob("*.ts*")]
    word = "TO" + "DO"
    assert [str(path.relative_to(ROOT)) for path in sources if word in read(path)] == []


def test_changes_are_fragments_of_one_sentence() -> None:
    fragments = sorted((ROOT / "changes").glob("*.md"))
    assert fragments
    for path in fragments:
        assert re.fullmatch(r"[\w-]+\.(added|changed|fixed|removed)\.md", path.name), path.name
        assert len(read(path).strip().splitlines()) == 1, path.name
