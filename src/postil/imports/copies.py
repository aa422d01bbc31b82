"""Copies of uploads for a copy of their project, which needs them when the original is long gone."""

import os
import shutil
from collections.abc import Collection

from postil.imports.models import FileUpload
from postil.imports.store import media_path
from postil.projects.models import Project


def copy_uploads(source_id: int, target: Project, names: Collection[str]) -> dict[str, int]:
    """Give a project the uploads of another one that have these file names; returns the new ids by name.

    The files are linked, so they take no more room on the disk. May run twice.
    """
    stored = FileUpload.objects.filter(stored_name__in=[f"upload/{source_id}/{name}" for name in names])
    found: dict[str, int] = {}
    for upload in stored.order_by("pk"):
        name = upload.stored_name.rsplit("/", 1)[-1]
        stored_name = f"upload/{target.pk}/{name}"
        if not _link(upload.stored_name, stored_name):
            continue
        copy, _ = FileUpload.objects.get_or_create(
            stored_name=stored_name,
            defaults={
                "project": target, "user_id": upload.user_id, "given_name": upload.given_name,
                "content_type": upload.content_type, "size_bytes": upload.size_bytes, "sha256": upload.sha256,
                "width": upload.width, "height": upload.height,
            },
        )  # fmt: skip
        found[name] = copy.pk
    return found


def _link(old: str, new: str) -> bool:
    """Let a second name lead to a file; False if the file is gone."""
    path = media_path(new)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        os.link(media_path(old), path)
    except FileExistsError:
        return True
    except FileNotFoundError:
        return False
    except OSError:  # another file system, or one without links
        shutil.copyfile(media_path(old), path)
    return True
