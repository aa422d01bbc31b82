"""Builds the package of the editor as it is published."""

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE, FRONTEND, BIN = ROOT / "packages/postil-editor", ROOT / "frontend", ROOT / ".venv/bin"


def node(*arguments: str, cwd: Path = FRONTEND, out: Path) -> str:
    """Run a Node program of the project and return what it prints."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "POSTIL_EDITOR_OUT": str(out)}
    done = subprocess.run(arguments, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build_package(folder: Path) -> Path:
    """Build the editor's package into a folder, for bundlers and for a plain page; return the folder."""
    for name in ("package.json", "README.md", "LICENSE", "example"):
        source = PACKAGE / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)  # type: ignore[operator]  # one of two
    vite = [str(BIN / "node"), "node_modules/vite/bin/vite.js", "build", "-c", "vite.editor.config.ts"]
    for mode in ("production", "standalone"):
        node(*vite, "--mode", mode, out=folder / "dist")
    types = ["-p", "tsconfig.editor.json", "--outDir", str(folder / "dist/types")]
    node(str(BIN / "node"), "node_modules/typescript/bin/tsc", *types, out=folder / "dist")
    return folder
