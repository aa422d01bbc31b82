"""What the annotations and drafts of a project say, counted from the rows.

Counting reads every result once. What was counted is remembered in blocks of ids, so that asking again reads those
blocks only in which a row came, went or changed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Count, F, Max, QuerySet, Sum

from postil.core.clock import iso
from postil.labeling.results import used_labels, used_triples
from postil.projects.models import Project
from postil.projects.ports import AnswersInUse
from postil.tasks import shapes
from postil.tasks.models import Annotation, Draft

BATCH = 1_000
BLOCK = 10_000
REMEMBERED_S = 3600
# Number and sum of the ids, and the newest change.
_Mark = tuple[int, int, datetime]
Labels = dict[str, dict[str, int]]


def summary_json(project: Project) -> shapes.Summary:
    """Return the project's summary."""
    annotations = _counted(_annotations(project), f"annotations:{project.pk}")
    drafts = _counted(_drafts(project), f"drafts:{project.pk}")
    columns: dict[str, int] = project.data_columns
    return {
        "project": project.pk,
        "created_at": iso(project.created_at),
        "all_data_columns": columns,
        "common_data_columns": [key for key, count in columns.items() if count == project.task_count],
        "created_annotations": {"|".join(triple): count for triple, count in annotations.triples.items()},
        "created_labels": annotations.labels,
        "created_labels_drafts": drafts.labels,
    }


def answers_in_use(project: Project) -> AnswersInUse:
    """Return what annotations and drafts of a project use; a config change must not take it away unseen."""
    annotations = _counted(_annotations(project), f"annotations:{project.pk}")
    drafts = _counted(_drafts(project), f"drafts:{project.pk}")
    # What drafts say is asked for by labels only.
    return _added_up([annotations, AnswersInUse({}, drafts.labels)])


def _annotations(project: Project) -> QuerySet[Any]:
    return Annotation.objects.filter(project=project, task__deleted_at=None)


def _drafts(project: Project) -> QuerySet[Any]:
    return Draft.objects.filter(task__project=project, task__deleted_at=None)


def _counted(rows: QuerySet[Any], name: str) -> AnswersInUse:
    blocks = rows.order_by().annotate(block=F("pk") / BLOCK).values_list("block")
    state = blocks.annotate(n=Count("pk"), ids=Sum("pk"), newest=Max("updated_at"))
    known: dict[int, tuple[_Mark, AnswersInUse]] = cache.get(f"summary:{name}", {})
    counted: dict[int, tuple[_Mark, AnswersInUse]] = {}
    for block, *mark in state:
        before = known.get(block)
        is_same = before is not None and before[0] == tuple(mark)
        counted[block] = before if before is not None and is_same else (tuple(mark), _count_block(rows, block))
    if counted != known:
        cache.set(f"summary:{name}", counted, timeout=REMEMBERED_S)
    return _added_up([found for _, found in counted.values()])


def _count_block(rows: QuerySet[Any], block: int) -> AnswersInUse:
    inside = rows.filter(pk__gte=block * BLOCK, pk__lt=(block + 1) * BLOCK).order_by("pk")
    return _count(inside.values_list("result", flat=True).iterator(BATCH))


def _added_up(parts: Iterable[AnswersInUse]) -> AnswersInUse:
    triples: Counter[tuple[str, str, str]] = Counter()
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for part in parts:
        triples.update(part.triples)
        for control, counts in part.labels.items():
            labels[control].update(counts)
    return AnswersInUse(dict(triples), {control: dict(counts) for control, counts in labels.items()})


def _count(results: Iterable[Any]) -> AnswersInUse:
    triples: Counter[tuple[str, str, str]] = Counter()
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for result in results:
        triples.update(used_triples(result))
        for control, label in used_labels(result):
            labels[control][label] += 1
    return AnswersInUse(dict(triples), {control: dict(counts) for control, counts in labels.items()})
