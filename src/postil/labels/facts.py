"""Keeps the facts about annotations up to date: each revision is looked at once, when somebody asks about the facts.

New annotations are found by their ids, changed ones by the versions that changes leave. Ids are given before a
transaction ends, so the last few hundred are looked at again; what is known of the same revision is passed over.
"""

from collections import Counter
from typing import Any

from django.db import transaction
from django.db.models import Max

from postil.core.errors import Conflict
from postil.infra.bulk import insert_rows
from postil.infra.db import one_at_a_time
from postil.infra.jobs import NullRun, Run, enqueue
from postil.infra.models import Job, JobState
from postil.labeling.lint import facts_of
from postil.labeling.results import used_labels
from postil.labels.jobs import CollectFacts
from postil.labels.models import AnnotationFacts, FactsState, LabelUse
from postil.projects.models import Project
from postil.tasks.models import Annotation, AnnotationVersion

BATCH = 1_000
# So many are looked at while somebody waits; more are the work of a job.
AT_ONCE = 3_000
LOOKED_AT_AGAIN = 500

FACT_COLUMNS = (
    "annotation_id", "project_id", "revision", "region_count", "smallest_area", "largest_area", "out_of_bounds_count",
    "duplicate_region_count", "nested_region_count", "zero_length_count", "overlapping_span_count", "lint_count",
)  # fmt: skip
USE_COLUMNS = ("annotation_id", "project_id", "control", "label", "count")
SLIPS = (
    "out_of_bounds_count", "duplicate_region_count", "nested_region_count", "zero_length_count",
    "overlapping_span_count",
)  # fmt: skip


def ensure_facts(project: Project) -> None:
    """Bring the facts of a project up to date; raises `Conflict` while a job does it, because there is much to do."""
    state = _state(project.pk)
    fresh = Annotation.all_objects.filter(project=project, pk__gt=state.last_annotation_id)
    if fresh.order_by()[: AT_ONCE + 1].count() <= AT_ONCE:
        collect(project.pk, NullRun())
        return
    running = Job.objects.filter(
        project_id=project.pk, kind="collect_facts", state__in=(JobState.QUEUED, JobState.RUNNING)
    )
    if not running.exists():
        with transaction.atomic():
            enqueue(
                CollectFacts(project_id=project.pk), who=None, organization_id=project.organization_id,
                project_id=project.pk, unit="annotations",
            )  # fmt: skip
        # Where jobs run at once, it is done already.
        if not fresh.filter(pk__gt=_state(project.pk).last_annotation_id).exists():
            return
    raise Conflict("The labels and regions of this project are being counted. Try again in a moment.")


def collect_as_job(spec: CollectFacts, run: Run) -> dict[str, Any]:
    """Look at all annotations that nobody looked at."""
    return {"annotations": collect(spec.project_id, run)}


def collect(project_id: int, run: Run) -> int:
    """Look at new and changed annotations in batches; returns how many facts were written."""
    total = Annotation.all_objects.filter(project=project_id).count() if not isinstance(run, NullRun) else None
    written = 0
    is_first = True
    while True:
        with transaction.atomic():
            one_at_a_time(f"facts.{project_id}")
            state = _state(project_id)
            again = _last_ones(state) if is_first else []
            fresh = _next(state)
            written += _changed(state) + _write(project_id, [*again, *fresh])
            if fresh:
                state.last_annotation_id = fresh[-1]
            state.save()
        is_first = False
        run.progress(written, total)
        if len(fresh) < BATCH:
            return written


def _state(project_id: int) -> FactsState:
    return FactsState.objects.filter(pk=project_id).first() or FactsState(project_id=project_id)


def _last_ones(state: FactsState) -> list[int]:
    annotations = Annotation.all_objects.filter(project=state.project_id, pk__lte=state.last_annotation_id)
    return list(annotations.order_by("-pk").values_list("pk", flat=True)[:LOOKED_AT_AGAIN])


def _next(state: FactsState) -> list[int]:
    annotations = Annotation.all_objects.filter(project=state.project_id, pk__gt=state.last_annotation_id)
    return list(annotations.order_by("pk").values_list("pk", flat=True)[:BATCH])


def _changed(state: FactsState) -> int:
    """Look at annotations that were changed since the last time."""
    newest = AnnotationVersion.objects.aggregate(newest=Max("pk"))["newest"] or 0
    if newest <= state.last_version_id and state.last_version_id:
        return 0
    count = 0
    if state.last_annotation_id:
        versions = AnnotationVersion.objects.filter(pk__gt=max(0, state.last_version_id - LOOKED_AT_AGAIN))
        ids = list(
            versions.filter(annotation__project=state.project_id)
            .order_by("annotation_id").values_list("annotation_id", flat=True).distinct()
        )  # fmt: skip
        for start in range(0, len(ids), BATCH):
            count += _write(state.project_id, ids[start : start + BATCH])
    state.last_version_id = newest
    return count


def _write(project_id: int, ids: list[int]) -> int:
    """Write the facts of these annotations, unless those of the same revision are known."""
    known = dict(AnnotationFacts.objects.filter(pk__in=ids).values_list("pk", "revision"))
    revisions = dict(Annotation.all_objects.filter(pk__in=ids).values_list("pk", "revision"))
    stale = [pk for pk in ids if pk in revisions and known.get(pk) != revisions[pk]]
    if not stale:
        return 0
    if known:
        AnnotationFacts.objects.filter(pk__in=stale).delete()
        LabelUse.objects.filter(annotation_id__in=stale).delete()
    facts, uses = [], []
    for pk, result in Annotation.all_objects.filter(pk__in=stale).order_by("pk").values_list("pk", "result"):
        found = facts_of(result).as_dict()
        found["lint_count"] = sum(found[name] for name in SLIPS)
        facts.append((pk, project_id, revisions[pk], *(found[name] for name in FACT_COLUMNS[3:])))
        counts = Counter(used_labels(result))
        uses += [(pk, project_id, control, label, count) for (control, label), count in counts.items()]
    insert_rows(AnnotationFacts, FACT_COLUMNS, facts)
    if uses:
        insert_rows(LabelUse, USE_COLUMNS, uses)
    return len(facts)
