"""Overlap of tasks after a setting of their project changed, and what follows for "is labeled"."""

from collections import defaultdict

from django.db import transaction
from django.db.models import QuerySet

from postil.projects.counters import change_counters, note_reopening
from postil.projects.models import Project
from postil.tasks.counts import Answer, tally
from postil.tasks.models import Annotation, Task
from postil.tasks.queries import has_result

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
        answers = _answers([row.pk for row in batch])
        for row in batch:
            found = tally(answers[row.pk], overlap=row.overlap, skip_queue=project.skip_queue)
            if found.is_labeled != row.is_labeled:
                Task.objects.filter(pk=row.pk).update(is_labeled=found.is_labeled, completed_at=found.completed_at)
                finished += 1 if found.is_labeled else -1
    change_counters(project.pk, {"finished_task_count": finished})
    note_reopening(project.pk)


def _answers(ids: list[int]) -> defaultdict[int, list[Answer]]:
    lists: defaultdict[int, list[Answer]] = defaultdict(list)
    rows = Annotation.objects.filter(task_id__in=ids).annotate(has=has_result())
    for task_id, *values in rows.values_list(
        "task", "completed_by", "was_cancelled", "ground_truth", "has", "created_at"
    ):
        lists[task_id].append(Answer(*values))
    return lists
