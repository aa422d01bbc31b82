"""Gets the files that tasks name: data URLs, files of the labeling server, files in storages, plain addresses."""

import base64
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

import httpx

from postil_client._auth import KeyAuth
from postil_ml.model import Introduction

MAX_BYTES = 512 * 1024 * 1024
TIMEOUT_S = 60.0


class UnreadableFileError(ValueError):
    """A file of a task cannot be had."""


def read_file(introduction: Introduction, value: str, task_id: int | None = None) -> bytes:
    """Return the content of what a task's data names; the key is sent to the labeling server only.

    Files in storages (`s3://…`) need the task's id. Raises `UnreadableFileError`.
    """
    if value.startswith("data:"):
        return _inline(value)
    address, with_key = _address(introduction, value, task_id)
    host = introduction.hostname.rstrip("/")
    auth = KeyAuth(introduction.access_token, f"{host}/api/token/refresh/") if with_key else None
    parts: list[bytes] = []
    try:
        with (
            httpx.Client(auth=auth, timeout=TIMEOUT_S, follow_redirects=True) as link,
            link.stream("GET", address) as answer,
        ):
            answer.raise_for_status()
            size = 0
            for part in answer.iter_bytes():
                size += len(part)
                if size > MAX_BYTES:
                    raise UnreadableFileError(f"{value[:200]} is larger than {MAX_BYTES} bytes.")
                parts.append(part)
    except httpx.HTTPError as error:
        raise UnreadableFileError(f"{value[:200]} cannot be read: {error}") from error
    return b"".join(parts)


def _inline(value: str) -> bytes:
    head, comma, content = value.partition(",")
    if not comma:
        raise UnreadableFileError("A data URL needs a comma.")
    try:
        return base64.b64decode(content, validate=True) if head.endswith(";base64") else unquote_to_bytes(content)
    except ValueError as error:
        raise UnreadableFileError(f"A data URL is broken: {error}") from None


def _address(introduction: Introduction, value: str, task_id: int | None) -> tuple[str, bool]:
    host = introduction.hostname.rstrip("/") + "/"
    scheme = urlsplit(value).scheme
    if scheme in ("http", "https"):
        return value, value.startswith(host)
    if not introduction.hostname:
        raise UnreadableFileError("The labeling server did not say where it is.")
    if not scheme:
        return urljoin(host, value), True
    if task_id is None:
        raise UnreadableFileError(f"{value[:200]} lies in a storage: the task's id is needed.")
    name = base64.urlsafe_b64encode(value.encode()).decode()
    return f"{host}tasks/{task_id}/presign/?fileuri={name}", True
