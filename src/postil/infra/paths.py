"""From a client's string to a file below one root: the only helper that makes such paths."""

import os
import re
import stat
from pathlib import Path
from typing import BinaryIO

from postil.core.errors import NotFound

_DRIVE = re.compile(r"^[A-Za-z]:")
MAX_LENGTH = 2_000


def path_below(root: Path, relative: str) -> Path:
    """Return the path that `relative` means below `root`; raises `NotFound` for anything that could leave it.

    `relative` must be decoded already, exactly once.
    """
    if not relative or len(relative) > MAX_LENGTH or "\x00" in relative or "\\" in relative:
        raise NotFound
    parts = relative.split("/")
    if relative.startswith("/") or _DRIVE.match(relative) or any(part in ("", ".", "..") for part in parts):
        raise NotFound
    base = root.resolve()
    # Links in the folders are followed and must end below the root; the file itself must be no link.
    folder = base.joinpath(*parts[:-1]).resolve()
    if folder != base and base not in folder.parents:
        raise NotFound
    return folder / parts[-1]


def open_below(root: Path, relative: str) -> BinaryIO:
    """Open a regular file below `root` for reading; raises `NotFound` if there is none."""
    path = path_below(root, relative)
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        raise NotFound from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotFound
    return os.fdopen(handle, "rb")
