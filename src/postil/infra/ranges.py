"""Answers with a file: whole, the part that was asked for, or "not modified", so that downloads can go on."""

import os
import re
from collections.abc import Iterator
from email.utils import formatdate
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_http_date_safe

CHUNK = 256 * 1024
NO_BYTES = (0, -1)  # the range that was asked for lies outside
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def answer_with_file(request: HttpRequest, file: BinaryIO) -> HttpResponseBase:
    """Answer with a file on disk that is open: whole, one range of it, or "not modified". Closes it."""
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
