"""Files of projects over HTTP: uploads, local files, thumbnails. Each request is checked; nothing runs in a browser.

The type comes from our own table, never from a client. What a browser could run is sandboxed; what it cannot show is
downloaded.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path

from postil.accounts.access import Actor, counted_actor
from postil.core.errors import Forbidden, Invalid, NotAllowed, NotFound
from postil.formats.detect import content_type_of, is_inline
from postil.imports.access import get_stored_file
from postil.infra.failures import answer_to
from postil.infra.paths import open_below
from postil.infra.ranges import answer_with_file
from postil.storages.resolving import check_local_file
from postil.tasks.access import get_task
from postil.web import thumbnails

SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
# What a browser could run.
ACTIVE_TYPES = frozenset({"text/html", "application/xml", "image/svg+xml", "application/pdf"})
PLAIN = "default-src 'none'; frame-ancestors 'self'"
View = Callable[..., HttpResponseBase]


def signed_in(view: Callable[..., HttpResponseBase]) -> View:
    """Let a view run for GET and HEAD of somebody with an account; errors become the API's body.

    The view itself checks the right to the project; the keys of model servers open their project's files, too.
    """

    @wraps(view)
    def guarded(request: HttpRequest, **arguments: str) -> HttpResponseBase:
        try:
            _only_reading(request)
            return view(request, counted_actor(request, lent=True, what="files "), **arguments)
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
    response = answer_with_file(request, file)
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


urlpatterns = [
    path("data/upload/<int:project_id>/<str:name>", uploaded_file, name="uploaded-file"),
    path("storage-data/uploaded/", uploaded_by_path, name="uploaded-by-path"),
    path("data/local-files/", local_file, name="local-file"),
    path("api/tasks/<int:task_id>/thumbnail/", task_thumbnail, name="task-thumbnail"),
]
