"""Columns that are fields of the task itself."""

from dataclasses import dataclass

from django.db.models import F, Q
from django.db.models.lookups import IsNull

from postil.datamanager import operators, values
from postil.datamanager.column import Condition, Order, Scope, by
from postil.datamanager.kinds import BooleanColumn, Described, NumberColumn, TextColumn, TimeColumn
from postil.infra.db import RawJson

ID = NumberColumn(
    id="id", title="ID", type="Number", position=10, in_explore=True, help="Task ID", value=lambda _: F("id")
)
INNER_ID = NumberColumn(
    id="inner_id", title="Inner ID", type="Number", position=20, value=lambda _: F("inner_id"),
    help="Number of the task inside the project, counted from 1",
)  # fmt: skip
COMPLETED_AT = TimeColumn(
    id="completed_at", title="Completed", type="Datetime", position=30, in_explore=True, field="completed_at",
    help="When the annotation that finished the task was made",
)  # fmt: skip
TOTAL_ANNOTATIONS = NumberColumn(
    id="total_annotations", title="Annotations", type="Number", position=40, in_explore=True, in_labeling=True,
    help="Annotations of the task, skipped ones left out", value=lambda _: F("annotation_count"), zero_is_empty=True,
)  # fmt: skip
CANCELLED_ANNOTATIONS = NumberColumn(
    id="cancelled_annotations", title="Cancelled", type="Number", position=50, in_explore=True,
    help="How often the task was skipped", value=lambda _: F("cancelled_annotation_count"), zero_is_empty=True,
)  # fmt: skip
TOTAL_PREDICTIONS = NumberColumn(
    id="total_predictions", title="Predictions", type="Number", position=60, in_explore=True,
    help="Predictions of the task", value=lambda _: F("prediction_count"), zero_is_empty=True,
)  # fmt: skip
CREATED_AT = TimeColumn(
    id="created_at", title="Created at", type="Datetime", position=150, field="created_at", help="When the task came"
)
UPDATED_AT = TimeColumn(
    id="updated_at", title="Updated at", type="Datetime", position=160, field="updated_at",
    help="When the task or its annotations were last changed",
)  # fmt: skip
IS_LABELED = BooleanColumn(
    id="is_labeled", title="Labeled", type="Boolean", position=200, is_listed=False, value=lambda _: F("is_labeled")
)
OVERLAP = NumberColumn(
    id="overlap", title="Overlap", type="Number", position=210, is_listed=False, value=lambda _: F("overlap")
)
DATA = TextColumn(id="data", title="data", type="List", position=300, is_listed=False, value=lambda _: RawJson("data"))


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatedBy(Described):
    """Who changed the task last, one of several people; `not_contains` matches tasks that nobody changed."""

    def predicate(self, condition: Condition, scope: Scope) -> Q:
        """Look for one of the people named."""
        empty = operators.asks_empty(condition)
        if empty is not None:
            return Q(IsNull(F("updated_by_id"), empty))
        _, negated = operators.positive(condition.operator)
        people = [values.identifier(person, self.id) for person in values.items(condition.value, self.id)]
        found = operators.one_of(F("updated_by_id"), people)
        return (~found | Q(IsNull(F("updated_by_id"), True))) if negated else found

    def order(self, scope: Scope, *, descending: bool) -> Order:
        """Sort by the person's id."""
        return by("updated_by_id", descending=descending)


UPDATED_BY = UpdatedBy(
    id="updated_by", title="Updated by", type="List", position=170, help="Who changed the task or its annotations last"
)
# LS: one of the few paths into other tables that filters may name.
UPDATED_BY_ORGANIZATION = NumberColumn(
    id="updated_by__active_organization", title="Organization of the last editor", type="Number", position=420,
    is_listed=False, value=lambda _: F("updated_by__active_organization_id"),
)  # fmt: skip
