"""What imports and uploads look like in the API."""

from typing import Annotated, Any, NotRequired

from pydantic import WithJsonSchema
from typing_extensions import TypedDict

from postil.infra.shapes import Job, Moment, one_of

# LS: an empty list when nothing came as a file.
FoundFormats = Annotated[
    Any,
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "object", "additionalProperties": {"type": "integer"}},
                {"type": "array", "items": {}, "maxItems": 0},
            ]
        }
    ),
]


class ImportCounts(TypedDict):
    """What an import brought. Without `commit_to_project` nothing is made and the counts are null."""

    task_count: int
    annotation_count: int | None
    prediction_count: int | None
    duration: float
    file_upload_ids: list[int]
    could_be_tasks_list: NotRequired[bool]
    found_formats: FoundFormats
    data_columns: list[str]
    task_ids: NotRequired[list[int]]


ImportStarted = TypedDict("ImportStarted", {"import": NotRequired[str], "reimport": NotRequired[str], "job": Job})
ImportStarted.__doc__ = "An import that goes on in a job; `import` is what older clients ask for."


class ImportState(TypedDict):
    """How far an import is that was not done within its request."""

    id: str
    project: int
    status: Annotated[str, one_of("created", "in_progress", "completed", "failed")]
    error: str | None
    created_at: Moment
    finished_at: Moment | None
    task_ids: list[int]
    task_count: int
    annotation_count: int | None
    prediction_count: int | None
    duration: float
    file_upload_ids: NotRequired[list[int]]
    could_be_tasks_list: NotRequired[bool]
    found_formats: NotRequired[FoundFormats]
    data_columns: NotRequired[list[str]]


class PredictionProblem(TypedDict):
    """A prediction that was not taken; `item` counts from 0."""

    item: int
    task: int
    reason: str


class PredictionsImported(TypedDict):
    """How many predictions were stored, and which were not."""

    created: int
    errors: NotRequired[list[PredictionProblem]]


class FileUpload(TypedDict):
    """An uploaded file."""

    id: int
    file: str
    size: int


class Deleted(TypedDict):
    """How many are gone."""

    deleted: int
