"""Files below the one folder that the operator opened."""

import os
import secrets
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from django.conf import settings
from pydantic import field_validator

from postil.core.errors import Invalid, NotFound
from postil.infra.paths import open_below, path_below
from postil.storages.provider import (
    CHUNK,
    PAGE,
    Content,
    ObjectGone,
    Params,
    StoredObject,
    StoreFailed,
    last_byte,
    param,
)

ADDRESS = "/data/local-files/?d="
SWITCH = "POSTIL_LOCAL_FILES_ENABLED=true and POSTIL_LOCAL_FILES_ROOT"


class LocalFilesParams(Params):
    """The folder."""

    path: str = param(
        ...,
        "Folder",
        help="Absolute path of a folder below the root that the operator set.",
        min_length=1,
        max_length=2000,
    )

    @field_validator("path")
    @classmethod
    def with_slashes(cls, path: str) -> str:
        """LS: takes folders that were written with separators of Windows."""
        return path.replace("\\", "/")


class LocalFiles:
    """The provider."""

    title = "Local files"
    note = f"Files come from one folder of the server, which its operator names with {SWITCH}."
    module = "os"
    extra = ""
    has_prefix = False
    can_presign = False
    params = LocalFilesParams

    def open(self, params: LocalFilesParams) -> "LocalFilesStore":
        """Return the folder."""
        return LocalFilesStore(_folder(params))

    def root(self, params: LocalFilesParams) -> str:
        """Return what the addresses of the folder's files begin with."""
        return ADDRESS + quote(f"{_folder(params).relative_to(_root())}/")

    def uri(self, params: LocalFilesParams, key: str) -> str:
        """Return `/data/local-files/?d=…`, which every page can open."""
        return ADDRESS + quote(f"{_folder(params).relative_to(_root())}/{key}")

    def target_key(self, params: LocalFilesParams, name: str) -> str:
        """Return the name: keys are relative to the folder."""
        return name

    def origins(self, params: LocalFilesParams) -> list[str]:
        """Return nothing: files come from this server."""
        return []

    def check(self, params: LocalFilesParams, *, is_target: bool) -> None:
        """Check that local files are switched on, and that the folder is there and lies below the root."""
        _folder(params)


def _root() -> Path:
    config = settings.CONFIG
    if not config.local_files_enabled or not config.local_files_root:
        raise Invalid.items([f"Local files are switched off. The server's operator can set {SWITCH}."])
    return Path(config.local_files_root).resolve()


def _folder(params: LocalFilesParams) -> Path:
    root = _root()
    path = Path(params.path)
    if not path.is_absolute() or "\x00" in params.path or root not in path.resolve().parents:
        # LS: the same words, by which people recognize it.
        words = (
            f'Absolute local path "{params.path[:500]}" must be a subdirectory of '
            f'LOCAL_FILES_DOCUMENT_ROOT="{root}" by security reasons. For example: "{root}/dataset1".'
        )
        raise Invalid.items([words])
    if not path.is_dir():
        raise Invalid.field("path", f"There is no folder {params.path[:500]}.")
    return path.resolve()


class LocalFilesStore:
    """A folder. Links are not followed: neither to files nor to folders."""

    def __init__(self, folder: Path) -> None:
        self.server_time: datetime | None = None
        self._folder = folder

    def pages(self, *, recursive: bool) -> Iterator[list[StoredObject]]:
        """Yield the files in the order of their names."""
        page: list[StoredObject] = []
        for found in self._walk("", recursive=recursive):
            page.append(found)
            if len(page) >= PAGE:
                yield page
                page = []
        yield page

    def _walk(self, below: str, *, recursive: bool) -> Iterator[StoredObject]:
        try:
            with os.scandir(self._folder / below) as entries:
                names = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            raise StoreFailed(f"The folder cannot be read: {error.strerror}.", about="path") from error
        for entry in names:
            key = f"{below}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if recursive:
                    yield from self._walk(f"{key}/", recursive=True)
            elif entry.is_file(follow_symlinks=False) and not entry.name.startswith("."):
                facts = entry.stat(follow_symlinks=False)
                changed = datetime.fromtimestamp(facts.st_mtime, UTC)
                yield StoredObject(key, facts.st_size, changed, f"{facts.st_mtime_ns:x}-{facts.st_size:x}")

    def read(self, key: str, first: int = 0, last: int | None = None) -> Content:
        """Return a file or a part of it."""
        try:
            file = open_below(self._folder, key)
        except NotFound:
            raise ObjectGone from None
        facts = os.fstat(file.fileno())
        end = last_byte(facts.st_size, first, last)
        etag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'
        return Content(facts.st_size, first, end, etag, _pieces(file, first, end))

    def write(self, key: str, content: bytes | BinaryIO, media_type: str) -> None:
        """Write a file; it stands there whole or not at all."""
        path = path_below(self._folder, key)
        fresh = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with fresh.open("xb") as file:
                shutil.copyfileobj(BytesIO(content) if isinstance(content, bytes) else content, file)
            fresh.replace(path)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            raise StoreFailed(
                f"The file cannot be written: {error.strerror}.",
                fix="Let the server write to this folder.",
                about="path",
            ) from error

    def delete(self, key: str) -> None:
        """Remove a file."""
        try:
            path_below(self._folder, key).unlink(missing_ok=True)
        except OSError as error:
            raise StoreFailed(f"The file cannot be removed: {error.strerror}.", about="path") from error

    def presign(self, key: str, seconds: int, media_type: str) -> str | None:
        """Return None: files go through the server."""
        return None


def _pieces(file: BinaryIO, first: int, last: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (piece := file.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece
