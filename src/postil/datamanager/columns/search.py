"""Full-text search over everything that a task and its answers say."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from postil.datamanager import operators, values
from postil.datamanager.column import Condition, Order, Scope, by
from postil.datamanager.kinds import Described
from postil.datamanager.models import SearchState
from postil.datamanager.search_index import ensure_search
from postil.infra.text_index import HasWords
from postil.labeling.words import Wanted, wanted_words
from postil.tasks.models import Annotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Search(Described):
    """All words of the value must stand in the data of a task, or in one of its answers that this person may see."""

    def predicate(self, condition: Condition, scope: Scope) -> Q:
        """Look for words; a value without any is about no task."""
        operator, negated = operators.positive(condition.operator)
        if operator not in ("contains", "equal"):
            raise values.refuse(self.id, '"contains" and "not_contains" can be asked.')
        wanted = wanted_words(values.text(condition.value, condition.column))
        if not wanted:
            raise values.refuse(self.id, "name at least one word.")
        state = ensure_search(scope.project)
        if scope.window is None:
            matches = _anywhere(state, wanted, scope)
        else:
            matches = _in_window(state, wanted, scope, scope.window)
        return ~matches if negated else matches

    def order(self, scope: Scope, *, descending: bool) -> Order:
        """Sort by the id of the task: what is found has no order of its own."""
        return by("id", descending=descending)


def _answers(scope: Scope) -> QuerySet[Annotation]:
    answers = Annotation.objects.filter(project=scope.project).order_by()
    return answers if scope.sees_all_annotations else answers.filter(completed_by=scope.user)


def _anywhere(state: SearchState, wanted: list[Wanted], scope: Scope) -> Q:
    found = _answers(scope).filter(HasWords(state.annotation_index, wanted)).values("task_id")
    return Q(HasWords(state.task_index, wanted, others=found))


def _in_window(state: SearchState, wanted: list[Wanted], scope: Scope, window: tuple[int, int]) -> Q:
    answers = _answers(scope).filter(task_id__gte=window[0], task_id__lte=window[1])
    ids = list(answers.values_list("pk", flat=True))
    found = None
    if ids:
        has_words = HasWords(state.annotation_index, wanted, between=(min(ids), max(ids)))
        found = answers.filter(has_words).values("task_id")
    return Q(HasWords(state.task_index, wanted, others=found, between=window))


SEARCH = Search(
    id="search", title="Text anywhere", type="String", position=530, is_listed=False,
    help="Words in the data or in the annotations",
)  # fmt: skip
