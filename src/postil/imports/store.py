"""Uploads on disk: names made by us, content checked, one row each."""

import hashlib
import os
import re
import shutil
import unicodedata
from pathlib import Path, PurePath
from typing import BinaryIO

from django.conf import settings

from postil.accounts.models import User
from postil.core.errors import Invalid, TooLarge
from postil.core.ids import new_secret
from postil.formats.detect import SUPPORTED, Detected, content_type_of, detect, extension_of
from postil.formats.media import HEAD_BYTES
from postil.imports.content import BadContentError, check_content
from postil.imports.models import FileUpload
from postil.projects.models import Project

CHUNK = 1024 * 1024
MAX_NAME = 80
_UNCLEAN = re.compile(r"[^A-Za-z0-9._-]+")


def clean_name(name: str) -> str:
    """Return a name that is safe in a path and in an address; it keeps its extension."""
    base = PurePath(name.replace("\\", "/")).name
    plain = unicodedata.normalize("NFKD", base).encode("ascii", "ignore").decode()
    stem, dot, extension = _UNCLEAN.sub("_", plain).rpartition(".")
    stem = (stem if dot else extension).strip("._-")[:MAX_NAME] or "file"
    return f"{stem}.{extension.lower()[:10]}" if dot and extension else stem


def check_extension(name: str) -> str:
    """Return the extension of a file that may be brought; raises `Invalid` for every other kind."""
    extension = extension_of(name)
    if extension not in SUPPORTED:
        raise Invalid.items([f"{extension or name[:100]} extension is not supported"])
    return extension


def store_upload(*, project: Project, user: User | None, name: str, source: BinaryIO, max_bytes: int) -> FileUpload:
    """Write a file below the project's folder and return its row; raises `Invalid` or `TooLarge` and keeps nothing."""
    check_extension(name)
    stored_name = f"upload/{project.pk}/{new_secret(16)}-{clean_name(name)}"
    path = media_path(stored_name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        size, digest = _write(path, source, max_bytes)
        dimensions = check_content(path, _detected(path, name)) or (None, None)
        return FileUpload.objects.create(
            project=project,
            user=user,
            stored_name=stored_name,
            given_name=PurePath(name.replace("\\", "/")).name[:300],
            content_type=content_type_of(stored_name),
            size_bytes=size,
            sha256=digest,
            width=dimensions[0],
            height=dimensions[1],
        )
    except BadContentError as problem:
        path.unlink(missing_ok=True)
        raise Invalid.items([f"Failed to parse input file {PurePath(name).name[:100]}: {problem}"]) from None
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _detected(path: Path, name: str) -> Detected:
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    try:
        return detect(PurePath(name).name[:100], head)
    except Invalid as problem:
        raise Invalid.items([problem.detail]) from None


def _write(path: Path, source: BinaryIO, max_bytes: int) -> tuple[int, str]:
    digest = hashlib.sha256()
    size = 0
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > max_bytes:
                raise TooLarge(f"The files are too large: at most {settings.CONFIG.max_upload_mb} MB are allowed.")
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def media_path(stored_name: str) -> Path:
    """Return where a stored name lies on disk. Stored names are ours, never a client's."""
    return Path(settings.MEDIA_ROOT) / stored_name


def clear_erased_projects() -> int:
    """Delete the files of projects that were erased for good; returns how many folders went."""
    count = 0
    for kind in ("upload", "export", "thumbnails"):
        folder = Path(settings.MEDIA_ROOT) / kind
        for path in folder.iterdir() if folder.is_dir() else ():
            if path.name.isdecimal() and not Project.all_objects.filter(pk=int(path.name)).exists():
                shutil.rmtree(path, ignore_errors=True)
                count += 1
    return count


def remove_files(stored_names: list[str]) -> None:
    """Delete files whose rows are gone; a file that is missing already is no error."""
    for name in stored_names:
        media_path(name).unlink(missing_ok=True)
