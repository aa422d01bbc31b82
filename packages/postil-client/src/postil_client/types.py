"""The objects of the API as typed dictionaries: what a script reads most. Further keys may be there."""

from typing import Any, TypedDict

Result = list[dict[str, Any]]


class User(TypedDict, total=False):
    """A person."""

    id: int
    email: str
    first_name: str
    last_name: str


class ProjectInfo(TypedDict, total=False):
    """A project with its counters."""

    id: int
    title: str
    description: str | None
    label_config: str
    parsed_label_config: dict[str, Any]
    created_at: str
    created_by: User | None
    maximum_annotations: int
    model_version: str
    task_number: int
    finished_task_number: int
    num_tasks_with_annotations: int
    total_annotations_number: int
    total_predictions_number: int
    skipped_annotations_number: int
    ground_truth_number: int


class Annotation(TypedDict, total=False):
    """What one person said about a task. `lead_time` is in seconds; `etag` names this version of it."""

    id: int
    task: int
    project: int
    result: Result
    completed_by: int | User
    was_cancelled: bool
    ground_truth: bool
    lead_time: float | None
    created_at: str
    updated_at: str
    unique_id: str
    etag: str | None


class Prediction(TypedDict, total=False):
    """What a model said about a task. `score` is the model's own confidence."""

    id: int
    task: int
    project: int
    result: Result
    score: float | None
    model_version: str
    created_at: str


class Task(TypedDict, total=False):
    """One thing to label. `data` holds what the label config shows."""

    id: int
    inner_id: int
    project: int
    data: dict[str, Any]
    meta: dict[str, Any]
    is_labeled: bool
    overlap: int
    total_annotations: int
    cancelled_annotations: int
    total_predictions: int
    annotations: list[Annotation]
    predictions: list[Prediction]
    created_at: str
    updated_at: str


class ImportResult(TypedDict, total=False):
    """What an import stored. `task_ids` is there if it was asked for."""

    task_count: int
    annotation_count: int
    prediction_count: int
    task_ids: list[int]
    data_columns: list[str]
    found_formats: dict[str, int]


class PredictionsResult(TypedDict, total=False):
    """What an import of predictions stored, and the items that do not fit."""

    created: int
    errors: list[dict[str, Any]]


class Progress(TypedDict):
    """How far a job is; `total` is None while nobody knows it."""

    done: int
    total: int | None
    unit: str


class Job(TypedDict, total=False):
    """Work in the background: queued, running, completed, failed or cancelled."""

    id: str
    kind: str
    title: str
    state: str
    project: int | None
    progress: Progress
    error: str
    error_count: int
    result: dict[str, Any]
