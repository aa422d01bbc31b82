"""Columns about the annotations and drafts of a task."""

import re
from dataclasses import dataclass

from django.db.models import Avg, F, FloatField, Q, Subquery, Value
from django.db.models.expressions import Combinable, Exists
from django.db.models.functions import Coalesce

from postil.datamanager import operators, values
from postil.datamanager.column import Condition, Order, Scope, by
from postil.datamanager.kinds import BooleanColumn, Described, NumberColumn, ResultsColumn, smallest
from postil.tasks.models import Annotation


def _average_lead_time(scope: Scope) -> Combinable:
    times = scope.annotations().order_by().values("task_id").annotate(average=Avg("lead_time"))
    return Subquery(times.values("average"), output_field=FloatField())


@dataclass(frozen=True, slots=True, kw_only=True)
class People(Described):
    """Who annotated the task, skips included. `not_contains` matches tasks that nobody annotated, too."""

    def predicate(self, condition: Condition, scope: Scope) -> Q:
        """Look for one of the people named."""
        rows = scope.annotations()
        empty = operators.asks_empty(condition)
        if empty is not None:
            found = Q(Exists(rows))
            return ~found if empty else found
        _, negated = operators.positive(condition.operator)
        people = [values.identifier(person, self.id) for person in values.items(condition.value, self.id)]
        theirs = Annotation.objects.filter(project=scope.project, completed_by_id__in=people).order_by()
        if not scope.sees_all_annotations:
            theirs = theirs.filter(completed_by=scope.user)
        # As a set: the index of authors gives it whole, however few of the tasks are theirs.
        found = Q(pk__in=theirs.values("task_id"))
        return ~found if negated else found

    def order(self, scope: Scope, *, descending: bool) -> Order:
        """Sort by the first person's id; tasks without anybody count as 0."""
        return by(Coalesce(smallest(scope.annotations(), "completed_by_id"), Value(0)), descending=descending)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationIds(Described):
    """The ids of the annotations."""

    def predicate(self, condition: Condition, scope: Scope) -> Q:
        """Look for any id of a list, or text with commas or spaces between the ids."""
        rows = scope.annotations()
        empty = operators.asks_empty(condition)
        if empty is not None:
            found = Q(Exists(rows))
            return ~found if empty else found
        _, negated = operators.positive(condition.operator)
        wanted = condition.value
        if isinstance(wanted, str):
            wanted = [part for part in re.split(r"[\s,]+", wanted) if part]
        ids = [values.identifier(part, self.id) for part in values.items(wanted, self.id)]
        found = Q(Exists(rows.filter(pk__in=ids)))
        return ~found if negated else found

    def order(self, scope: Scope, *, descending: bool) -> Order:
        """Sort by the first id."""
        return by(smallest(scope.annotations(), "id"), descending=descending)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkTimes(Described):
    """When people annotated or skipped the task; a task matches if they did so at one such moment."""

    def predicate(self, condition: Condition, scope: Scope) -> Q:
        """Compare the moments."""
        work = Annotation.objects.filter(project=scope.project, imported_by=None).order_by()
        if not scope.sees_all_annotations:
            work = work.filter(completed_by=scope.user)
        anything = Q(pk__in=work.values("task_id"))
        empty = operators.asks_empty(condition)
        if empty is not None:
            return ~anything if empty else anything
        operator, negated = operators.positive(condition.operator)
        inside = Condition(condition.column, operator, condition.type, condition.value)
        then = work.filter(operators.compare(F("created_at"), inside, values.moment))
        found = Q(pk__in=then.values("task_id"))
        return anything & ~found if negated else found

    def order(self, scope: Scope, *, descending: bool) -> Order:
        """Sort by the first moment."""
        return by(smallest(scope.annotations().filter(imported_by=None), "created_at"), descending=descending)


ANNOTATORS = People(
    id="annotators", title="Annotated by", type="List", position=70, in_explore=True, help="Everybody who annotated"
)
COMPLETED_BY = People(id="annotations__completed_by", title="Annotated by", type="List", position=400, is_listed=False)
RESULTS = ResultsColumn(
    id="annotations_results", title="Annotation results", type="String", position=80,
    help="The results of all annotations as text", rows=lambda scope: scope.annotations(),
)  # fmt: skip
IDS = AnnotationIds(
    id="annotations_ids", title="Annotation IDs", type="String", position=90, help="IDs of all annotations"
)
ANNOTATED_AT = WorkTimes(
    id="annotated_at", title="Annotated at", type="Datetime", position=405, is_listed=False,
    help="When people annotated or skipped the task; imported annotations are no work",
)  # fmt: skip
LEAD_TIME = NumberColumn(
    id="avg_lead_time", title="Lead Time", type="Time", position=180, help="Average seconds spent on an annotation",
    value=_average_lead_time,
)  # fmt: skip
DRAFT_EXISTS = BooleanColumn(
    id="draft_exists", title="Drafts", type="Boolean", position=190, help="Whether somebody has unsubmitted work",
    value=lambda scope: Exists(scope.drafts()),
)  # fmt: skip
GROUND_TRUTH = BooleanColumn(
    id="ground_truth", title="Ground truth", type="Boolean", position=410, is_listed=False,
    value=lambda scope: Exists(scope.annotations().filter(ground_truth=True)),
)  # fmt: skip
