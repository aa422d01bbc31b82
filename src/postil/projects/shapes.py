"""What projects, label configs, the trash and jobs look like in the API."""

from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from postil.accounts.shapes import RoleName, UserSimple
from postil.infra.shapes import IdAndTitle, JsonObject, Moment, one_of


class ProjectCounts(TypedDict):
    """The counters of a project; only those that `include` names."""

    id: NotRequired[int]
    task_number: NotRequired[int]
    finished_task_number: NotRequired[int]
    total_predictions_number: NotRequired[int]
    total_annotations_number: NotRequired[int]
    num_tasks_with_annotations: NotRequired[int]
    useful_annotation_number: NotRequired[int]
    ground_truth_number: NotRequired[int]
    skipped_annotations_number: NotRequired[int]


class ProjectSettings(TypedDict):
    """What people set of a project."""

    title: str
    description: str
    label_config: str
    expert_instruction: str
    show_instruction: bool
    show_skip_button: bool
    enable_empty_annotation: bool
    show_annotation_history: bool
    color: str
    maximum_annotations: int
    is_published: bool
    model_version: str | None
    is_draft: bool
    min_annotations_to_start_training: int
    start_training_on_annotation_update: bool
    show_collab_predictions: bool
    sampling: Annotated[str, one_of("Sequential sampling", "Uniform sampling", "Uncertainty sampling")]
    show_ground_truth_first: bool
    annotator_evaluation_enabled: bool
    show_overlap_first: bool
    overlap_cohort_percentage: int
    task_data_login: str | None
    task_data_password: None
    control_weights: JsonObject
    evaluate_predictions_automatically: bool
    skip_queue: Annotated[str, one_of("REQUEUE_FOR_ME", "REQUEUE_FOR_OTHERS", "IGNORE_SKIPPED")]
    reveal_preannotations_interactively: bool
    pinned_at: Moment | None


class Project(ProjectSettings):
    """A project. LS: counters are null in the answer to its creation and on the page of the task table."""

    id: int
    organization: int
    created_by: UserSimple | None
    created_at: Moment
    parsed_label_config: JsonObject
    config_has_control_tags: bool
    config_suitable_for_bulk_annotation: bool
    task_number: int | None
    finished_task_number: int | None
    total_predictions_number: int | None
    total_annotations_number: int | None
    num_tasks_with_annotations: int | None
    useful_annotation_number: int | None
    ground_truth_number: int | None
    skipped_annotations_number: int | None
    queue_total: int
    queue_done: int
    state: str | None


# With `include` only what it names.
ProjectOrPart = Project | JsonObject


class ProjectMember(TypedDict):
    """Somebody who was added to a project, with their role in the organization."""

    user: UserSimple
    role: RoleName


class ConfigText(TypedDict):
    """The label config of a project."""

    label_config: str


class ConfigChange(TypedDict):
    """Whether a new label config changes what is asked."""

    config_essential_data_has_changed: bool | None


class ConfigProblem(TypedDict):
    """One fault of a label config and its place."""

    severity: Annotated[str, one_of("error", "warning")]
    code: str
    message: str
    line: int
    column: int
    tag: str
    attribute: str


class ConfigBreak(TypedDict):
    """What a project would lose by a label config."""

    message: str
    count: int


class ConfigCheck(TypedDict):
    """Everything that is wrong with a label config."""

    problems: list[ConfigProblem]
    parsed_label_config: JsonObject | None
    sample_task: JsonObject | None
    config_has_control_tags: bool
    breaks: list[ConfigBreak]


class ConfigVersion(TypedDict):
    """One of the label configs that a project has had."""

    id: int
    number: int
    label_config: str
    created_at: Moment
    created_by: UserSimple | None
    annotation_count: int


class SampleTask(TypedDict):
    """An example task for a label config."""

    sample_task: JsonObject


class Template(TypedDict):
    """A ready-made label config."""

    id: str
    title: str
    group: str
    type: str
    order: int | None
    image: str
    details: str
    config: str
    sample_data: list[JsonObject]


class Templates(TypedDict):
    """The gallery."""

    templates: list[Template]
    groups: list[str]


class TrashEntry(TypedDict):
    """One act of deleting, which can be taken back until `erases_at`."""

    id: int
    kind: Annotated[str, one_of("project", "task", "annotation", "view")]
    title: str
    count: int
    project: IdAndTitle | None
    deleted_at: Moment
    deleted_by: UserSimple | None
    erases_at: Moment


class Restored(TypedDict):
    """What came back from the trash."""

    id: int
    kind: str
    title: str
    count: int
    project: int | None


class JobError(TypedDict):
    """An item that a job could not take."""

    where: str
    field: str
    reason: str
