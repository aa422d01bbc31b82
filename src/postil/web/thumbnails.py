"""Small pictures of uploaded images, made once and kept on disk."""

import os
import tempfile
import warnings
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps

from postil.accounts.access import Actor
from postil.core.errors import NotFound
from postil.formats.detect import content_type_of
from postil.imports.access import get_stored_file
from postil.imports.content import MAX_PIXELS
from postil.infra.paths import open_below
from postil.tasks.models import Task

SIZES = (64, 128, 256, 512)
DEFAULT_SIZE = 128
ADDRESS = "/data/upload/"
PICTURES = frozenset({"image/bmp", "image/gif", "image/jpeg", "image/png", "image/webp"})
NO_PICTURE = "There is no uploaded picture to show."


def wanted_size(text: str) -> int:
    """Return the size of the longer side: the smallest one kept that is not below what was asked for."""
    size = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else DEFAULT_SIZE
    return next((known for known in SIZES if known >= size), SIZES[-1])


def thumbnail_of(who: Actor, task: Task, key: str, size: int) -> Path:
    """Return the small picture of the upload that the task shows under `key`, or under its first key with one."""
    stored_name = _upload_named(task.data, key)
    upload = get_stored_file(who, stored_name)
    if upload.project_id != task.project_id or content_type_of(stored_name) not in PICTURES:
        raise NotFound(NO_PICTURE)
    kept = Path(settings.MEDIA_ROOT) / "thumbnails" / str(upload.project_id) / f"{upload.pk}-{size}.webp"
    if not kept.exists():
        _make(stored_name, kept, size)
    return kept


def _upload_named(data: object, key: str) -> str:
    values = data if isinstance(data, dict) else {}
    candidates = [values.get(key)] if key else list(values.values())
    for value in candidates:
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, str) and first.startswith(ADDRESS):
            return first.removeprefix("/data/")
    raise NotFound(NO_PICTURE)


def _make(stored_name: str, kept: Path, size: int) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open_below(Path(settings.MEDIA_ROOT), stored_name) as source, warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(source) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise NotFound(NO_PICTURE)
                # JPEG decodes at a fraction of its size, which is most of the work saved.
                image.draft("RGB", (size, size))
                small = ImageOps.exif_transpose(image).convert("RGBA" if image.mode in ("RGBA", "LA", "P") else "RGB")
                small.thumbnail((size, size))
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
            raise NotFound(NO_PICTURE) from None
    handle, temporary = tempfile.mkstemp(dir=kept.parent, suffix=".tmp")
    with os.fdopen(handle, "wb") as file:
        small.save(file, "WEBP", quality=80)
    Path(temporary).replace(kept)
