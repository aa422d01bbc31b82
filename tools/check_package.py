"""Build the wheel, install it apart, start it, and say how large it is."""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from tests.faults.server import Server, environment_for  # noqa: E402 -- the path is set above

LIMIT_MB = 250


def main() -> int:
    """Prove that the package works by itself; the exit code says whether it does."""
    with tempfile.TemporaryDirectory(prefix="postil-package-") as name:
        folder = Path(name)
        pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
        subprocess.run([*pip, "-w", str(folder), str(ROOT)], check=True)
        (wheel,) = folder.glob("*.whl")
        venv.create(folder / "venv", with_pip=True)
        python = folder / "venv" / "bin" / "python"
        subprocess.run([str(python), "-m", "pip", "install", "-q", str(wheel)], check=True)
        size_mb = sum(path.stat().st_size for path in (folder / "venv/lib").rglob("*") if path.is_file()) // 1_000_000
        server = Server(environment_for(folder / "data"), python=str(python))
        with server.running():
            pages = server.read("/")
        print(f"installed size {size_mb} MB (limit {LIMIT_MB}), wheel {wheel.stat().st_size // 1000} kB")
        is_good = size_mb <= LIMIT_MB and b"/static/app/assets/" in pages and server.code == 0
        print("The package works." if is_good else "The package does not work.")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
