"""Where an export goes: one file, a zip of several, or a folder. Names inside are made by exporters, from ids."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol, cast

NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
STORED_SUFFIXES = {".bmp", ".gif", ".jpeg", ".jpg", ".mp3", ".mp4", ".ogg", ".png", ".webm", ".webp"}


class Output(Protocol):
    """Takes the files of an export one after the other."""

    def file(self, name: str) -> AbstractContextManager[BinaryIO]:
        """Open a new file for writing; the one before must be closed."""
        ...


def check_name(name: str) -> str:
    """Return `name` if it is a plain relative path; raises `ValueError`."""
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a file in an export.")
    return name


class SingleFile:
    """Passes the only file of an export on to a stream."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._used = False

    @contextmanager
    def file(self, name: str) -> Iterator[BinaryIO]:
        """Give the stream, once."""
        check_name(name)
        if self._used:
            raise ValueError("This export has more than one file and needs a zip or a folder.")
        self._used = True
        yield self._stream


class ZipArchive:
    """Packs the files of an export into a zip, written to a stream that need not be seekable."""

    def __init__(self, stream: BinaryIO, made_at: datetime) -> None:
        self._zip = zipfile.ZipFile(stream, "w", allowZip64=True)
        self._time = made_at.timetuple()[:6]

    @contextmanager
    def file(self, name: str) -> Iterator[BinaryIO]:
        """Give a stream into the archive."""
        info = zipfile.ZipInfo(check_name(name), self._time)
        packed = Path(name).suffix.lower() in STORED_SUFFIXES
        info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        with self._zip.open(info, "w", force_zip64=True) as stream:
            yield cast(BinaryIO, stream)

    def close(self) -> None:
        """Write the directory of the archive."""
        self._zip.close()


class Folder:
    """Writes the files of an export below a folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def file(self, name: str) -> Iterator[BinaryIO]:
        """Open a file below the folder; it must not exist yet."""
        path = self._path / check_name(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as stream:
            yield stream
