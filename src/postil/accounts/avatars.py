"""Pictures of people: decoded with limits, drawn anew, kept small, served to members of the same organization."""

import secrets
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from PIL import Image, ImageOps, UnidentifiedImageError

from postil.accounts import queries
from postil.accounts.access import counted_actor
from postil.accounts.models import User
from postil.core.errors import Invalid, NotFound
from postil.infra.failures import answer_to

SIZE_PX = 256
MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 40_000_000
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
NOT_A_PICTURE = "Upload a PNG, JPEG, GIF or WebP picture."


def store(user: User, file: BinaryIO, size_bytes: int) -> None:
    """Keep a small square copy of an uploaded picture; raises `Invalid` for anything else."""
    if size_bytes > MAX_BYTES:
        raise Invalid.field("avatar", f"The picture is larger than {MAX_BYTES // 1024 // 1024} MB.")
    picture = _small_copy(file)
    name = f"{user.pk}-{secrets.token_hex(16)}.png"
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    picture.save(folder / name, format="PNG")
    (folder / name).chmod(0o600)
    old, user.avatar = user.avatar, name
    user.save(update_fields=["avatar"])
    _remove(old)


def remove(user: User) -> None:
    """Forget the picture."""
    old, user.avatar = user.avatar, ""
    user.save(update_fields=["avatar"])
    _remove(old)


def avatar_view(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve `/data/avatars/<name>` to people who share the organization."""
    try:
        path = _path_for(request, name)
    except Exception as error:
        return answer_to(request, error)
    response = FileResponse(path.open("rb"), content_type="image/png")
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = "private, max-age=86400"
    return response


def _path_for(request: HttpRequest, name: str) -> Path:
    owner = queries.users_of(counted_actor(request, what="files ").organization).filter(avatar=name).first()
    path = _folder() / name
    if owner is None or "/" in name or not path.is_file():
        raise NotFound
    return path


def _small_copy(file: BinaryIO) -> Image.Image:
    try:
        with Image.open(file, formats=FORMATS) as picture:
            is_small_enough = picture.width * picture.height <= MAX_PIXELS
            copy = ImageOps.fit(_upright(picture), (SIZE_PX, SIZE_PX)) if is_small_enough else None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Invalid.field("avatar", NOT_A_PICTURE) from None
    if copy is None:
        raise Invalid.field("avatar", "The picture has too many pixels.")
    return copy


def _upright(picture: Image.Image) -> Image.Image:
    return ImageOps.exif_transpose(picture.convert("RGBA"))


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "avatars"


def _remove(name: str) -> None:
    if name:
        (_folder() / name).unlink(missing_ok=True)
