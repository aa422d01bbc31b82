"""What the routes of imports and uploads take and give."""

from typing import Any

from postil.imports.models import FileUpload
from postil.infra.bodies import Body


class UploadIds(Body):
    """Which uploads are meant; none named means all of the caller's."""

    file_upload_ids: list[int] | None = None


class ReimportIn(Body):
    """Which uploads to read again."""

    file_upload_ids: list[int]
    files_as_tasks_list: bool = True


def upload_json(upload: FileUpload) -> dict[str, Any]:
    """Return an upload as clients know it."""
    return {"id": upload.pk, "file": upload.stored_name, "size": upload.size_bytes}
