"""Overlap of tasks after a setting of their project changed, and what follows for "is labeled"."""

from django.db import transaction
from django.db.models import QuerySet

from postil.projects.counters import change_counters, note_reopening
from postil.projects.models import Project
from postil.tasks.counts import tally
from postil.tasks.models import Task
from postil.tasks.recount_many import answers_by_task

BATCH = 1_000


@transaction.atomic
def overlap_changed(project: Project) -> None:
    """Give the tasks of a project the overlap that its settings ask for, and judge again which are labeled.

    With a cohort of less than 100 percent the most annotated tasks get the project's overlap, the others one.
    """
    tasks = Task.objects.filter(project=project)
    if project.overlap_cohort_percentage < 100:
        count = round(project.task_count * project.overlap_cohort_percentage / 100)
        cohort = list(tasks.order_by("-annotation_count", "pk").values_list("pk", flat=True)[:count])
        tasks.exclude(overlap=1).update(overlap=1)
        for start in range(0, len(cohort), BATCH):
            Task.objects.filter(pk__in=cohort[start : start + BATCH]).update(overlap=project.maximum_annotations)
    elif project.maximum_annotations == 1 or not tasks.filter(overlap__gt=1).exists():
        tasks.exclude(overlap=project.maximum_annotations).update(overlap=project.maximum_annotations)
    else:
        tasks.filter(overlap__gt=1).update(overlap=project.maximum_annotations)
    judge_again(project, tasks)


def judge_again(project: Project, tasks: QuerySet[Task]) -> None:
    """Set "is labeled" of annotated tasks by their annotations, in batches, and count the difference."""
    finished = 0
    last_id = 0
    while True:
        batch = list(
            tasks.filter(pk__gt=last_id).order_by("pk").values_list("pk", "overlap", "is_labeled", named=True)[:BATCH]
        )
        if not batch:
            break
        last_id = batch[-1].pk
        answers = answers_by_task([row.pk for row in batch])
        for row in batch:
            found = tally(answers[row.pk].values(), overlap=row.overlap, skip_queue=project.skip_queue)
            if found.is_labeled != row.is_labeled:
                Task.objects.filter(pk=row.pk).update(is_labeled=found.is_labeled, completed_at=found.completed_at)
                finished += 1 if found.is_labeled else -1
    change_counters(project.pk, {"finished_task_count": finished})
    note_reopening(project.pk)
