"""Writes one field into the data of many tasks."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from postil.accounts import audit
from postil.accounts.access import Actor
from postil.core.clock import now
from postil.core.errors import Invalid
from postil.infra.events import emit
from postil.labeling.derived import data_keys
from postil.projects.configs import stored_config
from postil.projects.counters import add_data_columns
from postil.projects.models import Project
from postil.tasks.events import TaskDataChanged
from postil.tasks.models import Task

BATCH = 500
MAX_NAME = 200


@transaction.atomic
def set_data_field(
    *, project: Project, who: Actor, tasks: QuerySet[Task], name: str, value_of: Callable[[list[int]], dict[int, Any]]
) -> int:
    """Give each task the value that `value_of` has for it, under one name; returns how many tasks there were.

    `value_of` is asked for one batch of ids at a time. Raises `Invalid` for a name that the label config shows: data
    that annotations depend on is changed task by task.
    """
    _check_name(project, name)
    ids = list(tasks.order_by("pk").values_list("pk", flat=True))
    added = 0
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        values = value_of(batch)
        rows = list(Task.objects.select_for_update(of=("self",)).filter(pk__in=batch, project=project))
        for task in rows:
            added += name not in task.data
            task.data = {**task.data, name: values.get(task.pk)}
            task.updated_at, task.updated_by = now(), who.user
        Task.objects.bulk_update(rows, ["data", "updated_at", "updated_by"])
        emit(TaskDataChanged(project_id=project.pk, task_ids=tuple(task.pk for task in rows)))
    add_data_columns(project.pk, {name: added})
    audit.record(
        who, "tasks.changed", object_type="project", object_id=project.pk, project_id=project.pk,
        details={"field": name, "count": len(ids)},
    )  # fmt: skip
    return len(ids)


def _check_name(project: Project, name: str) -> None:
    if not name.strip() or len(name) > MAX_NAME or "$" in name:
        raise Invalid.field("value_name", f"Give a name of 1 to {MAX_NAME} characters without $.")
    if name in data_keys(stored_config(project)):
        raise Invalid.field("value_name", f"The label config shows {name}; change it task by task.")
