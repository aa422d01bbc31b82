"""What tasks and what hangs on them look like in the API."""

from typing_extensions import TypedDict

from postil.accounts.shapes import UserSimple, UserWithInitials
from postil.infra.shapes import JsonObject, Moment, Result


class EditedBy(TypedDict):
    """Who changed a task last."""

    user_id: int


class TaskFields(TypedDict):
    """What every form of a task has."""

    id: int
    data: JsonObject
    meta: JsonObject
    created_at: Moment
    updated_at: Moment
    is_labeled: bool
    overlap: int
    inner_id: int
    total_annotations: int
    cancelled_annotations: int
    total_predictions: int
    comment_count: int
    unresolved_comment_count: int
    last_comment_updated_at: Moment | None
    project: int
    comment_authors: list[int]


class TaskWritten(TaskFields):
    """A task as the answer to writing it; `updated_by` and `file_upload` are ids."""

    updated_by: int | None
    file_upload: int | None


class AnnotationFields(TypedDict):
    """What every form of an annotation has."""

    result: Result
    was_cancelled: bool
    ground_truth: bool
    created_at: Moment
    updated_at: Moment
    draft_created_at: Moment | None
    lead_time: float | None
    import_id: int | None
    last_action: str | None
    bulk_created: bool | None
    task: int
    project: int
    updated_by: int | None
    parent_prediction: int | None
    parent_annotation: int | None
    last_created_by: int | None


class Annotation(AnnotationFields):
    """What a person says about a task; `completed_by` is an id, or the author with `expand=completed_by`."""

    id: int
    created_username: str
    created_ago: str
    completed_by: int | UserWithInitials | None


class AnnotationWithAuthor(AnnotationFields):
    """An annotation with its author."""

    id: int
    created_username: str
    created_ago: str
    completed_by: UserWithInitials | None


class AnnotationState(TypedDict):
    """What versions keep of an annotation."""

    result: Result
    config_version: int | None
    lead_time: float | None
    was_cancelled: bool
    ground_truth: bool


class AnnotationVersion(AnnotationState):
    """A state of an annotation."""

    number: int
    action: str
    created_at: Moment
    created_by: UserSimple | None


class Draft(TypedDict):
    """Work that was not submitted yet; `user` is an e-mail address."""

    id: int
    user: str
    created_username: str
    created_ago: str
    result: Result
    lead_time: float | None
    was_postponed: bool
    import_id: int | None
    created_at: Moment
    updated_at: Moment
    task: int
    annotation: int | None


class Prediction(TypedDict):
    """What a model says about a task."""

    id: int
    result: Result
    model_version: str | None
    created_ago: str
    score: float | None
    cluster: int | None
    neighbors: JsonObject | None
    mislabeling: float
    created_at: Moment
    updated_at: Moment
    model: None
    model_run: None
    task: int
    project: int


class TaskWithAnswers(TaskWritten):
    """A task with its annotations and predictions."""

    annotations: list[Annotation]
    predictions: list[Prediction]


class TaskColumns(TaskFields):
    """A task with what the task table computes; `file_upload` is a file name."""

    file_upload: str | None
    updated_by: list[EditedBy]
    drafts: list[Draft]
    annotators: list[int]
    completed_at: Moment | None
    annotations_results: str
    predictions_results: str
    predictions_score: float | None
    storage_filename: str | None
    annotations_ids: str
    predictions_model_versions: str
    avg_lead_time: float | None
    draft_exists: bool


class TaskDetail(TaskColumns):
    """One task with everything on it; of the drafts those of the caller."""

    annotations: list[AnnotationWithAuthor]
    predictions: list[Prediction]


class NextTask(TaskFields):
    """A task that is handed out; `queue` names the rule that chose it."""

    updated_by: list[EditedBy]
    file_upload: int | None
    predictions: list[Prediction]
    annotations: list[Annotation]
    drafts: list[Draft]
    unique_lock_id: str | None
    queue: str


class HistoryItem(TypedDict):
    """A task that somebody was handed, and the newest annotation they made of it."""

    taskId: int
    annotationId: int | None


class Summary(TypedDict):
    """Which data keys, controls and labels are in use, and how often."""

    project: int
    created_at: Moment
    all_data_columns: dict[str, int]
    common_data_columns: list[str]
    created_annotations: dict[str, int]
    created_labels: dict[str, dict[str, int]]
    created_labels_drafts: dict[str, dict[str, int]]


class VersionCount(TypedDict):
    """A model version with its predictions."""

    model_version: str | None
    count: int
    latest: Moment


class ModelVersions(TypedDict):
    """Stored versions, and live model servers if they were asked for."""

    static: list[VersionCount]
    live: list[JsonObject] | None


class DeletedPredictions(TypedDict):
    """How many predictions are gone."""

    deleted_predictions: int
