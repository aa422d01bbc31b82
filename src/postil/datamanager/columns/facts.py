"""Columns about what annotations look like: their labels, and numbers that point at slips of the hand."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, Q, QuerySet, Subquery
from django.db.models.expressions import OuterRef

from postil.datamanager import operators, values
from postil.datamanager.column import Condition, Order, Scope, by
from postil.datamanager.kinds import Described
from postil.labels.facts import ensure_facts
from postil.labels.models import AnnotationFacts, LabelUse
from postil.tasks.models import Annotation


def _seen(scope: Scope) -> QuerySet[Annotation]:
    """The annotations of the project that this person may see."""
    found = Annotation.objects.filter(project=scope.project, was_cancelled=False).order_by()
    return found if scope.sees_all_annotations else found.filter(completed_by=scope.user)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels(Described):
    """Labels in use. A value is a label, a list of labels (any of them), or a label with its control."""

    def predicate(self, condition: Condition, scope: Scope) -> Q:
        """Look for annotations that use one of the labels."""
        ensure_facts(scope.project)
        uses = LabelUse.objects.filter(project=scope.project).order_by()
        empty = operators.asks_empty(condition)
        if empty is None:
            uses = uses.filter(self._wanted(condition))
            operator, negated = operators.positive(condition.operator)
            if operator not in ("contains", "equal", "in_list"):
                raise values.refuse(self.id, '"contains", "not_contains" and "empty" can be asked.')
        else:
            negated = empty
        found = Q(pk__in=_seen(scope).filter(pk__in=uses.values("annotation_id")).values("task_id"))
        return ~found if negated else found

    def _wanted(self, condition: Condition) -> Q:
        wanted = Q(pk__in=[])
        for part in condition.value if isinstance(condition.value, list) else [condition.value]:
            label, control = (part.get("label"), part.get("control")) if isinstance(part, dict) else (part, None)
            if not isinstance(label, str) or not label:
                raise values.refuse(self.id, 'a label is written "Car" or {"label": "Car", "control": "box"}.')
            if control not in (None, "") and not isinstance(control, str):
                raise values.refuse(self.id, "the control is named by a text.")
            wanted |= Q(label=label, control=control) if control else Q(label=label)
        return wanted

    def order(self, scope: Scope, *, descending: bool) -> Order:
        """Sort by the id of the task: labels have no order of their own."""
        return by("id", descending=descending)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactColumn(Described):
    """A number of annotations. A task matches if one of its annotations does."""

    def predicate(self, condition: Condition, scope: Scope) -> Q:
        """Compare the numbers of annotations."""
        ensure_facts(scope.project)
        facts = AnnotationFacts.objects.filter(project=scope.project).order_by()
        empty = operators.asks_empty(condition)
        if empty is not None:
            found = self._tasks(facts.filter(**{f"{self.id}__isnull": False}), scope)
            return ~found if empty else found
        operator, negated = operators.positive(condition.operator)
        inside = Condition(condition.column, operator, condition.type, condition.value)
        found = self._tasks(facts.filter(operators.compare(F(self.id), inside, values.number)), scope)
        return self._tasks(facts, scope) & ~found if negated else found

    def _tasks(self, facts: QuerySet[AnnotationFacts], scope: Scope) -> Q:
        return Q(pk__in=_seen(scope).filter(pk__in=facts.values("annotation_id")).values("task_id"))

    def order(self, scope: Scope, *, descending: bool) -> Order:
        """Sort by the greatest number."""
        ensure_facts(scope.project)
        facts = AnnotationFacts.objects.filter(annotation__task_id=OuterRef("pk"), annotation__deleted_at=None)
        if not scope.sees_all_annotations:
            facts = facts.filter(annotation__completed_by=scope.user)
        greatest: Any = (
            facts.order_by().values("annotation__task_id").annotate(greatest=Max(self.id)).values("greatest")
        )
        return by(Subquery(greatest), descending=descending)


def _number(name: str, title: str, position: int, text: str) -> FactColumn:
    return FactColumn(id=name, title=title, type="Number", position=position, help=text, is_listed=False)


LABELS = Labels(
    id="labels", title="Labels", type="Label", position=500, help="Labels that annotations use", is_listed=False
)
REGION_COUNT = _number("region_count", "Regions", 510, "How many regions an annotation has")
SMALLEST_AREA = _number("smallest_area", "Smallest region", 511, "Area of the smallest region in percent")
LARGEST_AREA = _number("largest_area", "Largest region", 512, "Area of the largest region in percent")
OUT_OF_BOUNDS = _number("out_of_bounds_count", "Out of bounds", 513, "Regions that reach out of the picture")
DUPLICATES = _number("duplicate_region_count", "Duplicate regions", 514, "Regions that are there twice")
NESTED = _number("nested_region_count", "Nested regions", 515, "Regions inside another with the same label")
ZERO_LENGTH = _number("zero_length_count", "Empty regions", 516, "Regions and spans without extent")
OVERLAPPING = _number("overlapping_span_count", "Overlapping spans", 517, "Spans that overlap with the same label")
LINT = _number("lint_count", "Possible slips", 518, "Everything of the above that may be a slip of the hand")
