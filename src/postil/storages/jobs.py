"""Work that storages leave for later."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SyncStorage:
    """Bring in what is new in a source, or write what a target lacks. `user_id` is who asked for it."""

    storage_id: int
    organization_id: int
    user_id: int
    asked_at: str
