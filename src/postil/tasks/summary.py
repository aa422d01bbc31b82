"""What the annotations and drafts of a project say, counted from the rows.

Counting reads every result once; what was counted is remembered by the ids and times of the newest rows, so that asking
again costs two index look-ups.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max, QuerySet

from postil.core.clock import iso
from postil.labeling.results import used_labels, used_triples
from postil.projects.models import Project
from postil.projects.ports import AnswersInUse
from postil.tasks import shapes
from postil.tasks.models import Annotation, Draft

BATCH = 1_000
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
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for source in (annotations.labels, drafts.labels):
        for control, counts in source.items():
            labels[control].update(counts)
    return AnswersInUse(annotations.triples, {control: dict(counts) for control, counts in labels.items()})


def _annotations(project: Project) -> QuerySet[Any]:
    return Annotation.objects.filter(project=project, task__deleted_at=None)


def _drafts(project: Project) -> QuerySet[Any]:
    return Draft.objects.filter(task__project=project, task__deleted_at=None)


def _counted(rows: QuerySet[Any], name: str) -> AnswersInUse:
    state = rows.aggregate(n=Count("pk"), newest=Max("updated_at"), last=Max("pk"))
    newest = state["newest"].isoformat() if state["newest"] is not None else ""
    key = f"summary:{name}:{state['n']}:{state['last']}:{newest}"
    known = cache.get(key)
    if isinstance(known, AnswersInUse):
        return known
    counted = _count(rows.order_by("pk").values_list("result", flat=True).iterator(BATCH))
    cache.set(key, counted, timeout=3600)
    return counted


def _count(results: Iterable[Any]) -> AnswersInUse:
    triples: Counter[tuple[str, str, str]] = Counter()
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for result in results:
        triples.update(used_triples(result))
        for control, label in used_labels(result):
            labels[control][label] += 1
    return AnswersInUse(dict(triples), {control: dict(counts) for control, counts in labels.items()})
