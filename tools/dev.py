"""Server and pages with hot reload: Django reloads on changes of Python, Vite on changes of TypeScript."""

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PORT = os.environ.get("PORT", "8080")


def main() -> int:
    """Run the server, the worker and Vite until one of them ends or Ctrl-C."""
    data = os.environ.setdefault("POSTIL_DATA_DIR", str(ROOT / ".data"))
    environment = {
        **os.environ,
        "POSTIL_DEV": "true",
        "POSTIL_BACKEND": f"http://127.0.0.1:{PORT}",
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
    }
    python = str(BIN / "python")
    subprocess.run([python, "-m", "postil", "migrate", "--data-dir", data], check=True, env=environment)
    commands = [
        ([python, "manage.py", "runserver", PORT], ROOT),
        ([python, "-m", "postil", "worker"], ROOT),
        ([str(BIN / "node"), "node_modules/vite/bin/vite.js", "--clearScreen", "false"], ROOT / "frontend"),
    ]
    running = [subprocess.Popen(command, cwd=folder, env=environment) for command, folder in commands]
    print("Pages with hot reload: http://localhost:5173", flush=True)
    try:
        os.wait()
    except KeyboardInterrupt:
        print("Stopping")
    for process in running:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    for process in running:
        process.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
