"""Programs that tests need beside Python: a browser, PostgreSQL, Redis.

On Debian, as root, they are installed with the package manager; elsewhere this says what to install.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NEEDED = {
    "chromium": ("chromium", "Chromium, for the browser tests"),
    "postgres": ("postgresql", "PostgreSQL 13 or newer, for the tests on both databases"),
    "redis-server": ("redis-server", "Redis, for the tests of the Redis queue"),
}


def find(program: str) -> str | None:
    """Return the path of a program; Debian keeps PostgreSQL's out of the path."""
    folders = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
    return shutil.which(program, path=os.pathsep.join([*folders, os.environ.get("PATH", "")]))


def missing() -> list[str]:
    """Return the needed programs that are not here."""
    return [program for program in NEEDED if find(program) is None]


def provide() -> list[str]:
    """Install what is missing if that can be done without asking; return what is still missing."""
    wanted = missing()
    if wanted and shutil.which("apt-get") and os.geteuid() == 0:
        packages = [NEEDED[program][0] for program in wanted]
        print(f"Installing {', '.join(packages)}", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        quiet = {"env": environment, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update", "-q"], check=False, **quiet)  # type: ignore[call-overload]
        install = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages]
        subprocess.run(install, check=False, **quiet)  # type: ignore[call-overload]
    return missing()


def main() -> int:
    """Provide the programs, or say what to install."""
    absent = provide()
    for program in absent:
        package, purpose = NEEDED[program]
        print(f"Missing: {program} ({purpose}). Install the package {package} of your system.", file=sys.stderr)
    return 1 if absent else 0


if __name__ == "__main__":
    sys.exit(main())
