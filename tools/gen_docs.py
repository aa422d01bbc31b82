"""Write the reference pages that follow from the sources: settings, commands, API.

python tools/gen_docs.py            write the pages
python tools/gen_docs.py --check    fail if one is out of date
"""

import argparse
import os
import sys
from dataclasses import MISSING, fields
from itertools import groupby
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
SETTINGS_INTRO = """Postil reads its settings from the environment. Lists are separated by commas; truth values are
`true` or `false`. Options of `postil start` win over the environment.
"""
API_INTRO = """The API is Label Studio's, with additions. A server describes it at `/api/schema/` (OpenAPI)
and `/docs/api/`. Every address works with and without its final slash. Errors have one body: `id`, `status_code`,
`version`, `detail`, and `validation_errors` for fields.
"""
NOTE = "<!-- Written by tools/gen_docs.py. Do not edit. -->\n\n"


def settings_page() -> str:
    """Return the page about the environment."""
    from postil.infra.config import Config

    lines = [
        "# Settings\n",
        SETTINGS_INTRO,
        "| variable | default | meaning | also understood |",
        "|---|---|---|---|",
    ]
    for item in fields(Config):
        if item.name == "taken":
            continue
        also = ", ".join(f"`{name.removeprefix('!')}`" + (" (inverted)" if name[0] == "!" else "")
                         for name in item.metadata.get("also", ()))  # fmt: skip
        meaning = item.metadata["doc"].replace("|", "\\|")
        lines.append(f"| `POSTIL_{item.name.upper()}` | {shown_default(item.default)} | {meaning} | {also} |")
    lines.append(
        "\nThe classic database variables `DJANGO_DB`, `POSTGRE_USER`, `POSTGRE_PASSWORD`, `POSTGRE_NAME`, "
        "`POSTGRE_HOST` and `POSTGRE_PORT` are understood as well."
    )
    return "\n".join(lines) + "\n"


def shown_default(value: Any) -> str:
    """Return a default as the page shows it."""
    if value is MISSING:
        return "`~/.local/share/postil`"
    if value in ("", (), None):
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def commands_page() -> str:
    """Return the page about the command line."""
    from typer.main import get_command

    from postil.cli.app import app

    lines = ["# Commands\n", "`postil COMMAND --help` shows the same."]
    for name, command in walk(get_command(app), "postil"):
        lines += [f"\n## {name}\n", command.help.splitlines()[0], ""]
        arguments = [p for p in command.params if p.param_type_name == "argument"]
        if arguments:
            lines.append("Arguments: " + ", ".join(f"`{p.name}`" for p in arguments) + "\n")
        options = [p for p in command.params if p.param_type_name == "option" and not p.hidden]
        if options:
            lines += ["| option | meaning |", "|---|---|"]
            lines += [f"| {', '.join(f'`{word}`' for word in p.opts)} | {p.help or ''} |" for p in options]
    return "\n".join(lines) + "\n"


def walk(command: Any, name: str) -> list[tuple[str, Any]]:
    """Return a command's subcommands with their full names, or itself."""
    if not hasattr(command, "commands"):
        return [(name, command)]
    return [row for word, child in command.commands.items() for row in walk(child, f"{name} {word}")]


def api_page() -> str:
    """Return the page about the HTTP API: one line for each operation."""
    from postil.web.openapi import operations

    lines = [
        "# API\n",
        API_INTRO,
    ]
    for group, rows in groupby(operations(), key=lambda row: row["group"]):
        lines += [f"## {group}\n", "| method | address | what |", "|---|---|---|"]
        lines += [f"| {r['method']} | `{r['path']}` | {first_sentence(r['summary'])} |" for r in rows]
        lines.append("")
    return "\n".join(lines)


def first_sentence(text: str) -> str:
    """Return the first paragraph in one line."""
    return " ".join(text.split("\n\n", maxsplit=1)[0].split()).replace("|", "\\|")


def main() -> int:
    """Write or compare the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    only_check = parser.parse_args().check
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postil.infra.settings")
    os.environ.setdefault("POSTIL_SECRET_KEY", "not-used-for-anything-but-these-pages")
    sys.path.insert(0, str(ROOT / "src"))
    import django

    django.setup()
    from postil.web.api import api
    from postil.web.openapi import describe

    describe(api)
    pages = {"settings.md": settings_page(), "commands.md": commands_page(), "api.md": api_page()}
    stale = []
    for name, body in pages.items():
        path, text = REFERENCE / name, NOTE + body
        if path.exists() and path.read_text() == text:
            continue
        stale.append(name)
        if not only_check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    if only_check and stale:
        print(f"Out of date: {', '.join(stale)}. Run make gen.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
