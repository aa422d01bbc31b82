"""How far the order by scores was gone through, so that what was finished first is not walked past each time.

Two places are kept: for everybody the first prediction of a task that is not labeled, and for each person the first of
a task that is open to them. Predictions that came since may lie before it; then it moves back to the lowest of them.
A place is only where to begin: a task that it passes over by mistake is found by the orders that follow.
"""

from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from postil.accounts.models import User
from postil.infra.expressions import PairAtLeast
from postil.infra.prepared import PreparedRows, Slot
from postil.projects.models import Project
from postil.tasks.models import Prediction, ScorePlace, Task
from postil.tasks.next_task import candidates

Place = tuple[float, int]
LARGEST = 1.7976931348623157e308
START: Place = (-LARGEST, 0)
END: Place = (LARGEST, 2**63 - 1)
PROJECT = Slot("project")


def not_before() -> PairAtLeast:
    """Return the condition that a prediction does not lie before the place given as `score` and `scored_task`."""
    return PairAtLeast(F("score"), F("task_id"), Slot("score"), Slot("scored_task"))


def _scored(of_version: bool) -> QuerySet[Prediction]:
    version = {"model_version": Slot("version")} if of_version else {}
    return Prediction.objects.filter(project=PROJECT, score__isnull=False, **version)


def _open_scores(of_version: bool, is_personal: bool) -> "QuerySet[Prediction, tuple[Any, int]]":
    task = Task.objects.filter(pk=OuterRef("task"), is_labeled=False)
    still = candidates.open_among(task, Slot("user")) if is_personal else task
    found = _scored(of_version).filter(not_before(), GreaterThan(candidates.how_many(still), 0))
    return found.order_by("score", "task").values_list("score", "task")[:1]


def _newer_scores(of_version: bool) -> "QuerySet[Prediction, tuple[Any, int]]":
    """Return the lowest of the predictions after `newest`; spelled so that no index but that of the ids can be used."""
    found = Prediction.objects.filter(project=PROJECT, pk__gt=Slot("newest"), score__isnull=False)
    if of_version:
        found = found.alias(version=Coalesce("model_version", Value("", output_field=TextField()))).filter(
            version=Slot("version")
        )
    return found.order_by(F("score") + Value(0.0), "task").values_list("score", "task")[:1]


_NEWEST = PreparedRows[tuple[int]](
    lambda: Prediction.objects.filter(project=PROJECT).order_by("-pk").values_list("pk")[:1]
)
_OPEN = PreparedRows(_open_scores)
_NEWER = PreparedRows(_newer_scores)


def place_of(project: Project, user: User) -> Place:
    """Return where the person begins, and note it. The caller is alone in reserving in the project."""
    found = _NEWEST.first(project=project.pk)
    newest = found[0] if found is not None else 0
    rows = ScorePlace.objects.filter(Q(user=None) | Q(user=user), project=project)
    stored = {row.user_id: row for row in rows}
    place = START
    for owner, row in ((None, stored.get(None)), (user, stored.get(user.pk))):
        begin = max(place, _known(project, row, newest))
        place = _first_open(project, owner, begin)
        _note(project, owner, row, newest, place)
    return place


def _known(project: Project, row: ScorePlace | None, newest: int) -> Place:
    """Return the place that is stored, moved back for newer predictions; the start when it does not hold any more."""
    if row is None or row.reopenings != project.reopenings or row.model_version != (project.model_version or ""):
        return START
    place = (row.score, row.task_number)
    if newest <= row.newest:
        return place
    version = project.model_version
    lowest = _NEWER.first(bool(version), project=project.pk, version=version, newest=row.newest)
    return min(place, lowest) if lowest is not None else place


def _first_open(project: Project, user: User | None, begin: Place) -> Place:
    version, who = project.model_version, user.pk if user is not None else None
    found = _OPEN.first(
        bool(version), user is not None, project=project.pk, user=who, version=version, score=begin[0],
        scored_task=begin[1],
    )  # fmt: skip
    return found if found is not None else END


def _note(project: Project, user: User | None, row: ScorePlace | None, newest: int, place: Place) -> None:
    now = {
        "model_version": project.model_version or "",
        "reopenings": project.reopenings,
        "newest": newest,
        "score": place[0],
        "task_number": place[1],
    }
    if row is None:
        ScorePlace.objects.create(project=project, user=user, **now)
    elif any(getattr(row, name) != value for name, value in now.items()):
        ScorePlace.objects.filter(pk=row.pk).update(**now)
