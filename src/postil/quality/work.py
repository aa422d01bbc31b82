"""Adds up who submitted how much in which quarter of an hour, so that progress is shown without reading annotations.

New annotations are added by their ids. Their sums must be what the counters of the project say; after something was
deleted or restored, or a skip became an answer, they are not, and everything is added up anew, once a minute at most.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Sum

from postil.core.clock import now
from postil.infra.db import one_at_a_time
from postil.projects.models import Project
from postil.quality.models import QuarterWork, WorkState
from postil.tasks.models import Annotation

BATCH = 20_000
ANEW_AFTER = timedelta(minutes=1)
LOOKED_BACK = timedelta(days=366)
QUARTER = timedelta(minutes=15)

Key = tuple[int | None, datetime]


@dataclass(slots=True)
class _Sums:
    annotation_count: int = 0
    skipped_count: int = 0
    imported_count: int = 0
    timed_count: int = 0
    seconds: float = 0.0


@transaction.atomic
def add_up(project: Project) -> None:
    """Bring the sums of work in a project up to date, and read the project anew."""
    one_at_a_time(f"work.{project.pk}")
    state = WorkState.objects.filter(pk=project.pk).first() or WorkState(project=project)
    before = (state.last_annotation_id, state.begun_at)
    _add_new(project, state)
    if not _is_right(project) and (state.begun_at is None or now() - state.begun_at >= ANEW_AFTER):
        QuarterWork.objects.filter(project=project).delete()
        state.last_annotation_id = 0
        state.begun_at = now()
        _add_new(project, state)
    if (state.last_annotation_id, state.begun_at) != before:
        state.save()


def _is_right(project: Project) -> bool:
    """Whether what was added up is what the project counts."""
    project.refresh_from_db()
    counters = project.annotation_count, project.skipped_annotation_count
    sums = QuarterWork.objects.filter(project=project).aggregate(
        made=Sum("annotation_count"), skipped=Sum("skipped_count"), imported=Sum("imported_count")
    )
    made, skipped, imported = (int(sums[name] or 0) for name in ("made", "skipped", "imported"))
    if made + skipped + imported != sum(counters):
        return False
    if not imported or not counters[1]:
        return skipped == counters[1]
    # Skips that were imported are imported work.
    rows = Annotation.objects.filter(project=project, task__deleted_at=None, was_cancelled=True)
    return skipped + rows.exclude(imported_by=None).count() == counters[1]


def _add_new(project: Project, state: WorkState) -> None:
    while True:
        sums: defaultdict[Key, _Sums] = defaultdict(_Sums)
        rows = Annotation.objects.filter(project=project, task__deleted_at=None, pk__gt=state.last_annotation_id)
        batch: list[Any] = list(
            rows.order_by("pk").values_list(
                "pk", "completed_by_id", "created_at", "was_cancelled", "imported_by_id", "lead_time"
            )[:BATCH]
        )
        for _pk, user_id, at, was_cancelled, imported_by, lead_time in batch:
            found = sums[user_id, at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)]
            if imported_by is not None:
                found.imported_count += 1
                continue
            found.skipped_count += was_cancelled
            found.annotation_count += not was_cancelled
            if lead_time and not was_cancelled:
                found.timed_count += 1
                found.seconds += lead_time
        for (person, quarter), added in sums.items():
            _store(project, person, quarter, added)
        if batch:
            state.last_annotation_id = batch[-1][0]
        if len(batch) < BATCH:
            return


def _store(project: Project, user_id: int | None, quarter: datetime, sums: _Sums) -> None:
    same = QuarterWork.objects.filter(project=project, begins_at=quarter)
    same = same.filter(user=None) if user_id is None else same.filter(user_id=user_id)
    changed = same.update(
        annotation_count=F("annotation_count") + sums.annotation_count,
        skipped_count=F("skipped_count") + sums.skipped_count,
        imported_count=F("imported_count") + sums.imported_count,
        timed_count=F("timed_count") + sums.timed_count,
        seconds=F("seconds") + sums.seconds,
    )
    if not changed:
        QuarterWork.objects.create(
            project=project,
            user_id=user_id,
            begins_at=quarter,
            annotation_count=sums.annotation_count,
            skipped_count=sums.skipped_count,
            imported_count=sums.imported_count,
            timed_count=sums.timed_count,
            seconds=sums.seconds,
        )


def quarters_of(project: Project, since: datetime | None = None) -> list[QuarterWork]:
    """Return the work in a project since a moment by quarters of hours, a year back at most, oldest first."""
    start = max(since, now() - LOOKED_BACK) if since is not None else now() - LOOKED_BACK
    return list(QuarterWork.objects.filter(project=project, begins_at__gte=start).order_by("begins_at", "pk"))
