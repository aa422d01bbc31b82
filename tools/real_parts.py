"""Fetch the programs of others that tests run against but Python's and Debian's packages do not bring.

python tools/real_parts.py      Azurite, and label-studio-ml in an environment of its own, into .cache/real-parts

What cannot be fetched is said; its tests then say that they are skipped, and why.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".cache" / "real-parts"
BIN = ROOT / ".venv" / "bin"
AZURITE = "azurite@3.35.0"
# Its own requirements leave out what it imports, and let in versions that it does not work with.
MODEL_SERVER = (
    "label-studio-ml==1.0.9", "label-studio-sdk==1.0.20", "redis<5", "rq<2", "setuptools<80", "scikit-learn",
)  # fmt: skip


def azurite() -> Path:
    """Return where Azurite's program is, or would be."""
    return FOLDER / "node_modules" / ".bin" / "azurite-blob"


def model_server() -> Path:
    """Return where the program that makes and starts model servers is, or would be."""
    return FOLDER / "model-server" / "bin" / "label-studio-ml"


def main() -> int:
    """Fetch what is missing."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not azurite().exists():
        _run([str(BIN / "npm"), "install", "--prefix", str(FOLDER), "--no-save", "--no-audit", "--no-fund", AZURITE])
    if not model_server().exists():
        place = FOLDER / "model-server"
        _run([str(BIN / "uv"), "venv", "--quiet", "--allow-existing", str(place)])
        _run([str(BIN / "uv"), "pip", "install", "--quiet", "--python", str(place / "bin" / "python"), *MODEL_SERVER])
    missing = [path.name for path in (azurite(), model_server()) if not path.exists()]
    if missing:
        print(f"Not to be had: {', '.join(missing)}. Tests against them are skipped.", file=sys.stderr)
    return 0


def _run(command: list[str]) -> None:
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        print(f"{command[0]}: {done.stderr.strip()[-500:]}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
