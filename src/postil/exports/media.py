"""Reads the files that exported tasks name: uploads and objects of the exported project, nothing else."""

import warnings
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from django.conf import settings
from PIL import Image, UnidentifiedImageError

from postil.core.errors import NotFound
from postil.infra.paths import open_below
from postil.tasks.ports import PORTS


class ProjectMedia:
    """Opens uploads, and objects of sources, of one project by the address that stands in task data."""

    def __init__(self, project_id: int) -> None:
        self._prefix = f"/data/upload/{project_id}/"
        self._open_object = PORTS.object_opener(project_id)

    def open(self, url: str, task_id: int) -> BinaryIO | None:
        """Return the file's content, or None if it is not the project's or cannot be read."""
        if not isinstance(url, str):
            return None
        address = unquote(urlsplit(url).path)
        if not address.startswith(self._prefix):
            return self._open_object(url)
        try:
            return open_below(Path(settings.MEDIA_ROOT), address.removeprefix("/data/"))
        except NotFound:
            return None

    def size(self, url: str, task_id: int) -> tuple[int, int] | None:
        """Return width and height in pixels; only the head of the picture is read."""
        file = self.open(url, task_id)
        if file is None:
            return None
        with file, warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            try:
                with Image.open(file) as image:
                    return image.size
            except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
                return None
