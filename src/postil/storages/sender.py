"""Writes annotations into targets: at once when they are made, again later when that failed.

One target is served by one lane at a time, which writes several objects side by side. A target that fails as a whole is
left alone until its next try is due; the others go on.
"""

import threading
from collections.abc import Sequence
from typing import Any

from postil.core.clock import now
from postil.core.errors import PostilError
from postil.infra.helpers import Helpers
from postil.infra.http import to_json
from postil.infra.outbox import Lanes, Outlet, keep_sending
from postil.storages import targets
from postil.storages.documents import annotation_documents
from postil.storages.enums import WriteAction
from postil.storages.models import Storage, StorageWrite
from postil.storages.provider import ObjectGone, Store, sentence
from postil.storages.queries import due_writes
from postil.storages.stores import params_of, provider_of, store_of

BATCH = 200
SIDE_BY_SIDE = 8
JSON = "application/json"
Errors = dict[int, str]


def run_lane(writes: Sequence[StorageWrite]) -> int:
    """Fulfil due wishes of one target; returns how many were tried."""
    token, mine = targets.claim([write.pk for write in writes])
    if not mine:
        return 0
    storage = Storage.objects.get(pk=mine[0].storage_id)
    try:
        errors = fulfil(storage, mine)
    except PostilError as problem:
        errors = {write.pk: sentence(problem) for write in mine}
    except BaseException:
        targets.give_back(token)
        raise
    targets.note_done(token, [write.pk for write in mine if write.pk not in errors])
    if errors:
        targets.note_failed(token, errors)
    return len(mine)


def fulfil(storage: Storage, writes: Sequence[StorageWrite]) -> Errors:
    """Write and delete objects; returns why some failed. Raises when the target cannot be opened at all."""
    store, params, provider = store_of(storage), params_of(storage), provider_of(storage.kind)
    wanted = [write.annotation_id for write in writes if write.action == WriteAction.WRITE]
    documents = annotation_documents(wanted)

    failed: list[str] = []

    def one(write: StorageWrite) -> str:
        if len(failed) >= SIDE_BY_SIDE:
            return failed[0]  # the place is down: the rest need not be tried now
        key = provider.target_key(params, str(write.annotation_id))
        document = documents.get(write.annotation_id)
        error = ""
        if write.action == WriteAction.DELETE:
            error = _said(lambda: store.delete(key))
        elif document is not None:  # one that is gone meanwhile has nothing to write
            error = _said(lambda: put(store, key, document))
        if error:
            failed.append(error)
        return error

    with Helpers(SIDE_BY_SIDE, "target") as pool:
        said = list(pool.map(one, writes))
    return {write.pk: error for write, error in zip(writes, said, strict=True) if error}


def put(store: Store, key: str, document: dict[str, Any]) -> None:
    """Write one annotation."""
    store.write(key, to_json(document), JSON)


def _said(call: Any) -> str:
    try:
        call()
    except ObjectGone:
        return ""
    except PostilError as problem:
        return sentence(problem)
    return ""


def _lanes() -> Lanes[StorageWrite]:
    return Lanes(
        "target",
        due=lambda busy: due_writes(now(), BATCH, except_for=busy),
        receiver_of=lambda write: write.storage_id,
        run=run_lane,
    )


def write_in_background(stop: threading.Event) -> None:
    """Write what is owed until `stop` is set."""
    keep_sending(_lanes(), stop)


outlet = Outlet("targets", _lanes)
