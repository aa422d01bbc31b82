"""Write the skeleton of a new kind of thing and register it: `make new KIND=exporter NAME=voc`.

Kinds: tag, exporter, importer, storage, column, action. The name is in snake_case. What is written works and does the
least that its contract allows; nothing that exists is overwritten.
"""

import argparse
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from string import Template

ROOT = Path(__file__).resolve().parent.parent
SKELETONS = ROOT / "tools" / "skeletons"
PYTHON_LINE = re.compile(r'^        "[^"]+": "postil\.')
TAG_IMPORT = re.compile(r"^import \{ .* \} from '\./(?!tag')")
TAG_ENTRY = re.compile(r"^  \w+,$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line that goes, sorted, into a block of lines like it."""

    path: str
    block: re.Pattern[str]
    line: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What belongs to one kind of thing: files by skeleton, lines in registries, and what to do next."""

    files: dict[str, str]
    entries: tuple[Entry, ...]
    then: str


KINDS = {
    "tag": Kind(
        {
            "tag.py.txt": "src/postil/labeling/tags/$name.py",
            "tag_index.ts.txt": "frontend/src/editor/tags/$name/index.ts",
            "tag_view.tsx.txt": "frontend/src/editor/tags/$name/${Name}Tag.tsx",
            "tag_test.ts.txt": "frontend/src/editor/tags/$name/$name.test.ts",
            "tag_fixture.json.txt": "fixtures/tags/$name/$name.json",
        },
        (
            Entry(
                "src/postil/labeling/tags/__init__.py",
                PYTHON_LINE,
                '        "$Name": "postil.labeling.tags.$name:$NAME",',
            ),
            Entry("frontend/src/editor/tags/registry.ts", TAG_IMPORT, "import { $camel } from './$name'"),
            Entry("frontend/src/editor/tags/registry.ts", TAG_ENTRY, "  $camel,"),
        ),
        "Run make gen. The fixture is read by the tests of server and editor.",
    ),
    "exporter": Kind(
        {
            "exporter.py.txt": "src/postil/formats/exporters/$name.py",
            "exporter_test.py.txt": "src/postil/formats/tests/test_$name.py",
        },
        (
            Entry(
                "src/postil/formats/exporters/__init__.py",
                PYTHON_LINE,
                '        "$NAME": "postil.formats.exporters.$name:$Name",',
            ),
        ),
        "The shared contract test runs it; the export page lists it.",
    ),
    "importer": Kind(
        {
            "importer.py.txt": "src/postil/formats/importers/$name.py",
            "importer_test.py.txt": "src/postil/formats/tests/test_${name}_import.py",
        },
        (
            Entry(
                "src/postil/formats/importers/__init__.py",
                PYTHON_LINE,
                '        "$name": "postil.formats.importers.$name:$Name",',
            ),
        ),
        "Name its extensions; formats/detect.py finds it by them.",
    ),
    "storage": Kind(
        {
            "storage.py.txt": "src/postil/storages/providers/$name.py",
            "storage_test.py.txt": "src/postil/storages/tests/test_$name.py",
        },
        (
            Entry(
                "src/postil/storages/providers/__init__.py",
                PYTHON_LINE,
                '        "$name": "postil.storages.providers.$name:$Name",',
            ),
        ),
        "Routes and forms follow from its parameters. Put its client library into an extra in pyproject.toml.",
    ),
    "column": Kind(
        {"column.py.txt": "src/postil/datamanager/columns/$name.py"},
        (
            Entry(
                "src/postil/datamanager/columns/__init__.py",
                PYTHON_LINE,
                '        "$name": "postil.datamanager.columns.$name:$NAME",',
            ),
        ),
        "Write its test beside those in datamanager/tests.",
    ),
    "action": Kind(
        {"action.py.txt": "src/postil/datamanager/bulk_actions/$name.py"},
        (
            Entry(
                "src/postil/datamanager/bulk_actions/__init__.py",
                PYTHON_LINE,
                '        "$name": "postil.datamanager.bulk_actions.$name:$NAME",',
            ),
        ),
        "Write its test beside those in datamanager/tests.",
    ),
}


def words_of(name: str) -> dict[str, str]:
    """Return the name in every spelling that skeletons use; raises `SystemExit` for one that is not snake_case."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        raise SystemExit(f"NAME={name}: use snake_case, such as key_point")
    parts = name.split("_")
    pascal = "".join(part.capitalize() for part in parts)
    return {
        "name": name,
        "NAME": name.upper(),
        "Name": pascal,
        "camel": pascal[0].lower() + pascal[1:],
        "Title": " ".join(parts).capitalize(),
    }


def with_line(text: str, entry: Entry, line: str) -> str:
    """Return the text with the line in the block of lines like it, before the first that sorts after it."""
    lines = text.splitlines()
    places = [at for at, found in enumerate(lines) if entry.block.match(found)]
    if not places:
        raise SystemExit(f"{entry.path}: no line like {line.strip()} to put it beside")
    key = _sort_key(line)
    at = next((place for place in places if _sort_key(lines[place]) > key), places[-1] + 1)
    return "\n".join([*lines[:at], line, *lines[at:]]) + "\n"


def _sort_key(line: str) -> str:
    return line.rpartition("from ")[2].lower() if line.startswith("import ") else line.lower()


def make(kind: Kind, name: str, root: Path) -> list[Path]:
    """Write the files and the lines; returns the paths. Raises `SystemExit` if a file is there already."""
    words = words_of(name)
    made = {root / Template(target).substitute(words): source for source, target in kind.files.items()}
    for path in made:
        if path.exists():
            raise SystemExit(f"{path.relative_to(root)} is there already")
    for path, source in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template((SKELETONS / source).read_text()).safe_substitute(words))
    for entry in kind.entries:
        path = root / entry.path
        path.write_text(with_line(path.read_text(), entry, Template(entry.line).substitute(words)))
    return [*made, *(root / entry.path for entry in kind.entries)]


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Make what the arguments name, and say what was written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=sorted(KINDS))
    parser.add_argument("name")
    asked = parser.parse_args(arguments)
    kind = KINDS[asked.kind]
    for path in dict.fromkeys(make(kind, asked.name, root)):
        print(path.relative_to(root))
    print(kind.then)
    return 0


if __name__ == "__main__":
    sys.exit(main())
