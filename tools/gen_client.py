"""Write the waiting client of postil-client from its asyncio twin.

python tools/gen_client.py            write the file
python tools/gen_client.py --check    fail if it is out of date
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "packages/postil-client/src/postil_client"
SOURCE, TARGET = FOLDER / "aio.py", FOLDER / "client.py"
HEAD = '"""The client for scripts and notebooks. Written by tools/gen_client.py from `aio.py`; do not edit."""'
WORDS = {
    r"async def ": "def ",
    r"async with ": "with ",
    r"async for ": "for ",
    r"await ": "",
    r"import asyncio\n": "import time\n",
    r"asyncio\.sleep": "time.sleep",
    r"asynccontextmanager": "contextmanager",
    r"httpx\.AsyncClient": "httpx.Client",
    r"\bAsync(Client|Project|Iterator)\b": r"\1",
    r"__aenter__": "__enter__",
    r"__aexit__": "__exit__",
    r"\baclose\b": "close",
    r"\baread\b": "read",
    r"\baiter_bytes\b": "iter_bytes",
}


def waiting(source: str) -> str:
    """Return the text of the waiting client."""
    made = source.replace(source.split("\n", 1)[0], HEAD, 1)
    for pattern, replacement in WORDS.items():
        made = re.sub(pattern, replacement, made)
    made = re.sub(r"import Iterator, (Callable, Iterable),", r"import \1, Iterator,", made)
    made = re.sub(r"for task in (.+):\n +yield task\n", r"yield from \1\n", made)
    ruff = [str(ROOT / ".venv/bin/ruff"), "format", "--stdin-filename", str(TARGET), "-"]
    return subprocess.run(ruff, input=made, capture_output=True, text=True, check=True).stdout


def main() -> int:
    """Write or compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    made = waiting(SOURCE.read_text())
    if parser.parse_args().check:
        if TARGET.read_text() != made:
            print(f"{TARGET.relative_to(ROOT)} is out of date: run make gen", file=sys.stderr)
            return 1
        return 0
    TARGET.write_text(made)
    print(f"Wrote {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
