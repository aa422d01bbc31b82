"""Key files: made at random on first use, readable by their owner only."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path


def read_or_make(path: Path, make: Callable[[], str]) -> str:
    """Return the text of a key file; a missing one is made, whole at once, also when two processes start together."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        write(fresh, make())
        try:
            os.link(fresh, path)
        except FileExistsError:  # another process was faster: its key counts
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()


def write(path: Path, text: str) -> None:
    """Write a new file with mode 0600, on the disk before this returns."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
