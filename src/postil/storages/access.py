"""The only way from a person and an id to a storage."""

from postil.accounts.access import Actor, require
from postil.accounts.permissions import Permission
from postil.core.errors import NotFound
from postil.storages import queries
from postil.storages.models import Storage


def get_storage(who: Actor, storage_id: int, *, kind: str, is_target: bool) -> Storage:
    """Return the storage if `who` may see its project and change storages; to others it does not exist."""
    require(who, Permission.STORAGE_CHANGE)
    found = queries.visible_storages(who, is_target=is_target, kind=kind).select_related("project")
    storage = found.filter(pk=storage_id).first()
    if storage is None:
        raise NotFound("No storage matches the given query.")
    return storage
