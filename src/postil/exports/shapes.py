"""What exports look like in the API."""

from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from postil.accounts.shapes import UserSimple
from postil.infra.shapes import JsonObject, Moment, one_of

Status = Annotated[str, one_of("created", "in_progress", "failed", "completed")]


class ExportFormat(TypedDict):
    """A format; `disabled` when it does not suit the label config."""

    name: str
    title: str
    description: str
    link: str
    tags: NotRequired[list[str]]
    disabled: NotRequired[bool]


class ExportFormatWithLimits(ExportFormat):
    """A format with what it carries and what it loses."""

    carries: str
    loses: str
    extension: str


class ConvertedFormat(TypedDict):
    """A snapshot in another format."""

    id: int
    status: Status
    export_type: str
    traceback: str | None
    report: NotRequired[JsonObject]
    job: NotRequired[str]


class ExportCounters(TypedDict):
    """How much is in it."""

    task_number: NotRequired[int]


class Export(TypedDict):
    """A snapshot of a project."""

    title: str
    id: int
    created_by: UserSimple | None
    created_at: Moment
    finished_at: Moment | None
    status: Status
    md5: str
    counters: ExportCounters
    converted_formats: list[ConvertedFormat]
    job: NotRequired[str]
    error: NotRequired[str]


class NewExport(Export):
    """A snapshot that was just asked for. LS: the options are null whatever was sent."""

    task_filter_options: None
    annotation_filter_options: None
    serialization_options: None


class Conversion(TypedDict):
    """A conversion that was asked for."""

    export_type: str
    converted_format: int


class ExportedFile(TypedDict):
    """A finished snapshot and its address."""

    name: str
    url: str


class ExportedFiles(TypedDict):
    """Finished snapshots."""

    export_files: list[ExportedFile]
