"""What clients send about tasks and what hangs on them, in Label Studio's words."""

from typing import Any
from uuid import UUID

import orjson
from pydantic import Field, field_validator

from postil.infra.bodies import Body
from postil.tasks.actions import DraftFields, PredictionFields, TaskFields
from postil.tasks.annotation_actions import AnnotationFields

BIGGEST = 9_223_372_036_854_775_807


class TaskPatch(Body):
    data: Any = None
    meta: dict[str, Any] | None = None
    overlap: int | None = Field(None, ge=1, le=10_000)
    is_labeled: bool | None = None
    allow_skip: bool | None = None
    inner_id: int | None = Field(None, ge=0, le=BIGGEST)

    @field_validator("data")
    @classmethod
    def data_is_an_object(cls, data: object) -> object:
        if data is not None and not isinstance(data, dict):
            raise ValueError("Task data must be an object of key: value pairs.")
        return data

    def fields(self) -> TaskFields:
        """Return what was sent; null means "as it was", except for `meta`."""
        sent = self.dict(exclude_unset=True, exclude={"project"})
        return {name: value for name, value in sent.items() if value is not None or name == "meta"}  # type: ignore[return-value]  # the schema has these keys


class TaskIn(TaskPatch):
    project: int
    data: Any


class ProjectTaskIn(TaskPatch):
    data: Any


def read_result(result: object) -> object:
    """Return a result list; LS: a list may come as JSON text. Raises `ValueError` for anything else."""
    if isinstance(result, str):
        try:
            result = orjson.loads(result)
        except orjson.JSONDecodeError:
            raise ValueError("The result must be a list, or JSON text of a list.") from None
    if result is not None and not isinstance(result, list):
        raise ValueError("Expected a list of items.")
    if any(not isinstance(item, dict) for item in result or []):
        raise ValueError("Each item of the result must be an object.")
    return result


class AnnotationPatch(Body):
    result: Any = None
    was_cancelled: bool | None = None
    ground_truth: bool | None = None
    lead_time: float | None = Field(None, ge=0)
    completed_by: Any = None
    parent_prediction: int | None = Field(None, le=BIGGEST)
    parent_annotation: int | None = Field(None, le=BIGGEST)
    import_id: int | None = Field(None, le=BIGGEST)
    last_action: str | None = Field(None, max_length=128)
    bulk_created: bool | None = None
    draft_id: int | None = None

    @field_validator("result", mode="before")
    @classmethod
    def result_is_a_list(cls, result: object) -> object:
        return read_result(result)

    @field_validator("completed_by")
    @classmethod
    def author_is_an_id(cls, author: object) -> object:
        if author is not None and (
            isinstance(author, bool) or not isinstance(author, int | str) or not str(author).isdecimal()
        ):
            raise ValueError("Incorrect type. Expected pk value.")
        return int(str(author)) if author is not None else None

    def fields(self) -> AnnotationFields:
        """Return what was sent, under our names; null means "as it was", except for results and numbers."""
        renamed = {
            "completed_by": "completed_by_id",
            "parent_prediction": "parent_prediction_id",
            "parent_annotation": "parent_annotation_id",
        }
        may_be_null = {"result", "lead_time", "parent_prediction", "parent_annotation", "import_id"}
        sent = self.dict(exclude_unset=True)
        return {  # type: ignore[return-value]  # the schema has these keys
            renamed.get(name, name): value for name, value in sent.items() if value is not None or name in may_be_null
        }


class AnnotationIn(AnnotationPatch):
    unique_id: UUID | None = None


class DraftIn(Body):
    result: Any = None
    lead_time: float | None = Field(None, ge=0)
    was_postponed: bool | None = None

    @field_validator("result", mode="before")
    @classmethod
    def result_is_a_list(cls, result: object) -> object:
        return read_result(result)

    def fields(self) -> DraftFields:
        """Return what was sent."""
        sent = self.dict(exclude_unset=True)
        return {name: value for name, value in sent.items() if value is not None or name != "was_postponed"}  # type: ignore[return-value]  # the schema has these keys


class NewDraftIn(DraftIn):
    result: Any


class PredictionPatch(Body):
    result: Any = None
    score: float | None = None
    model_version: str | None = None
    cluster: int | None = None
    neighbors: Any = None
    mislabeling: float | None = None

    def fields(self) -> PredictionFields:
        """Return what was sent; null means "as it was", except where null is a value."""
        sent = self.dict(exclude_unset=True, exclude={"task", "project"})
        return {name: value for name, value in sent.items() if value is not None or name != "mislabeling"}  # type: ignore[return-value]  # the schema has these keys


class PredictionIn(PredictionPatch):
    task: int
    result: Any
