"""Writes of storages: connecting, changing, asking for a sync."""

from datetime import timedelta
from typing import Any, TypedDict

from django.db import transaction

from postil.accounts import audit
from postil.accounts.access import Actor
from postil.core.clock import iso, now
from postil.core.errors import Invalid
from postil.formats.exporters import EXPORTERS
from postil.infra.jobs import ENDED, enqueue
from postil.infra.models import Job
from postil.projects.models import Project
from postil.storages.enums import UNDER_WAY, SyncStatus
from postil.storages.filters import check_filter
from postil.storages.jobs import SyncStorage
from postil.storages.models import Storage
from postil.storages.provider import Params, fields_marked
from postil.storages.stores import opened_secrets, provider_of, read_params, sealed

COLUMNS = {
    "title": "title",
    "description": "description",
    "regex_filter": "regex_filter",
    "use_blob_urls": "use_blob_urls",
    "recursive_scan": "recursive_scan",
    "presign": "presign",
    "presign_ttl": "presign_ttl_minutes",
    "can_delete_objects": "can_delete_objects",
    "export_format": "export_format",
    "sync_every": "sync_every_minutes",
    "synchronizable": "is_synchronizable",
}
NULLABLE = frozenset({"title", "description", "regex_filter", "can_delete_objects"})


class StorageFields(TypedDict, total=False):
    """What may be given: the columns above, and under `params` what the provider asks for, with its secrets."""

    title: str | None
    description: str | None
    regex_filter: str | None
    use_blob_urls: bool
    recursive_scan: bool
    presign: bool
    presign_ttl: int
    can_delete_objects: bool | None
    export_format: str
    sync_every: int
    synchronizable: bool
    params: dict[str, Any]


def create_storage(*, who: Actor, project: Project, kind: str, is_target: bool, fields: StorageFields) -> Storage:
    """Connect a storage; a target starts its first sync by itself."""
    storage = Storage(project=project, kind=kind, is_target=is_target, created_by=who.user)
    apply(storage, fields)  # looks names up: outside of the transaction
    with transaction.atomic():
        storage.save()
        _note(who, "storage.created", storage, fields)
        return request_sync(who=who, storage=storage) if is_target and storage.is_synchronizable else storage


def update_storage(*, who: Actor, storage: Storage, fields: StorageFields) -> Storage:
    """Change what is named in `fields`; empty secrets stay as they were, unless the storage moves to another place."""
    apply(storage, fields)
    with transaction.atomic():
        storage.save()
        _note(who, "storage.changed", storage, fields)
    return storage


@transaction.atomic
def delete_storage(*, who: Actor, storage: Storage) -> None:
    """Disconnect a storage: its tasks stay, its objects too."""
    _note(who, "storage.deleted", storage, {})
    storage.delete()


@transaction.atomic
def request_sync(*, who: Actor, storage: Storage) -> Storage:
    """Have the storage synced by a job; one that waits or runs already is enough."""
    storage = Storage.objects.select_for_update().get(pk=storage.pk)
    if not storage.is_synchronizable:
        raise Invalid.field("synchronizable", "This storage must not be synced: set synchronizable to true first.")
    running = Job.objects.filter(pk__in=[storage.last_sync_job]).exclude(state__in=ENDED)
    if storage.status in UNDER_WAY and running.exists():
        return storage
    moment = now()
    spec = SyncStorage(storage.pk, who.organization.pk, who.user.pk, moment.isoformat())
    unit = "annotations" if storage.is_target else "objects"
    job = enqueue(spec, who=who.user, organization_id=who.organization.pk, project_id=storage.project_id, unit=unit)
    storage.status, storage.error, storage.last_sync_job = SyncStatus.QUEUED, None, job.pk
    storage.meta = {"attempts": int(storage.meta.get("attempts", 0)) + 1, "time_queued": iso(moment)}
    if storage.sync_every_minutes:
        storage.next_sync_at = moment + timedelta(minutes=storage.sync_every_minutes)
    storage.save(update_fields=["status", "error", "last_sync_job", "meta", "next_sync_at", "updated_at"])
    return storage


def apply(storage: Storage, fields: StorageFields) -> Params:
    """Set what is given on the row, which is not saved; returns all parameters. Raises `Invalid` with the field."""
    given: dict[str, Any] = dict(fields)
    for name, column in COLUMNS.items():
        if name in given and (given[name] is not None or name in NULLABLE):
            setattr(storage, column, given[name])
    check_filter(storage.regex_filter)
    if storage.export_format and storage.export_format not in EXPORTERS:
        raise Invalid.field("export_format", f"{storage.export_format} is not supported export format")
    if "sync_every" in given:
        every = storage.sync_every_minutes
        storage.next_sync_at = now() + timedelta(minutes=every) if every else None
    return _apply_params(storage, given.get("params") or {})


def _apply_params(storage: Storage, given: dict[str, Any]) -> Params:
    provider = provider_of(storage.kind)
    secret = fields_marked(provider.params, "secret")
    moves = fields_marked(provider.params, "moves")
    known = opened_secrets(storage)
    before = {**storage.params, **known}
    sent = {name: value for name, value in given.items() if not (name in secret and value in (None, ""))}
    if known and any(name in sent and _differs(sent[name], before.get(name)) for name in moves):
        missing = sorted(name for name in known if name not in sent)
        if missing:
            words = "The storage moves to another place: give this again."
            raise Invalid(fields={name: [words] for name in missing})
    params = read_params(storage.kind, {**before, **sent})
    provider.check(params, is_target=storage.is_target)
    values = params.model_dump()
    storage.params = {name: value for name, value in values.items() if name not in secret}
    storage.secrets = sealed({name: values[name] for name in secret})
    return params


def _differs(given: Any, before: Any) -> bool:
    return str(given or "").strip().rstrip("/") != str(before or "").strip().rstrip("/")


def _note(who: Actor, action: str, storage: Storage, fields: StorageFields) -> None:
    params = fields.get("params") or {}
    names = sorted([*(name for name in fields if name != "params"), *params])
    audit.record(
        who,
        action,
        object_type="storage",
        object_id=storage.pk,
        project_id=storage.project_id,
        details={"kind": storage.kind, "target": storage.is_target, "fields": names},
    )
