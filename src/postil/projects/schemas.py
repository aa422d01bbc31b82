"""What clients send about projects, in Label Studio's words."""

import re
from datetime import datetime
from typing import Any

from pydantic import Field, field_validator

from postil.infra.bodies import Body
from postil.projects.actions import ProjectFields
from postil.projects.enums import Sampling, SkipQueue

COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
MIN_TITLE = 3
MAX_TITLE = 50
MAX_CONFIG = 1_000_000


class ProjectIn(Body):
    """Fields of a project that may be set; one that is left out keeps its value (or default)."""

    title: str | None = None
    description: str | None = None
    label_config: str | None = Field(None, max_length=MAX_CONFIG)
    expert_instruction: str | None = None
    show_instruction: bool | None = None
    show_skip_button: bool | None = None
    enable_empty_annotation: bool | None = None
    show_annotation_history: bool | None = None
    color: str | None = None
    maximum_annotations: int | None = Field(None, ge=1, le=10_000)
    is_published: bool | None = None
    is_draft: bool | None = None
    model_version: str | None = None
    min_annotations_to_start_training: int | None = Field(None, ge=0, le=2_147_483_647)
    start_training_on_annotation_update: bool | None = None
    show_collab_predictions: bool | None = None
    sampling: Sampling | None = None
    skip_queue: SkipQueue | None = None
    show_ground_truth_first: bool | None = None
    annotator_evaluation_enabled: bool | None = None
    show_overlap_first: bool | None = None
    overlap_cohort_percentage: int | None = Field(None, ge=0, le=100)
    task_data_login: str | None = Field(None, max_length=256)
    task_data_password: str | None = Field(None, max_length=256)
    control_weights: dict[str, Any] | None = None
    evaluate_predictions_automatically: bool | None = None
    reveal_preannotations_interactively: bool | None = None
    pinned_at: datetime | None = None

    @field_validator("title")
    @classmethod
    def title_has_a_length(cls, title: str | None) -> str | None:
        if title and len(title) < MIN_TITLE:
            raise ValueError(f"Ensure this field has at least {MIN_TITLE} characters.")
        if title and len(title) > MAX_TITLE:
            raise ValueError(f"Ensure this field has no more than {MAX_TITLE} characters.")
        return title

    @field_validator("color")
    @classmethod
    def color_is_hexadecimal(cls, color: str | None) -> str | None:
        if color is not None and not COLOR.fullmatch(color):
            raise ValueError('Color must be in "#RRGGBB" format')
        return color

    def fields(self) -> ProjectFields:
        """Return what was sent; null means "as it was", except where null is a value."""
        may_be_null = {"pinned_at", "model_version", "task_data_login", "task_data_password"}
        sent = self.dict(exclude_unset=True, exclude={"start_training_on_annotation_update"})
        sent = {name: value for name, value in sent.items() if value is not None or name in may_be_null}
        starts = self.start_training_on_annotation_update
        if starts is not None and "min_annotations_to_start_training" not in sent:
            # LS: the switch stands for a bound of one annotation, or none.
            sent["min_annotations_to_start_training"] = int(starts)
        return sent  # type: ignore[return-value]  # the schema has just these keys


class ConfigIn(Body):
    label_config: str = Field(max_length=MAX_CONFIG)


class ConfigCheckIn(ConfigIn):
    project: int | None = None


class SampleTaskIn(ConfigIn):
    include_annotation_and_prediction: bool = False


class MemberIn(Body):
    user: int


class ModelVersionIn(Body):
    model_version: str
