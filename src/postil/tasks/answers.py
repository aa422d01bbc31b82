"""This package's answers to the ports of `projects`."""

from collections.abc import Iterable

from django.core.cache import cache
from django.db.models import Count, Q

from postil.accounts.models import User
from postil.labeling.derived import first_data_key
from postil.labeling.taskdata import UNNAMED_KEY
from postil.projects.configs import stored_config
from postil.projects.counters import add_data_columns
from postil.projects.enums import SkipQueue
from postil.projects.models import Project
from postil.projects.ports import Queue
from postil.tasks.models import Annotation, Prediction, Task

BATCH = 1_000
LONG = 5_000
REMEMBERED_S = 10


def queues(user: User, projects: Iterable[Project]) -> dict[int, Queue]:
    """Return, for each project, how many tasks the person has done, and how many are open to them or done.

    Where they have done thousands, the numbers are remembered for some seconds.
    """
    found: dict[int, Queue] = {}
    unknown = []
    for project in projects:
        known = cache.get(f"queue:{user.pk}:{project.pk}")
        if isinstance(known, Queue):
            found[project.pk] = known
        else:
            unknown.append(project)
    for project_id, queue in (_counted_queues(user, unknown) if unknown else {}).items():
        found[project_id] = queue
        if queue.done > LONG:
            cache.set(f"queue:{user.pk}:{project_id}", queue, timeout=REMEMBERED_S)
    return found


def _counted_queues(user: User, listed: list[Project]) -> dict[int, Queue]:
    keeps_skips = {project.pk for project in listed if project.skip_queue != SkipQueue.REQUEUE_FOR_ME}
    mine = Annotation.objects.filter(project__in=listed, completed_by=user, task__deleted_at=None)
    kept = Q(was_cancelled=False) | Q(project__in=keeps_skips)
    rows = mine.values("project").annotate(
        done=Count("task", distinct=True, filter=kept),
        finished=Count("task", distinct=True, filter=Q(task__is_labeled=True)),
    )
    by_project = {row["project"]: row for row in rows.order_by()}
    found = {}
    for project in listed:
        row = by_project.get(project.pk, {"done": 0, "finished": 0})
        open_count = project.task_count - project.finished_task_count
        found[project.pk] = Queue(done=row["done"], total=open_count + row["finished"])
    return found


def prediction_versions(project: Project) -> set[str]:
    """Return the model versions of stored predictions."""
    found = Prediction.objects.filter(project=project, task__deleted_at=None).values_list("model_version", flat=True)
    return {version for version in found.distinct() if version}


def config_set(project: Project) -> None:
    """Give values that came without a name the first data key of a new config."""
    count = project.data_columns.get(UNNAMED_KEY, 0)
    key = first_data_key(stored_config(project))
    if not count or key is None or key == UNNAMED_KEY:
        return
    tasks = Task.objects.filter(project=project)
    renamed = 0
    for task in tasks.only("pk", "data").iterator(BATCH):
        if UNNAMED_KEY in task.data:
            data = {key if name == UNNAMED_KEY else name: value for name, value in task.data.items()}
            Task.objects.filter(pk=task.pk).update(data=data)
            renamed += 1
    add_data_columns(project.pk, {UNNAMED_KEY: -renamed, key: renamed})
    project.refresh_from_db(fields=["data_columns"])
