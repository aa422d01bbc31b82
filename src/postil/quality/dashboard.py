"""The numbers of a project's dashboard: from counters and work that was added up before."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.cache import cache
from django.db.models import Count, F, Q, Sum

from postil.accounts.access import Actor
from postil.accounts.models import User
from postil.accounts.permissions import Permission
from postil.core.clock import iso, now
from postil.core.errors import Conflict, Invalid
from postil.labels.facts import ensure_facts
from postil.labels.models import LabelUse
from postil.projects.enums import SkipQueue
from postil.projects.models import Project
from postil.quality import shapes
from postil.quality.forecast import DAYS, forecast
from postil.quality.models import QuarterWork
from postil.quality.work import QUARTER, add_up, quarters_of
from postil.tasks.models import Annotation, Task

MOST_DAYS = 366
MOST_LABELS = 200
# Above so many annotations, counting their labels takes long enough to remember it for a while.
MANY = 20_000
REMEMBERED_S = 60


def dashboard_json(who: Actor, project: Project, *, days: int, time_zone: str) -> shapes.Dashboard:
    """Return how far a project is, who works how fast, what was done on each day, and when it will be done.

    Those who may not see the work of others see their own only.
    """
    if not 1 <= days <= MOST_DAYS:
        raise Invalid.field("days", f"A number from 1 to {MOST_DAYS} is needed.")
    zone = _zone(time_zone)
    add_up(project)
    today = now().astimezone(zone).date()
    quarters = quarters_of(project)
    sees_all = who.may(Permission.ANNOTATION_VIEW_ALL)
    shown = quarters if sees_all else [quarter for quarter in quarters if quarter.user_id == who.user.pk]
    return {
        "tasks": _tasks(project, None if sees_all else who.user),
        "annotations": _annotations(project),
        "people": _people(shown),
        "days": _days(shown, today, days, zone),
        "labels": _labels(project) if sees_all else None,
        "forecast": _forecast(project, quarters, today, zone),
    }


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid.field("time_zone", f"{name!r} is no time zone such as Europe/Berlin.") from None


def _tasks(project: Project, only: User | None) -> shapes.TaskNumbers:
    """Return numbers of tasks; of ground truths those count that a person below reviewer gave."""
    skipped, predicted = _touched(project)
    return {
        "total": project.task_count,
        "labeled": project.finished_task_count,
        "remaining": project.task_count - project.finished_task_count,
        "annotated": project.annotated_task_count,
        "skipped": skipped,
        "ground_truth": _with_truth(project, only) if project.ground_truth_count else 0,
        "predicted": predicted,
    }


def _touched(project: Project) -> tuple[int, int]:
    """Return how many tasks were skipped and how many have predictions; of a large project, as they were lately."""
    skips, predictions = project.skipped_annotation_count, project.prediction_count
    if not skips and not predictions:
        return 0, 0
    key = f"dashboard-tasks:{project.pk}:{project.task_count}"
    known: tuple[int, int] | None = cache.get(key) if project.task_count > MANY else None
    if known is None:
        counts = Task.objects.filter(project=project).aggregate(
            skipped=Count("pk", filter=Q(cancelled_annotation_count__gt=0)),
            predicted=Count("pk", filter=Q(prediction_count__gt=0)),
        )
        known = counts["skipped"], counts["predicted"]
        cache.set(key, known, timeout=REMEMBERED_S)
    return known


def _with_truth(project: Project, only: User | None) -> int:
    found = Annotation.objects.filter(project=project, ground_truth=True).order_by()
    found = found if only is None else found.filter(completed_by=only)
    return Task.objects.filter(project=project, pk__in=found.values("task_id")).count()


def _annotations(project: Project) -> shapes.AnnotationNumbers:
    return {
        "total": project.annotation_count,
        "skipped": project.skipped_annotation_count,
        "ground_truth": project.ground_truth_count,
        "predictions": project.prediction_count,
    }


def _people(quarters: list[QuarterWork]) -> list[shapes.PersonNumbers]:
    groups: defaultdict[int | None, list[QuarterWork]] = defaultdict(list)
    for quarter in quarters:
        groups[quarter.user_id].append(quarter)
    known = {user.pk: user for user in User.objects.filter(pk__in=[pk for pk in groups if pk is not None])}
    found = [_person(known.get(pk or 0), pk, mine) for pk, mine in groups.items()]
    return sorted(found, key=lambda row: (-row["annotations"], row["user"] or 0))


def _person(user: User | None, user_id: int | None, quarters: list[QuarterWork]) -> shapes.PersonNumbers:
    timed, seconds = sum(quarter.timed_count for quarter in quarters), sum(quarter.seconds for quarter in quarters)
    mean = seconds / timed if timed else None
    worked = [quarter.begins_at for quarter in quarters if quarter.annotation_count or quarter.skipped_count]
    return {
        "user": user_id,
        "name": (user.get_full_name() or user.email) if user is not None else "",
        "annotations": sum(quarter.annotation_count for quarter in quarters),
        "skipped": sum(quarter.skipped_count for quarter in quarters),
        "imported": sum(quarter.imported_count for quarter in quarters),
        "seconds_mean": round(mean, 1) if mean is not None else None,
        "per_hour": round(3600 / mean, 1) if mean else None,
        "last_at": iso(min(now(), max(worked) + QUARTER)) if worked else None,
    }


def _days(quarters: list[QuarterWork], today: date, count: int, zone: ZoneInfo) -> list[shapes.DayNumbers]:
    by_day: defaultdict[date, list[QuarterWork]] = defaultdict(list)
    for quarter in quarters:
        by_day[_day(quarter.begins_at, zone)].append(quarter)
    days = [today - timedelta(days=back) for back in range(count - 1, -1, -1)]
    return [
        {
            "day": day.isoformat(),
            "annotations": sum(quarter.annotation_count for quarter in by_day[day]),
            "skipped": sum(quarter.skipped_count for quarter in by_day[day]),
            "people": len(
                {quarter.user_id for quarter in by_day[day] if quarter.annotation_count or quarter.skipped_count}
            ),
        }
        for day in days
    ]


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def _labels(project: Project) -> list[shapes.ControlLabels] | None:
    """Return how often each label is used, by control; None while that is being counted."""
    key = f"dashboard-labels:{project.pk}"
    known: list[shapes.ControlLabels] | None = cache.get(key) if project.annotation_count > MANY else None
    if known is not None:
        return known
    try:
        ensure_facts(project)
    except Conflict:
        return None
    uses = LabelUse.objects.filter(
        project=project, annotation__deleted_at=None, annotation__was_cancelled=False, annotation__task__deleted_at=None
    )
    controls: defaultdict[str, list[shapes.LabelCount]] = defaultdict(list)
    for control, label, count in uses.order_by().values_list("control", "label").annotate(n=Sum("count")):
        controls[control].append({"label": label, "count": count})
    found: list[shapes.ControlLabels] = [
        {"control": control, "labels": sorted(rows, key=lambda row: (-row["count"], row["label"]))[:MOST_LABELS]}
        for control, rows in sorted(controls.items())
    ]
    cache.set(key, found, timeout=REMEMBERED_S)
    return found


def _forecast(project: Project, quarters: list[QuarterWork], today: date, zone: ZoneInfo) -> shapes.Forecast | None:
    # Where a skip is an answer, it brings the end nearer.
    is_answer = project.skip_queue == SkipQueue.IGNORE_SKIPPED
    done: defaultdict[date, int] = defaultdict(int)
    for quarter in quarters:
        done[_day(quarter.begins_at, zone)] += quarter.annotation_count + quarter.skipped_count * is_answer
    counts = [done[today - timedelta(days=back)] for back in range(DAYS, 0, -1)]
    found = forecast(counts, _missing(project), today)
    if found is None:
        return None
    return {
        "per_day": found.per_day,
        "likely": found.likely.isoformat(),
        "early": found.early.isoformat(),
        "late": found.late.isoformat() if found.late else None,
    }


def _missing(project: Project) -> int:
    """Return how many answers are still to be given: as many as tasks remain, and more where a task needs several."""
    tasks = project.task_count - project.finished_task_count
    if project.maximum_annotations <= 1:
        return tasks
    open_tasks = Task.objects.filter(project=project, is_labeled=False).order_by()
    needed = open_tasks.filter(overlap__gt=1).aggregate(n=Sum(F("overlap") - 1))["n"] or 0
    given = open_tasks.filter(annotation_count__gt=0).aggregate(n=Sum("annotation_count"))["n"] or 0
    return max(tasks, tasks + int(needed) - int(given))
