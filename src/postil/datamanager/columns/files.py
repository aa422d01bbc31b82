"""Columns about where a task came from."""

from django.db.models import OuterRef, Subquery, TextField
from django.db.models.expressions import Combinable

from postil.datamanager.column import Scope, links_to_objects, uploads_by_name
from postil.datamanager.kinds import TextColumn


def _upload_name(_scope: Scope) -> Combinable:
    uploads = uploads_by_name().filter(pk=OuterRef("file_upload_id"))
    return Subquery(uploads.values("stored_name"), output_field=TextField())


def _object_key(_scope: Scope) -> Combinable:
    links = links_to_objects().filter(task=OuterRef("pk"))
    return Subquery(links.values("key")[:1], output_field=TextField())


FILE_UPLOAD = TextColumn(
    id="file_upload", title="Upload filename", type="String", position=130, help="File that the task came from",
    value=_upload_name,
)  # fmt: skip
STORAGE_FILENAME = TextColumn(
    id="storage_filename", title="Storage filename", type="String", position=140,
    help="Object in a storage that the task came from",
    value=_object_key,
)  # fmt: skip
