"""What the dashboard, agreement and state histories look like in the API."""

from typing import Annotated, NotRequired

from pydantic import WithJsonSchema
from typing_extensions import TypedDict

from postil.accounts.shapes import UserSimple
from postil.infra.shapes import JsonObject, Moment

Day = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]


class TaskNumbers(TypedDict):
    """Tasks of a project; those skipped, with a ground truth or with predictions also by how many they are."""

    total: int
    labeled: int
    remaining: int
    annotated: int
    skipped: int
    ground_truth: int
    predicted: int


class AnnotationNumbers(TypedDict):
    """What hangs on the tasks of a project."""

    total: int
    skipped: int
    ground_truth: int
    predictions: int


class PersonNumbers(TypedDict):
    """The work of one person."""

    user: int | None
    name: str
    annotations: int
    skipped: int
    imported: int
    seconds_mean: float | None
    per_hour: float | None
    last_at: Moment | None


class DayNumbers(TypedDict):
    """The work of one day."""

    day: Day
    annotations: int
    skipped: int
    people: int


class LabelCount(TypedDict):
    """How often a label is used."""

    label: str
    count: int


class ControlLabels(TypedDict):
    """How often the labels of a control are used."""

    control: str
    labels: list[LabelCount]


class Forecast(TypedDict):
    """When the work will be done."""

    per_day: float
    likely: Day
    early: Day
    late: Day | None


class Dashboard(TypedDict):
    """How far a project is. `labels` is null while they are being counted."""

    tasks: TaskNumbers
    annotations: AnnotationNumbers
    people: list[PersonNumbers]
    days: list[DayNumbers]
    labels: list[ControlLabels] | None
    forecast: Forecast | None


class Distribution(TypedDict):
    """How the answers to one control are spread."""

    type: str
    labels: dict[str, int]
    average: NotRequired[float | None]
    count: NotRequired[int]


class Agreement(TypedDict):
    """How the answers of different people to one task are spread."""

    total_annotations: int
    distributions: dict[str, Distribution]


class StateRecord(TypedDict):
    """One state of a history."""

    id: str
    state: str
    previous_state: str | None
    transition_name: str | None
    triggered_by: UserSimple | None
    reason: str
    context_data: JsonObject
    created_at: Moment


class Transition(TypedDict):
    """A state that was declared."""

    success: bool
    new_state: str
    state_record: StateRecord
