"""Build what a release publishes into dist/: the three packages, and notes made of the fragments in changes/."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "dist"
PACKAGES = (ROOT, ROOT / "packages/postil-client", ROOT / "packages/postil-ml")
HEADINGS = {"added": "Added", "changed": "Changed", "fixed": "Fixed", "removed": "Removed"}


def notes(folder: Path) -> str:
    """Return the fragments as one text, by kind; raises `ValueError` for a fragment of no kind."""
    parts: dict[str, list[str]] = {kind: [] for kind in HEADINGS}
    for path in sorted(folder.glob("*.md")):
        found = re.fullmatch(r"[a-z0-9-]+\.([a-z]+)\.md", path.name)
        if found is None or found[1] not in parts:
            raise ValueError(f"{path.name} must be named <topic>.<{'|'.join(HEADINGS)}>.md")
        parts[found[1]].append(f"- {path.read_text().strip()}")
    return "\n\n".join(f"## {HEADINGS[kind]}\n\n" + "\n".join(lines) for kind, lines in parts.items() if lines) + "\n"


def main() -> int:
    """Build everything anew."""
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir()
    (TARGET / "NOTES.md").write_text(notes(ROOT / "changes"))
    uv = str(ROOT / ".venv/bin/uv")
    for package in PACKAGES:
        command = [uv, "build", "--quiet", "--out-dir", str(TARGET), str(package)]
        if subprocess.run(command, check=False).returncode != 0:
            return 1
    print("\n".join(sorted(path.name for path in TARGET.iterdir())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
