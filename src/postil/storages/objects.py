"""Objects of a project's sources as files, for exports that carry the media with them."""

import logging
from collections.abc import Callable, Iterator
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

from postil.core.errors import PostilError
from postil.storages.models import Storage
from postil.storages.provider import Store, StoreFailed
from postil.storages.providers.localfiles import ADDRESS
from postil.storages.queries import sources_by_project
from postil.storages.stores import plain_params_of, provider_of, store_of

logger = logging.getLogger(__name__)
IN_MEMORY = 1024 * 1024


def opener(project_id: int) -> Callable[[str], BinaryIO | None]:
    """Return what gives the object that an address in the project's task data means, or None if no source covers it."""
    sources = [(root, storage) for storage in sources_by_project(project_id) for root in _roots(storage)]

    def opened(address: str) -> BinaryIO | None:
        plain = _plain(address)
        for root, storage in sources:
            if plain.startswith(root) and len(plain) > len(root):
                try:
                    return _whole(store_of(storage), plain.removeprefix(root))
                except PostilError as problem:
                    logger.info("storage %s: %s: %s", storage.pk, plain, problem.detail)
        return None

    return opened


def _roots(storage: Storage) -> list[str]:
    try:
        return [_plain(provider_of(storage.kind).root(plain_params_of(storage)))]
    except PostilError:  # the row is of an earlier version, or local files were switched off
        return []


def _plain(address: str) -> str:
    """Return an address as roots are spelled: of local files the path is decoded."""
    if not address.startswith(ADDRESS):
        return address
    return ADDRESS + parse_qs(urlsplit(address).query).get("d", [""])[0]


def _whole(store: Store, key: str) -> BinaryIO:
    """Return an object as a file; raises `StoreFailed` for one that is larger than uploads may be."""
    file = cast(BinaryIO, SpooledTemporaryFile(max_size=IN_MEMORY, prefix="postil-object-"))  # noqa: SIM115 -- the caller closes it
    try:
        for chunk in _limited(store.read(key).chunks):
            file.write(chunk)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _limited(chunks: Iterator[bytes]) -> Iterator[bytes]:
    received = 0
    for chunk in chunks:
        received += len(chunk)
        if received > settings.CONFIG.max_upload_mb * 1024 * 1024:
            raise StoreFailed(f"The object is larger than {settings.CONFIG.max_upload_mb} MB.")
        yield chunk
