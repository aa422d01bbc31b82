"""Every setting, command and endpoint has its entry in the reference, and the examples in the docs run."""

import re
import shlex
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from postil.infra.config import Config

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
PAGES = sorted((ROOT / "docs").rglob("*.md"))


def test_the_reference_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "tools/gen_docs.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_setting_is_in_the_reference() -> None:
    text = (REFERENCE / "settings.md").read_text()
    names = [f"POSTIL_{item.name.upper()}" for item in fields(Config) if item.name != "taken"]
    assert [name for name in names if f"`{name}`" not in text] == []


def test_every_command_is_in_the_reference() -> None:
    text = (REFERENCE / "commands.md").read_text()
    commands = ["start", "init", "migrate", "worker", "user create", "user reset-password", "import", "export", "check",
                "backup", "restore", "version", "keys rotate", "service start", "service stop", "service status",
                "service test-project"]  # fmt: skip
    assert [name for name in commands if f"## postil {name}\n" not in text] == []


@pytest.mark.parametrize("page", [ROOT / "README.md", *PAGES], ids=lambda path: path.name)
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?://|mailto:|#)([^)#\s]+)", page.read_text())
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_commands_in_the_docs_exist() -> None:
    from typer.main import get_command

    from postil.cli.app import app

    known = get_command(app)
    for page in [ROOT / "README.md", *PAGES]:
        for line in re.findall(r"^(?:\$ )?(postil [^\n]*)$", page.read_text(), re.MULTILINE):
            words = shlex.split(line)[1:]
            command = known
            while words and not words[0].startswith("-") and hasattr(command, "commands"):
                assert words[0] in command.commands, line
                command = command.commands[words.pop(0)]
            options = {name for parameter in command.params for name in parameter.opts}
            given = {word.split("=")[0] for word in words if word.startswith("-")}
            assert given <= options | {"-h", "--help"}, line


def test_the_types_of_the_api_are_up_to_date() -> None:
    command = [sys.executable, "tools/gen_openapi.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
