"""Overlap of tasks after a setting of their project changed, and what follows for "is labeled"."""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from enum import StrEnum

from django.db import transaction
from django.db.models import Q

from postil.infra.bulk_update import update_rows
from postil.infra.db import let_others_write
from postil.infra.expressions import IsAmong
from postil.infra.jobs import NullRun, Run, enqueue
from postil.projects.counters import change_counters, note_reopening
from postil.projects.models import Project
from postil.tasks.counts import tally
from postil.tasks.jobs import ReviseOverlap
from postil.tasks.models import Task
from postil.tasks.recount_many import answers_by_task

BATCH = 1_000
# With more tasks, a job does it: nobody else could write meanwhile.
AT_ONCE = 5_000
SETTINGS = ("maximum_annotations", "skip_queue")


class Reach(StrEnum):
    """Which tasks get the project's overlap: all, those that have more than one now, or the most annotated ones.

    Of the latter there are as many as the cohort's share says; all others get an overlap of one.
    """

    ALL = "all"
    SEVERAL = "several"
    COHORT = "cohort"


@transaction.atomic
def overlap_changed(project: Project) -> None:
    """Give the tasks of a project the overlap that its settings ask for, and judge again which are labeled.

    In a large project a job does so, some tasks at a time.
    """
    reach = _reach(project)
    if project.task_count <= AT_ONCE:
        _revise(project, reach, NullRun())
    else:
        spec = ReviseOverlap(project_id=project.pk, reach=reach.value)
        enqueue(spec, who=None, organization_id=project.organization_id, project_id=project.pk)


def revise_as_job(spec: ReviseOverlap, run: Run) -> None:
    """Do the work of a job; begun again after a restart, it does nothing twice."""
    project = Project.objects.filter(pk=spec.project_id).first()
    if project is not None:
        _revise(project, Reach(spec.reach), run)


def _reach(project: Project) -> Reach:
    if project.overlap_cohort_percentage < 100:
        return Reach.COHORT
    several = Task.objects.filter(project=project, overlap__gt=1)
    return Reach.SEVERAL if project.maximum_annotations > 1 and several.exists() else Reach.ALL


def _revise(project: Project, reach: Reach, run: Run) -> None:
    cohort = _cohort(project) if reach == Reach.COHORT else array("q")
    done, ids = 0, _next(project, 0)
    while ids:
        run.progress(done, project.task_count)
        with transaction.atomic():
            _give_overlap(project, reach, [pk for pk in ids if reach != Reach.COHORT or _holds(cohort, pk)])
            if reach == Reach.COHORT:
                others = IsAmong("id", [pk for pk in ids if not _holds(cohort, pk)])
                Task.objects.filter(others).exclude(overlap=1).update(overlap=1)
            _judge_again(project, ids)
        done += len(ids)
        let_others_write()
        # What was changed since counts: its own job may have come and gone.
        project.refresh_from_db(fields=SETTINGS)
        ids = _next(project, ids[-1])
    run.progress(done, done)
    note_reopening(project.pk)


def _next(project: Project, last_id: int) -> list[int]:
    rows = Task.objects.filter(project=project, pk__gt=last_id).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:BATCH])


def _cohort(project: Project) -> "array[int]":
    """Return the ids of the most annotated tasks, sorted."""
    count = round(project.task_count * project.overlap_cohort_percentage / 100)
    most = Task.objects.filter(project=project).order_by("-annotation_count", "pk")
    return array("q", sorted(most.values_list("pk", flat=True)[:count]))


def _holds(numbers: "array[int]", number: int) -> bool:
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number


def _give_overlap(project: Project, reach: Reach, ids: Sequence[int]) -> None:
    tasks = Task.objects.filter(IsAmong("id", ids)).exclude(overlap=project.maximum_annotations)
    if reach == Reach.SEVERAL:
        tasks = tasks.filter(overlap__gt=1)
    tasks.update(overlap=project.maximum_annotations)


def _judge_again(project: Project, ids: Sequence[int]) -> None:
    """Set "is labeled" of annotated tasks by their annotations, and count the difference."""
    touched = Q(annotation_count__gt=0) | Q(cancelled_annotation_count__gt=0) | Q(is_labeled=True)
    locked = Task.objects.select_for_update(of=("self",)).filter(IsAmong("id", ids)).filter(touched).order_by("pk")
    rows = list(locked.values_list("pk", "overlap", "is_labeled"))
    answers = answers_by_task([pk for pk, _, _ in rows])
    changed = []
    for pk, overlap, is_labeled in rows:
        found = tally(answers[pk].values(), overlap=overlap, skip_queue=project.skip_queue)
        if found.is_labeled != is_labeled:
            changed.append((found.is_labeled, found.completed_at, pk))
    update_rows(Task, ("is_labeled", "completed_at"), changed)
    finished = sum(1 if is_labeled else -1 for is_labeled, _, _ in changed)
    change_counters(project.pk, {"finished_task_count": finished})
