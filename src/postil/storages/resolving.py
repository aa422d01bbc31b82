"""Addresses of objects in task data: rewritten to ones that a browser can open, and opened for those who may."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest

from postil.accounts.access import Actor, maybe_actor
from postil.accounts.permissions import Permission
from postil.core.errors import Invalid, NotFound, PostilError
from postil.infra.paths import path_below
from postil.projects.models import Project
from postil.storages.filters import wanted
from postil.storages.models import Storage, StorageLink
from postil.storages.provider import folder_of
from postil.storages.queries import sources_of, visible_storages
from postil.storages.stores import plain_params_of, provider_of
from postil.tasks.models import Task

LOCAL = "localfiles"
# Every root of a provider whose objects a browser cannot open by itself.
_SCHEME = re.compile(r"(?:s3|gs|azure-blob|redis)://")
_QUOTED = re.compile(r"""(["'])((?:s3|gs|azure-blob|redis)://(?:(?!\1)[^<>])+)\1""")
_REMEMBERED = "_storage_roots"


@dataclass(frozen=True, slots=True)
class Found:
    """An object that somebody may open."""

    storage: Storage
    key: str


def resolve_data(project: Project, task_id: int, text: str) -> str:
    """Return task data (JSON text) with the addresses that a source of the project covers rewritten."""
    if not _SCHEME.search(text):
        return text
    roots = _roots(project)
    if not any(root in text or root.replace("/", "\\/") in text for root in roots):
        return text
    changed = _rewritten(orjson.loads(text), f"/tasks/{task_id}/resolve/?fileuri=", roots)
    return orjson.dumps(changed).decode()


def _roots(project: Project) -> tuple[str, ...]:
    """Return what the project's sources cover; asked once for each time the project was loaded."""
    known = project.__dict__.get(_REMEMBERED)
    if known is None:
        sources = sources_of(project).exclude(kind=LOCAL)
        known = tuple({root for source in sources if (root := _root(source))})
        project.__dict__[_REMEMBERED] = known
    return tuple(known)


def _root(source: Storage) -> str:
    try:
        return provider_of(source.kind).root(plain_params_of(source))
    except PostilError:  # the row is of an earlier version, or local files were switched off
        return ""


def _rewritten(value: Any, begin: str, roots: tuple[str, ...]) -> Any:
    if isinstance(value, str):
        return _rewritten_text(value, begin, roots)
    if isinstance(value, list):
        return [_rewritten(item, begin, roots) for item in value]
    if isinstance(value, dict):
        return {name: _rewritten(item, begin, roots) for name, item in value.items()}
    return value


def _rewritten_text(text: str, begin: str, roots: tuple[str, ...]) -> str:
    """Rewrite a text that is an address, or the quoted addresses in one that is HTML."""
    if text.startswith(roots):
        return begin + encoded(text)
    if not _SCHEME.search(text):
        return text

    def address(match: "re.Match[str]") -> str:
        mark, uri = match.group(1), match.group(2)
        return f"{mark}{begin}{encoded(uri)}{mark}" if uri.startswith(roots) else match.group(0)

    return _QUOTED.sub(address, text)


def encoded(uri: str) -> str:
    """Return an address as `fileuri` holds it."""
    return urlsafe_b64encode(uri.encode()).decode()


def decoded(text: str) -> str:
    """Return the address in a `fileuri`: base64 for addresses, or the plain one. Raises `Invalid` for neither."""
    if not text:
        raise Invalid.field("fileuri", "This field is required.")
    if "://" in text:
        return text
    plain = text.replace(" ", "-").replace("+", "-").replace("/", "_").rstrip("=")
    try:
        uri = urlsafe_b64decode(plain + "=" * (-len(plain) % 4)).decode()
    except (Base64Error, UnicodeDecodeError, ValueError):
        raise Invalid.field("fileuri", "This is neither an address nor base64 of one.") from None
    if "://" not in uri or "\x00" in uri:
        raise Invalid.field("fileuri", "This is no address of an object.")
    return uri


def find_object(who: Actor, project: Project, uri: str, task: Task | None = None) -> Found:
    """Return where the object with this address lies; raises `NotFound` for what the person may not open.

    People who label may open what the task names, and what a source brings in; people who may change storages may
    open whatever lies in a source's bucket.
    """
    found = None
    for storage in sources_of(project).exclude(kind=LOCAL).order_by("pk"):
        root = _root(storage)
        if not root or not uri.startswith(root):
            continue
        candidate = Found(storage, uri.removeprefix(root))
        if is_brought(candidate):
            return candidate
        found = found or candidate
    if found is None or not found.key:
        raise NotFound("No storage of this project covers this address.")
    if who.may(Permission.STORAGE_CHANGE) or (task is not None and _names(task.data, uri)):
        return found
    raise NotFound("No storage of this project covers this address.")


def is_brought(found: Found) -> bool:
    """Whether an object is one of those that its source brings in."""
    storage = found.storage
    prefix = storage.params.get("path") or "" if storage.kind == "redis" else folder_of(storage.params.get("prefix"))
    return bool(found.key) and found.key.startswith(prefix) and wanted(storage.regex_filter)(found.key)


def _names(value: Any, uri: str) -> bool:
    if isinstance(value, str):
        return uri in value
    if isinstance(value, list):
        return any(_names(item, uri) for item in value)
    return isinstance(value, dict) and any(_names(item, uri) for item in value.values())


def check_local_file(who: Actor, relative: str) -> None:
    """Raise `NotFound` unless a source of local files in a project that `who` may see holds this file."""
    root = Path(settings.CONFIG.local_files_root)
    path = path_below(root, relative)
    folders = visible_storages(who, is_target=False, kind=LOCAL).values_list("params", flat=True)
    if not any(Path(params.get("path", "")).resolve() in path.parents for params in folders):
        raise NotFound("No local storage of a project that you may see holds this file.")


def object_names(task_ids: Collection[int]) -> dict[int, str]:
    """Return the keys of the objects that tasks came from, by task."""
    return dict(StorageLink.objects.filter(task_id__in=list(task_ids)).values_list("task_id", "key"))


def media_origins(request: HttpRequest) -> list[str]:
    """Return the origins that pages of this person are sent to for objects."""
    who = maybe_actor(request)
    if who is None:
        return []
    found: dict[str, None] = {}
    for storage in visible_storages(who, is_target=False).filter(presign=True):
        try:
            found.update(dict.fromkeys(provider_of(storage.kind).origins(plain_params_of(storage))))
        except PostilError:
            continue
    return list(found)
