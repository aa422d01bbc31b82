"""Objects of storages over HTTP: a forward to a presigned address, or the bytes through this server."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import path

from postil.accounts.access import Actor
from postil.formats.detect import content_type_of
from postil.infra.waiting import waiting_for_others
from postil.projects.access import get_project
from postil.storages.provider import Content, Store
from postil.storages.resolving import Found, decoded, find_object
from postil.storages.stores import store_of
from postil.tasks.access import get_task
from postil.web.media import dressed, signed_in

KEPT = "private, max-age=3600, must-revalidate"
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
SEE_OTHER = 303


@signed_in
def task_object(request: HttpRequest, who: Actor, task_id: int) -> HttpResponseBase:
    """Answer with an object that a task names."""
    task = get_task(who, task_id)
    uri = decoded(request.GET.get("fileuri", ""))
    return _answer(request, find_object(who, task.project, uri, task))


@signed_in
def project_object(request: HttpRequest, who: Actor, project_id: int) -> HttpResponseBase:
    """Answer with an object that a source of a project brings in."""
    project = get_project(who, project_id)
    return _answer(request, find_object(who, project, decoded(request.GET.get("fileuri", ""))))


def _answer(request: HttpRequest, found: Found) -> HttpResponseBase:
    with waiting_for_others():
        store = store_of(found.storage)
    if found.storage.presign:
        seconds = found.storage.presign_ttl_minutes * 60
        address = store.presign(found.key, seconds, content_type_of(found.key))
        if address is not None:
            headers = {"Location": address, "Cache-Control": f"no-store, max-age={seconds}"}
            return HttpResponse(status=SEE_OTHER, headers=headers)
    return _proxied(request, store, found.key)


def _proxied(request: HttpRequest, store: Store, key: str) -> HttpResponseBase:
    """Stream an object or a part of it."""
    with waiting_for_others():
        content, is_part = _content(request, store, key)
    response: HttpResponseBase
    if content.etag and content.etag in request.headers.get("If-None-Match", ""):
        _close(content)
        response = HttpResponseNotModified()
    else:
        response = StreamingHttpResponse(content.chunks, status=206 if is_part else 200)
        response["Content-Length"] = str(content.last - content.first + 1)
    if is_part:
        response["Content-Range"] = f"bytes {content.first}-{content.last}/{content.size}"
    if content.etag:
        response["ETag"] = content.etag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = KEPT
    return dressed(response, key, key.rsplit("/", 1)[-1])


def _content(request: HttpRequest, store: Store, key: str) -> tuple[Content, bool]:
    """Return what is asked for, and whether that is a part. Several ranges mean the whole object."""
    wanted = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if wanted is None or not any(wanted.groups()) or "If-Range" in request.headers:
        return store.read(key), False
    first, last = wanted.groups()
    if first:
        if last and int(last) < int(first):
            return store.read(key), False
        return store.read(key, int(first), int(last) if last else None), True
    head = store.read(key, 0, 0)
    _close(head)
    return store.read(key, max(head.size - int(last), 0)), True


def _close(content: Content) -> None:
    close: Callable[[], None] | None = getattr(content.chunks, "close", None)
    if close is not None:
        close()


urlpatterns = [
    path(f"{kind}/<int:{name}>/{word}/", view, name=f"{name}-{word}")
    for kind, name, view in (("tasks", "task_id", task_object), ("projects", "project_id", project_object))
    for word in ("resolve", "presign")
]
