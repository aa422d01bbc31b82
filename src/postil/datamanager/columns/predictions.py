"""Columns about the predictions of a task."""

from dataclasses import dataclass

from django.db.models import Avg, FloatField, Q, Subquery
from django.db.models.expressions import Combinable, Exists

from postil.datamanager import operators, values
from postil.datamanager.column import Condition, Order, Scope, by
from postil.datamanager.kinds import Described, NumberColumn, ResultsColumn, smallest
from postil.tasks.models import Prediction


def _average_score(scope: Scope) -> Combinable:
    """The mean score of the predictions that the project shows, or of all when it names no version."""
    rows = scope.predictions()
    if scope.project.model_version:
        rows = rows.filter(model_version=scope.project.model_version)
    means = rows.order_by().values("task_id").annotate(mean=Avg("score"))
    return Subquery(means.values("mean"), output_field=FloatField())


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelVersions(Described):
    """The names of the model versions that predicted the task."""

    def predicate(self, condition: Condition, scope: Scope) -> Q:
        """Look for any of the names."""
        rows = scope.predictions()
        empty = operators.asks_empty(condition)
        if empty is not None:
            found = Q(Exists(rows))
            return ~found if empty else found
        _, negated = operators.positive(condition.operator)
        wanted = condition.value if isinstance(condition.value, list) else [condition.value]
        names = [values.text(name, self.id) for name in values.items(wanted, self.id)]
        found = Q(Exists(rows.filter(model_version__in=names)))
        return ~found if negated else found

    def order(self, scope: Scope, *, descending: bool) -> Order:
        """Sort by the first name."""
        return by(smallest(scope.predictions(), "model_version"), descending=descending)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanScore(NumberColumn):
    """A mean of scores. Before it is computed, tasks without any score on the wanted side of the bound are left out."""

    def predicate(self, condition: Condition, scope: Scope) -> Q:
        """Compare the mean."""
        # slots and zero-argument super() do not go together
        exact = NumberColumn.predicate(self, condition, scope)
        side = {
            "greater": "gt", "greater_or_equal": "gte", "less": "lt", "less_or_equal": "lte"
        }.get(condition.operator)  # fmt: skip
        if side is None:
            return exact
        bound = values.number(condition.value, condition.column)
        rows = Prediction.objects.filter(project=scope.project, **{f"score__{side}": bound}).order_by()
        return Q(pk__in=rows.values("task_id")) & exact


SCORE = MeanScore(
    id="predictions_score", title="Prediction score", type="Number", position=100,
    help="Average score of the predictions that the project shows", value=_average_score,
)  # fmt: skip
MODEL_VERSIONS = ModelVersions(
    id="predictions_model_versions", title="Prediction model versions", type="List", position=110,
    help="Which model versions predicted the task",
)  # fmt: skip
RESULTS = ResultsColumn(
    id="predictions_results", title="Prediction results", type="String", position=120,
    help="The results of all predictions as text", rows=lambda scope: scope.predictions(),
)  # fmt: skip
