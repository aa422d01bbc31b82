"""Looks into an uploaded file before anybody uses it: is it what its name says, and is it harmless?"""

import warnings
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from postil.formats.detect import Detected
from postil.formats.media import svg_problem

MAX_PIXELS = 200_000_000
MAX_FRAMES = 1_000
MAX_SVG_BYTES = 20 * 1024 * 1024

Size = tuple[int, int]


class BadContentError(ValueError):
    """Why a file is refused, in words that follow its name."""


def check_content(path: Path, detected: Detected) -> Size | None:
    """Return width and height of a picture, None for other kinds; raises `BadContentError`."""
    if detected.media is None or detected.media.kind != "image":
        return None
    if detected.extension == ".svg":
        _check_svg(path)
        return None
    return _check_picture(path)


def _check_picture(path: Path) -> Size:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                width, height = image.size
                _check_size(width, height, getattr(image, "n_frames", 1))
                image.verify()
    except Image.DecompressionBombError:
        raise BadContentError(f"has too many pixels: at most {MAX_PIXELS // 1_000_000} million are allowed") from None
    except BadContentError:
        raise
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError):
        raise BadContentError("is damaged or no picture") from None
    return width, height


def _check_size(width: int, height: int, frames: int) -> None:
    if width * height > MAX_PIXELS:
        raise BadContentError(
            f"is too large: {width} × {height} pixels, at most {MAX_PIXELS // 1_000_000} million are allowed"
        )
    if frames > MAX_FRAMES:
        raise BadContentError(f"has more than {MAX_FRAMES} frames")


def _check_svg(path: Path) -> None:
    if path.stat().st_size > MAX_SVG_BYTES:
        raise BadContentError(f"is larger than {MAX_SVG_BYTES // 1024 // 1024} MB")
    problem = svg_problem(path.read_bytes())
    if problem:
        raise BadContentError(problem)
