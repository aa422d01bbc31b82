"""Files of projects over HTTP: uploads, local files, thumbnails. Each request is checked; nothing runs in a browser.

The type comes from our own table, never from a client. What a browser could run is sandboxed; what it cannot show is
downloaded.
"""

import os
import re
from collections.abc import Callable, Iterator
from email.utils import formatdate
from functools import wraps
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.http import parse_http_date_safe

from postil.accounts.access import Actor, actor
from postil.core.errors import Forbidden, Invalid, NotAllowed, NotFound
from postil.formats.detect import content_type_of, is_inline
from postil.imports.access import get_stored_file
from postil.infra.failures import answer_to
from postil.infra.paths import open_below
from postil.storages.resolving import check_local_file
from postil.tasks.access import get_task
from postil.web import thumbnails

CHUNK = 256 * 1024
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
# What a browser could run.
ACTIVE_TYPES = frozenset({"text/html", "application/xml", "image/svg+xml", "application/pdf"})
PLAIN = "default-src 'none'; frame-ancestors 'self'"
NO_BYTES = (0, -1)  # the range that was asked for lies outside
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
View = Callable[..., HttpResponseBase]


def signed_in(view: Callable[..., HttpResponseBase]) -> View:
    """Let a view run for GET and HEAD of somebody with an account; errors become the API's body.

    The view itself checks the right to the project.
    """

    @wraps(view)
    def guarded(request: HttpRequest, **arguments: str) -> HttpResponseBase:
        try:
            _only_reading(request)
            return view(request, actor(request), **arguments)
        except Exception as error:
            return answer_to(request, error)

    return guarded


def _only_reading(request: HttpRequest) -> None:
    if request.method not in ("GET", "HEAD"):
        raise NotAllowed


@signed_in
def uploaded_file(request: HttpRequest, who: Actor, project_id: int, name: str) -> HttpResponseBase:
    """Answer with an upload of a project that one may see."""
    return _stored(request, who, f"upload/{project_id}/{name}")


@signed_in
def uploaded_by_path(request: HttpRequest, who: Actor) -> HttpResponseBase:
    """Answer with an upload named by `filepath`: what model servers and old clients ask for."""
    filepath = request.GET.get("filepath", "")
    if not filepath:
        raise NotFound("The parameter filepath is missing.")
    try:
        return _stored(request, who, filepath.removeprefix("/data/").lstrip("/"))
    except NotFound:
        # LS: what is missing and what belongs to others is refused alike; clients then ask for the file elsewhere.
        raise Forbidden from None


def _stored(request: HttpRequest, who: Actor, stored_name: str) -> HttpResponseBase:
    upload = get_stored_file(who, stored_name)
    file = open_below(Path(settings.MEDIA_ROOT), upload.stored_name)
    return serve(request, file, upload.stored_name, upload.given_name)


@signed_in
def local_file(request: HttpRequest, who: Actor) -> HttpResponseBase:
    """Answer with a file below the document root, if the operator allows it."""
    config = settings.CONFIG
    if not config.local_files_enabled or not config.local_files_root:
        raise NotFound(
            "Local files are switched off. POSTIL_LOCAL_FILES_ENABLED and POSTIL_LOCAL_FILES_ROOT allow them."
        )
    relative = request.GET.get("d", "")
    if not relative:
        raise Invalid.field("d", "This field is required.")
    check_local_file(who, relative)
    file = open_below(Path(config.local_files_root), relative)
    response = serve(request, file, relative, Path(relative).name)
    response["ETag"] = f"W/{response['ETag']}"  # the operator may change a file in place, within one tick of its clock
    return response


@signed_in
def task_thumbnail(request: HttpRequest, who: Actor, task_id: int) -> HttpResponseBase:
    """Answer with a small picture of an uploaded image that a task shows."""
    task = get_task(who, task_id)
    size = thumbnails.wanted_size(request.GET.get("size", ""))
    made = thumbnails.thumbnail_of(who, task, request.GET.get("key", ""), size)
    response = serve(request, made.open("rb"), made.name, made.name)
    response["Cache-Control"] = "private, max-age=3600"
    return response


def serve(request: HttpRequest, file: BinaryIO, stored_name: str, name: str) -> HttpResponseBase:
    """Answer with a file that is open: whole, one range of it, or "not modified". Closes it.

    `stored_name` decides its type, `name` is what a download is called.
    """
    facts = os.fstat(file.fileno())
    etag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'
    if _is_known(request, etag, facts.st_mtime):
        file.close()
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        response = _content(request, file, facts.st_size, etag)
    response["ETag"] = etag
    response["Last-Modified"] = formatdate(facts.st_mtime, usegmt=True)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-cache"
    return dressed(response, stored_name, name)


def dressed(response: HttpResponseBase, stored_name: str, name: str) -> HttpResponseBase:
    """Put the type and the headers on a file's answer that keep it from doing harm."""
    kind = content_type_of(stored_name)
    response["Content-Type"] = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX if kind in ACTIVE_TYPES else PLAIN
    way = "inline" if is_inline(stored_name) else "attachment"
    response["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(name, safe='')}"
    return response


def _is_known(request: HttpRequest, etag: str, modified_at: float) -> bool:
    tags = request.headers.get("If-None-Match")
    if tags is not None:
        return "*" in tags or etag in {tag.strip().removeprefix("W/") for tag in tags.split(",")}
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and int(modified_at) <= since


def _content(request: HttpRequest, file: BinaryIO, size: int, etag: str) -> HttpResponseBase:
    wanted = _range(request, size, etag)
    if wanted == NO_BYTES:
        file.close()
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    if wanted is None:
        whole = FileResponse(file)
        whole["Content-Length"] = str(size)
        return whole
    start, end = wanted
    file.seek(start)
    part = StreamingHttpResponse(_pieces(file, end - start + 1), status=206)
    part["Content-Range"] = f"bytes {start}-{end}/{size}"
    part["Content-Length"] = str(end - start + 1)
    return part


def _range(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """Return first and last byte, `NO_BYTES`, or None for the whole file. Several ranges mean the whole file."""
    found = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    condition = request.headers.get("If-Range")
    if found is None or (condition is not None and condition.strip() != etag):
        return None
    first, last = found.groups()
    if len(first) > 18 or len(last) > 18 or not (first or last):
        return None
    if not first:
        length = min(int(last), size)
        return (size - length, size - 1) if length else NO_BYTES
    start = int(first)
    if start >= size:
        return NO_BYTES
    if last and int(last) < start:
        return None
    return start, min(int(last), size - 1) if last else size - 1


def _pieces(file: BinaryIO, length: int) -> Iterator[bytes]:
    with file:
        while length > 0 and (piece := file.read(min(CHUNK, length))):
            length -= len(piece)
            yield piece


urlpatterns = [
    path("data/upload/<int:project_id>/<str:name>", uploaded_file, name="uploaded-file"),
    path("storage-data/uploaded/", uploaded_by_path, name="uploaded-by-path"),
    path("data/local-files/", local_file, name="local-file"),
    path("api/tasks/<int:task_id>/thumbnail/", task_thumbnail, name="task-thumbnail"),
]
