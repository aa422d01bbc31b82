"""What storages look like in the API; each kind adds the parameters of its own."""

from typing import Annotated, NotRequired

from pydantic import ConfigDict
from typing_extensions import TypedDict

from postil.infra.shapes import Json, Moment, one_of


class SyncError(TypedDict):
    """An object or annotation that a sync could not take."""

    where: str
    reason: str


class SyncMeta(TypedDict):
    """What is known of the last sync; times and counts lie beside the errors."""

    __pydantic_config__ = ConfigDict(extra="allow")  # type: ignore[misc]  # how pydantic reads it of a TypedDict

    errors: NotRequired[list[SyncError]]


class Storage(TypedDict):
    """A source or target of tasks, with the parameters of its kind; secrets never come back."""

    __pydantic_config__ = ConfigDict(extra="allow")  # type: ignore[misc]  # how pydantic reads it of a TypedDict

    id: int
    type: str
    synchronizable: bool
    project: int
    created_at: Moment
    status: Annotated[
        str, one_of("initialized", "queued", "in_progress", "failed", "completed", "completed_with_errors")
    ]
    traceback: str | None
    meta: SyncMeta
    last_sync: Moment | None
    last_sync_count: int | None
    last_sync_job: str | None
    sync_every: int
    next_sync_at: Moment | None
    secrets_set: list[str]
    title: str | None
    description: str | None
    regex_filter: str | None
    use_blob_urls: bool
    presign: NotRequired[bool]
    presign_ttl: NotRequired[int]
    recursive_scan: NotRequired[bool]
    can_delete_objects: NotRequired[bool | None]
    export_format: NotRequired[str]
    waiting_count: NotRequired[int]
    failed_count: NotRequired[int]


class Option(TypedDict):
    """One value that a field may have."""

    value: str
    title: str


class Field(TypedDict):
    """One field of a form."""

    name: str
    title: str
    type: Annotated[str, one_of("text", "secret", "number", "boolean", "multiline", "select")]
    section: Annotated[str, one_of("place", "access", "content", "sync")]
    required: bool
    default: Json
    help: str
    placeholder: str
    options: list[Option]
    is_secret: bool


class StorageType(TypedDict):
    """A kind of storage; with its form if that was asked for."""

    name: str
    title: str
    note: NotRequired[str]
    is_available: NotRequired[bool]
    install: NotRequired[str | None]
    fields: NotRequired[list[Field]]


class ShownField(TypedDict):
    """One field of a form as older pages lay it out."""

    name: str
    title: str
    type: str
    section: str
    required: bool
    default: Json
    help: str
    placeholder: str
    options: list[Option]
    is_secret: bool
    label: str
    description: str


class StorageFormRow(TypedDict):
    """One row of a form."""

    columnCount: int
    fields: list[ShownField]


class Step(TypedDict):
    """One thing that was tried."""

    name: str
    title: str
    state: Annotated[str, one_of("ok", "failed", "skipped", "warning")]
    detail: str
    fix: str
    field: str


class Diagnosis(TypedDict):
    """What works with a storage and what does not."""

    ok: bool
    steps: list[Step]
    browser_url: str | None


class StoredFile(TypedDict):
    """An object in a storage; all null when there are more."""

    key: str | None
    last_modified: str | None
    size: int | None


class StoredFiles(TypedDict):
    """The first objects that a sync would look at."""

    files: list[StoredFile]
