"""Run the checks and tests of the project, with one line each and a summary at the end.

python tools/test.py fast    format, lint, types, contracts, sizes, unit tests on SQLite
python tools/test.py all     the same, and the suite on PostgreSQL and the browser tests
python tools/test.py e2e     only the browser tests
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import build_frontend
import postgres
import real_parts
import system_deps

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
FRONTEND = ROOT / "frontend"
WORKERS = os.environ.get("POSTIL_TEST_WORKERS", "2")
LAST_LINES = 200
COLORS = re.compile(r"\x1b\[[0-9;]*m")
COUNTS = re.compile(r"\b\d+ passed\b")
OTHER_TESTS = ["packages", "tests/architecture", "tests/cli", "tests/compat", "tests/faults", "tests/tools"]


@dataclass(frozen=True)
class Step:
    """One check: a name, what it runs, and where it belongs."""

    name: str
    run: Callable[[], bool]
    part: str  # fast, slow, e2e


def command(*arguments: str, cwd: Path = ROOT, env: dict[str, str] | None = None) -> bool:
    """Run a command quietly; its output is shown when it fails."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", **(env or {})}
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            arguments,
            check=False,
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        output.seek(0)
        lines = COLORS.sub("", output.read().decode(errors="replace")).splitlines()
    if done.returncode != 0 or os.environ.get("POSTIL_TEST_VERBOSE"):
        print("\n".join(lines[-LAST_LINES:]), flush=True)
    else:
        for line in filter(COUNTS.search, lines):
            print(f"      {line.strip()}", flush=True)
    return done.returncode == 0


def tool(name: str, *arguments: str) -> Callable[[], bool]:
    """Return a step that runs a program of the virtual environment."""
    return lambda: command(str(BIN / name), *arguments)


def node(*arguments: str) -> Callable[[], bool]:
    """Return a step that runs a Node program in the frontend's folder."""
    return lambda: command(str(BIN / "node"), *arguments, cwd=FRONTEND)


def module(name: str, *arguments: str) -> Callable[[], bool]:
    """Return a step that runs the main program of a Node package."""
    return node(f"node_modules/{name}", *arguments)


def pytest() -> bool:
    """Run the Python tests but the browser's on SQLite."""
    return command(str(BIN / "pytest"), "-n", WORKERS, "src", *OTHER_TESTS)


def pytest_on_postgresql() -> bool:
    """Run the packages' tests on a PostgreSQL server of their own."""
    try:
        with postgres.server() as url:
            return command(str(BIN / "pytest"), "-n", WORKERS, "src", env={"POSTIL_DATABASE_URL": url})
    except postgres.NoPostgresError as error:
        print(error)
        return False


def fuzz() -> bool:
    """Send what the API's description allows, and compare the answers with it; the same requests each time."""
    return command(str(BIN / "pytest"), "tests/fuzz", "--timeout=300")


def browser() -> bool:
    """Build the pages if needed and drive Chromium."""
    if build_frontend.main() != 0:
        return False
    return command(str(BIN / "pytest"), "tests/e2e", "--timeout=300")


STEPS = [
    Step("format", tool("ruff", "format", "--check", "-q", "."), "fast"),
    Step("lint", tool("ruff", "check", "-q", "--no-cache", "."), "fast"),
    Step("types", tool("mypy", "src", "packages/postil-client/src", "packages/postil-ml/src", "tools"), "fast"),
    Step("contracts", tool("lint-imports", "--no-cache"), "fast"),
    Step("sizes", tool("python", "tools/check_sizes.py"), "fast"),
    Step("frontend lint", module("@biomejs/biome/bin/biome", "check", "src"), "fast"),
    Step("frontend types", module("typescript/bin/tsc", "--noEmit"), "fast"),
    Step(
        "frontend contracts",
        module("dependency-cruiser/bin/dependency-cruiser.mjs", "src", "--config", ".dependency-cruiser.cjs"),
        "fast",
    ),
    Step("frontend tests", module("vitest/vitest.mjs", "run"), "fast"),
    Step("tests on SQLite", pytest, "fast"),
    Step("tests on PostgreSQL", pytest_on_postgresql, "slow"),
    Step("fuzz", fuzz, "slow"),
    Step("browser tests", browser, "e2e"),
]
PARTS = {"fast": {"fast"}, "all": {"fast", "slow", "e2e"}, "e2e": {"e2e"}}


def main() -> int:
    """Run the steps of one part and print what came of them."""
    part = sys.argv[1] if len(sys.argv) > 1 else "all"
    if part not in PARTS:
        print(__doc__)
        return 2
    if part != "fast":
        system_deps.main()
        real_parts.main()
    began = time.monotonic()
    failed = []
    for step in STEPS:
        if step.part not in PARTS[part]:
            continue
        print(f"  …  {step.name}", flush=True)
        start = time.monotonic()
        is_good = step.run()
        print(f"{'  ok ' if is_good else 'FAIL '} {step.name} ({time.monotonic() - start:.1f} s)", flush=True)
        if not is_good:
            failed.append(step.name)
    print(f"\n{'Failed: ' + ', '.join(failed) if failed else 'All good'} ({time.monotonic() - began:.0f} s)")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
