"""What the task table, its columns and its actions look like in the API."""

from collections.abc import Sequence
from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from postil.infra.shapes import Job, JobStarted, Json, JsonObject, Moment, one_of
from postil.projects.shapes import Project
from postil.tasks.shapes import Annotation, Draft, EditedBy, Prediction


class PreviewRegion(TypedDict):
    """Enough of a region for a thumbnail."""

    type: str | None
    value: JsonObject
    original_width: int | None
    original_height: int | None
    item_index: int | None


class TableTask(TypedDict):
    """A row of the task table: with `fields=all` everything, with `include` only what it names."""

    id: int
    data: NotRequired[JsonObject]
    meta: NotRequired[JsonObject]
    created_at: NotRequired[Moment]
    updated_at: NotRequired[Moment]
    is_labeled: NotRequired[bool]
    overlap: NotRequired[int]
    inner_id: NotRequired[int]
    total_annotations: NotRequired[int]
    cancelled_annotations: NotRequired[int]
    total_predictions: NotRequired[int]
    comment_count: NotRequired[int]
    unresolved_comment_count: NotRequired[int]
    last_comment_updated_at: NotRequired[Moment | None]
    project: NotRequired[int]
    comment_authors: NotRequired[list[int]]
    file_upload: NotRequired[str | None]
    updated_by: NotRequired[list[EditedBy]]
    annotations: NotRequired[list[Annotation]]
    predictions: NotRequired[list[Prediction]]
    drafts: NotRequired[list[Draft]]
    annotators: NotRequired[list[int]]
    completed_at: NotRequired[Moment | None]
    annotations_results: NotRequired[str]
    predictions_results: NotRequired[str]
    predictions_score: NotRequired[float | None]
    storage_filename: NotRequired[str | None]
    annotations_ids: NotRequired[str]
    predictions_model_versions: NotRequired[str]
    avg_lead_time: NotRequired[float | None]
    draft_exists: NotRequired[bool]
    preview_regions: NotRequired[list[PreviewRegion]]


class TaskPage(TypedDict):
    """A page of the task table. `total_is_exact` is there with `totals=quick`: false while only a bound is known."""

    total_annotations: int
    total_predictions: int
    total: int
    tasks: list[TableTask]
    total_is_exact: NotRequired[bool]


class Totals(TypedDict):
    """How many tasks the filters let through, and what hangs on them."""

    total_annotations: int
    total_predictions: int
    total: int


class ColumnSchema(TypedDict):
    """Values that a column may have."""

    items: Sequence[str | int]
    multiple: NotRequired[bool]


class Visibility(TypedDict):
    """Where a column is shown at first."""

    explore: bool
    labeling: bool


class Column(TypedDict):
    """A column of the task table."""

    id: str
    title: str
    type: str
    target: str
    project_defined: bool
    parent: NotRequired[str]
    children: NotRequired[list[str]]
    help: NotRequired[str]
    schema: NotRequired[ColumnSchema]
    visibility_defaults: NotRequired[Visibility]


class Columns(TypedDict):
    """The columns of a project's task table."""

    columns: list[Column]


class Value(TypedDict):
    """A value of a column and how often it occurs."""

    value: Json
    title: str
    count: int | None


class Values(TypedDict):
    """The most frequent values of a column."""

    values: list[Value]
    is_complete: bool


class FilterProblem(TypedDict):
    """What is wrong with one condition."""

    filter: str
    reason: str


class Explained(TypedDict):
    """Filters and ordering in words."""

    sentence: str
    problems: list[FilterProblem]


class Position(TypedDict):
    """The place of a task in the table, from 0 on."""

    index: int | None


class TableProject(Project):
    """A project as the task table needs it."""

    can_delete_tasks: bool
    can_manage_annotations: bool
    can_manage_tasks: bool
    source_syncing: bool
    target_syncing: bool
    task_count: int
    annotation_count: int


class Dialog(TypedDict):
    """What is asked before an action runs."""

    title: str
    text: str
    type: str
    form: NotRequired[None]


class Action(TypedDict):
    """A bulk action."""

    id: str
    title: str
    order: int
    permission: str | list[str]
    dialog: Dialog
    counts: Annotated[str, one_of("tasks", "annotations", "predictions")]
    is_destructive: bool
    is_undoable: bool
    experimental: NotRequired[bool]
    reload: NotRequired[bool]


class FormOption(TypedDict):
    """One value to choose; one that names a control is offered for that control only."""

    value: str
    label: str
    control: NotRequired[str]


class FormField(TypedDict):
    """One field of an action's form."""

    type: str
    name: str
    label: str
    options: NotRequired[list[str | FormOption]]
    value: NotRequired[Json]
    help: NotRequired[str]
    placeholder: NotRequired[str]
    multiple: NotRequired[bool]


class ActionFormRow(TypedDict):
    """Fields that stand together."""

    columnCount: int
    fields: list[FormField]


class Duplicated(TypedDict):
    """The project that was made, and the job that brings its tasks, if it gets any."""

    id: int
    job: Job | None


class OfferedStep(TypedDict):
    """What can be done with answers that a new label config does not know; `to`: the names to choose from."""

    action: Annotated[
        str,
        one_of(
            "rename_label", "merge_label", "drop_label", "rename_control", "retarget_control", "drop_control", "keep"
        ),
    ]
    to: list[str]


class ConfigLoss(TypedDict):
    """A label or control that a new label config lacks, and what uses it; null while it is being counted.

    `target_changed`: the control is not about an object any more that it was about. Labels of links have the control
    `<Relations>`, those of trees are written with their paths, stars as numbers. Of drafts and predictions the newest
    are counted.
    """

    kind: Annotated[str, one_of("label_removed", "control_removed", "target_changed")]
    control: str
    label: str | None
    annotations: int | None
    tasks: int | None
    drafts: int
    predictions: int
    is_exact: bool
    views: int
    steps: list[OfferedStep]


class ConfigAddition(TypedDict):
    """A control, or a label of one, that only the new label config has."""

    control: str
    label: str | None


class ConfigChanges(TypedDict):
    """What a new label config takes and brings; `is_safe` when nothing that was said uses what it takes."""

    changes: list[ConfigLoss]
    added: list[ConfigAddition]
    is_safe: bool


class ActionPreview(TypedDict):
    """How much an action would touch."""

    tasks: int
    items: int
    unit: Annotated[str, one_of("tasks", "annotations", "predictions")]


# With `mode=preview` how much, with `mode=job` the job, else what the action says.
ActionAnswer = ActionPreview | JobStarted | JsonObject
