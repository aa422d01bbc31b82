"""Which values a column has, and how often: what filters offer to choose from."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum

from postil.accounts.models import User
from postil.core.errors import Invalid
from postil.datamanager import shapes
from postil.datamanager.column import Scope
from postil.datamanager.data_column import DataColumn
from postil.datamanager.filters import find_column
from postil.infra.expressions import ContainsText, JsonAnyText
from postil.labels.facts import ensure_facts
from postil.labels.models import LabelUse
from postil.tasks.models import Annotation, Prediction, Task

MOST = 100
# Values of the data are counted over the newest tasks only; an exact count would read them all.
LOOKED_AT = 10_000
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Counted:
    """Values, most frequent first; `is_complete` when every task was looked at and nothing was left out."""

    values: list[shapes.Value]
    is_complete: bool

    def as_json(self) -> shapes.Values:
        """Return the answer of the API."""
        return {"values": self.values, "is_complete": self.is_complete}


def values_of(scope: Scope, name: str, search: str) -> Counted:
    """Return the values of a column that contain `search`; raises `Invalid` for a column without choices."""
    if name in ("annotators", "annotations__completed_by"):
        rows = Annotation.objects.filter(project=scope.project, task__deleted_at=None)
        rows = rows if scope.sees_all_annotations else rows.filter(completed_by=scope.user)
        return _people(rows.exclude(completed_by=None), "completed_by", search)
    if name == "updated_by":
        return _people(Task.objects.filter(project=scope.project).exclude(updated_by=None), "updated_by", search)
    if name == "predictions_model_versions":
        versions = Prediction.objects.filter(project=scope.project, task__deleted_at=None).exclude(model_version=None)
        counts = Counter(dict(versions.order_by().values_list("model_version").annotate(n=Count("pk"))))
        return _most({word: count for word, count in counts.items() if word and search.lower() in word.lower()})
    if name == "labels":
        return _labels(scope, search)
    column = find_column(name, scope)
    if isinstance(column, DataColumn):
        return _data(scope, column, search)
    if column.type == "Boolean":
        return Counted([{"value": word, "title": str(word).lower(), "count": None} for word in (True, False)], True)
    raise Invalid.field("column", f'The column "{name}" has no list of values.')


def _most(counts: dict[str, int], *, is_complete: bool = True) -> Counted:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    rows: list[shapes.Value] = [{"value": word, "title": word, "count": count} for word, count in ordered[:MOST]]
    return Counted(rows, is_complete and len(ordered) <= MOST)


def _people(rows: QuerySet[Any], field: str, search: str) -> Counted:
    counts = dict(rows.order_by().values_list(field).annotate(n=Count("pk")))
    people = User.objects.filter(pk__in=counts)
    named = [(person.pk, person.get_full_name() or person.email, counts[person.pk]) for person in people]
    found = sorted(
        (row for row in named if search.lower() in row[1].lower()), key=lambda row: (-row[2], row[1], row[0])
    )
    listed: list[shapes.Value] = [{"value": pk, "title": title, "count": count} for pk, title, count in found[:MOST]]
    return Counted(listed, len(found) <= MOST)


def _labels(scope: Scope, search: str) -> Counted:
    ensure_facts(scope.project)
    uses = LabelUse.objects.filter(
        project=scope.project, annotation__deleted_at=None, annotation__was_cancelled=False,
        annotation__task__deleted_at=None,
    )  # fmt: skip
    if not scope.sees_all_annotations:
        uses = uses.filter(annotation__completed_by=scope.user)
    if search:
        uses = uses.filter(label__icontains=search)
    rows = uses.order_by().values_list("control", "label").annotate(n=Sum("count"))
    ordered = sorted(rows, key=lambda row: (-row[2], row[0], row[1]))
    listed: list[shapes.Value] = [
        {"value": {"control": control, "label": label}, "title": label, "count": count}
        for control, label, count in ordered[:MOST]
    ]
    return Counted(listed, len(ordered) <= MOST)


def _data(scope: Scope, column: DataColumn, search: str) -> Counted:
    tasks = Task.objects.filter(project=scope.project)
    # by a bound, which both databases read from an index; they read all tasks for a list of ids
    last = list(tasks.order_by("-pk").values_list("pk", flat=True)[LOOKED_AT - 1 : LOOKED_AT])
    looked_at = tasks.filter(pk__gte=last[0]) if last else tasks
    rows = looked_at.annotate(text=JsonAnyText("data", column.path)).exclude(text=None)
    if search:
        rows = rows.filter(ContainsText(JsonAnyText("data", column.path), search))
    counts: Counter[str] = Counter()
    for word, count in rows.order_by().values_list("text").annotate(n=Count("pk")):
        counts[word[:LONGEST]] += count
    return _most(counts, is_complete=scope.project.task_count <= LOOKED_AT)
