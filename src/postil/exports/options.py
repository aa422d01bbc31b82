"""What a person may ask of an export: which tasks, which annotations, how much of them."""

from dataclasses import dataclass
from typing import Any, Literal

from postil.core.errors import Invalid

Choice = Literal["only", "exclude"] | None
CHOICES = ("only", "exclude")
MAX_IDS = 1_000_000
MAX_ANNOTATORS = 1_000


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks. `ids` of None means no restriction by id; `query` is a question to the task table."""

    ids: tuple[int, ...] | None = None
    view_id: int | None = None
    query: dict[str, Any] | None = None
    skipped: Choice = None
    finished: Choice = None
    annotated: Choice = None
    only_with_annotations: bool = False
    has_any_annotation: bool = False


@dataclass(frozen=True, slots=True)
class AnnotationFilter:
    """Which annotations: any of the kinds that are on, none on means all of them; by these people, if any are named."""

    usual: bool = False
    ground_truth: bool = False
    skipped: bool = False
    annotators: frozenset[int] = frozenset()

    @property
    def has_kinds(self) -> bool:
        """Whether kinds of annotations are chosen."""
        return self.usual or self.ground_truth or self.skipped


@dataclass(frozen=True, slots=True)
class Serialization:
    """How much: predictions and drafts whole or by id, the author of an annotation expanded or by id."""

    whole_predictions: bool = False
    whole_drafts: bool = True
    expand_authors: bool = False
    with_history: bool = False
    between_key_frames: bool = False


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Everything about the content of one export."""

    tasks: TaskFilter = TaskFilter()
    annotations: AnnotationFilter = AnnotationFilter()
    serialization: Serialization = Serialization()


def read_options(task: Any, annotation: Any, serialization: Any) -> ExportOptions:
    """Return the options of a snapshot from their JSON; raises `Invalid` that names the wrong one."""
    return ExportOptions(_task_filter(task), _annotation_filter(annotation), _serialization(serialization))


def read_ids(texts: list[str]) -> tuple[int, ...] | None:
    """Return task ids from repeated parameters and comma lists, or None when there are none."""
    parts = [part.strip() for text in texts for part in text.split(",") if part.strip()]
    if not parts:
        return None
    if len(parts) > MAX_IDS or not all(part.isascii() and part.isdecimal() and len(part) < 19 for part in parts):
        raise Invalid.field("ids", "Ids of tasks are needed, such as ids=1,2.")
    return tuple(dict.fromkeys(int(part) for part in parts))


def _object(value: Any, name: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Invalid.field(name, "Expected an object.")
    return value


def _task_filter(value: Any) -> TaskFilter:
    name = "task_filter_options"
    given = _object(value, name)
    view = given.get("view")
    if view is not None and (isinstance(view, bool) or not isinstance(view, int) or not 0 < view < 2**63):
        raise Invalid(fields={name: {"view": ["A valid integer is required."]}})
    return TaskFilter(
        view_id=view,
        query=_object(given["query"], f"{name}.query") if given.get("query") is not None else None,
        skipped=_choice(given, name, "skipped"),
        finished=_choice(given, name, "finished"),
        annotated=_choice(given, name, "annotated"),
        only_with_annotations=_flag(given, name, "only_with_annotations"),
    )


def _annotation_filter(value: Any) -> AnnotationFilter:
    name = "annotation_filter_options"
    given = _object(value, name)
    return AnnotationFilter(
        usual=_flag(given, name, "usual"),
        ground_truth=_flag(given, name, "ground_truth"),
        skipped=_flag(given, name, "skipped"),
        annotators=_ids(given, name, "annotators"),
    )


def _serialization(value: Any) -> Serialization:
    name = "serialization_options"
    given = _object(value, name)
    return Serialization(
        whole_predictions=not _only_id(given, name, "predictions", default=True),
        whole_drafts=not _only_id(given, name, "drafts", default=False),
        expand_authors=not _only_id(given, name, "annotations__completed_by", default=True),
        with_history=_flag(given, name, "include_annotation_history"),
        between_key_frames=_flag(given, name, "interpolate_key_frames"),
    )


def _ids(given: dict[str, Any], name: str, key: str) -> frozenset[int]:
    value = given.get(key) or []
    if not isinstance(value, list) or any(isinstance(one, bool) or not isinstance(one, int) for one in value):
        raise Invalid(fields={name: {key: ["A list of ids is required."]}})
    return frozenset(value[:MAX_ANNOTATORS])


def _choice(given: dict[str, Any], name: str, key: str) -> Choice:
    value = given.get(key)
    if value in (None, ""):
        return None
    if value not in CHOICES:
        raise Invalid(fields={name: {key: [f'"{value}" is not a valid choice.']}})
    return "only" if value == "only" else "exclude"


def _flag(given: dict[str, Any], name: str, key: str) -> bool:
    value = given.get(key)
    if value is None:
        return False
    if not isinstance(value, bool):
        raise Invalid(fields={name: {key: ["Must be a valid boolean."]}})
    return value


def _only_id(given: dict[str, Any], name: str, key: str, *, default: bool) -> bool:
    inner = given.get(key)
    if inner is None:
        return default
    if isinstance(inner, bool):
        return not inner
    if not isinstance(inner, dict):
        raise Invalid(fields={name: {key: ["Expected an object."]}})
    value = inner.get("only_id", default)
    if not isinstance(value, bool):
        raise Invalid(fields={name: {key: {"only_id": ["Must be a valid boolean."]}}})
    return value
