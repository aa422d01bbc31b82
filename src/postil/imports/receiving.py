"""Takes what a request brings (JSON, files, an address) and puts it where an import can read it, now or later."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from postil.accounts.access import Actor
from postil.core.clock import now
from postil.core.errors import Invalid, TooLarge, UnsupportedMedia
from postil.core.ids import new_secret
from postil.imports.actions import discard_uploads
from postil.imports.jobs import ImportTasks
from postil.imports.models import FileUpload
from postil.imports.store import media_path, store_upload
from postil.infra import outgoing
from postil.infra.bodies import multipart_fields
from postil.infra.http import bool_param
from postil.projects.models import Project

MAX_FILES = 100
CHUNK = 1024 * 1024
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
NOTHING = "load_tasks: No data found in the request. Send JSON, files, or a form with url."


def receive(request: HttpRequest, who: Actor, project: Project) -> tuple[ImportTasks, int]:
    """Return what is to be imported, and its size in bytes; nothing is read into memory as a whole."""
    kind = (request.content_type or "").lower()
    fields = ImportTasks(
        token=new_secret(),
        project_id=project.pk,
        organization_id=who.organization.pk,
        user_id=who.user.pk,
        commit=bool_param(request, "commit_to_project", default=True),
        return_task_ids=bool_param(request, "return_task_ids"),
        preannotated_from=_names(request, "preannotated_from_fields"),
    )
    if kind not in FORMS:
        if kind not in ("application/json", "") and not kind.endswith("+json"):
            raise UnsupportedMedia
        name, size = keep_body(cast(BinaryIO, request), project, settings.CONFIG.max_json_mb)
        return _with(fields, body_name=name), size
    form = multipart_fields(request) if kind == "multipart/form-data" else request.POST
    files = [file for _, several in request.FILES.lists() for file in several]
    if files:
        uploads = keep_files(who, project, files)
        return _with(fields, upload_ids=[upload.pk for upload in uploads]), sum(u.size_bytes for u in uploads)
    url = str(form.get("url", "")).strip()
    if not url:
        raise Invalid.items([NOTHING])
    if url[:1] in "[{":
        # LS: the field may hold the tasks themselves.
        name, size = keep_body(BytesIO(url.encode()), project, settings.CONFIG.max_json_mb)
        return _with(fields, body_name=name), size
    outgoing.check_address(url, purpose="import")
    return _with(fields, url=url), -1


def _with(spec: ImportTasks, **changes: object) -> ImportTasks:
    return ImportTasks(**{**spec.__dict__, **changes})


def _names(request: HttpRequest, parameter: str) -> list[str]:
    return [name.strip() for text in request.GET.getlist(parameter) for name in text.split(",") if name.strip()]


def keep_body(stream: BinaryIO, project: Project, max_mb: int) -> tuple[str, int]:
    """Write a body to a file of ours that outlives the request; returns its stored name and size."""
    name = f"pending/{project.pk}-{new_secret(16)}.json"
    path = media_path(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with path.open("xb") as file:
            size = _copy(stream, file, max_mb)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return name, size


def _copy(stream: BinaryIO, file: BinaryIO, max_mb: int) -> int:
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > max_mb * 1024 * 1024:
            raise TooLarge(f"The request is too large: at most {max_mb} MB are allowed.")
        file.write(chunk)
    if not size:
        raise Invalid.items([NOTHING])
    return size


def forget_body(name: str) -> None:
    """Delete a kept body."""
    if name:
        media_path(name).unlink(missing_ok=True)


def keep_files(who: Actor, project: Project, files: Sequence[UploadedFile[Any]]) -> list[FileUpload]:
    """Store all files of a request, or none of them."""
    if len(files) > MAX_FILES:
        raise TooLarge(f"At most {MAX_FILES} files can be sent at once.")
    left = settings.CONFIG.max_upload_mb * 1024 * 1024
    stored: list[FileUpload] = []
    try:
        for file in files:
            upload = store_upload(
                project=project, user=who.user, name=file.name or "", source=cast(BinaryIO, file), max_bytes=left
            )
            stored.append(upload)
            left -= upload.size_bytes
    except BaseException:
        discard_uploads(stored)
        raise
    return stored


def fetch(who: Actor, project: Project, url: str) -> FileUpload:
    """Fetch a file from an address and store it as an upload."""
    name = unquote(PurePosixPath(urlsplit(url).path).name) or "tasks.json"
    limit = settings.CONFIG.max_upload_mb * 1024 * 1024
    with outgoing.download(url, purpose="import", max_bytes=limit) as stream:
        return store_upload(project=project, user=who.user, name=name, source=stream, max_bytes=limit)


def clear_pending(older_than_s: float) -> int:
    """Delete bodies that nobody came back for; returns how many."""

    folder = media_path("pending")
    count = 0
    for path in folder.glob("*.json") if folder.is_dir() else ():
        if now().timestamp() - path.stat().st_mtime > older_than_s:
            path.unlink(missing_ok=True)
            count += 1
    return count
