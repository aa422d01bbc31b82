"""Resolve the dependencies into lock files with hashes and without addresses."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "requirements.lock": ["--extra", "postgresql", "--extra", "redis", "--extra", "gcs", "--extra", "azure"],
    "requirements-dev.lock": ["--extra", "postgresql", "--extra", "redis", "--group", "dev"],
}
HEADER = "# Written by `make lock`. Do not edit.\n"


def main() -> int:
    """Write both lock files; they fit every Python and platform that the project supports."""
    uv = Path(sys.executable).with_name("uv")
    for name, more in LOCKS.items():
        target = ROOT / name
        command = [str(uv), "pip", "compile", "-q", "--universal", "--python-version", "3.11", "--generate-hashes"]
        plain = ["--no-emit-index-url", "--no-header", "--no-annotate", *more, "pyproject.toml", "-o", name]
        subprocess.run([*command, *plain], cwd=ROOT, check=True)
        target.write_text(HEADER + target.read_text().removeprefix(HEADER))
        print(f"Wrote {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
