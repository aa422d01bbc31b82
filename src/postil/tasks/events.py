"""What happened to tasks and annotations."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TasksCreated:
    project_id: int
    task_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TaskDataChanged:
    """The data of tasks was replaced or got another field."""

    project_id: int
    task_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TasksDeleted:
    project_id: int
    task_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnnotationCreated:
    project_id: int
    task_id: int
    annotation_id: int
    is_ground_truth: bool = False


@dataclass(frozen=True, slots=True)
class AnnotationsCreated:
    """Several at once, by a bulk action."""

    project_id: int
    annotation_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnnotationUpdated:
    project_id: int
    task_id: int
    annotation_id: int
    is_ground_truth: bool = False


@dataclass(frozen=True, slots=True)
class AnnotationsUpdated:
    """Several at once, by a bulk action."""

    project_id: int
    annotation_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnnotationsDeleted:
    project_id: int
    annotation_ids: tuple[int, ...]
