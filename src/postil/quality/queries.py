"""The history of states of a project, a task or an annotation, read off the rows that tell it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Min

from postil.accounts.models import User
from postil.projects.models import Project
from postil.quality.enums import Kind, State
from postil.quality.models import StateTransition
from postil.tasks.models import Annotation, Task
from postil.tasks.queries import versions_of


@dataclass(frozen=True, slots=True)
class Step:
    """One state and how it came about; `id` is unique within the history of its object."""

    id: str
    state: str
    name: str
    at: datetime
    by: User | None = None
    previous: str | None = None
    reason: str = ""


def results_on(task: Task) -> list[Any]:
    """Return what the annotations of a task say, oldest first, without those that skip it."""
    return list(
        Annotation.objects.filter(task=task, was_cancelled=False).order_by("pk").values_list("result", flat=True)
    )


def project_history(project: Project) -> list[Step]:
    """Return the states of a project, newest first: created, first annotation, all tasks labeled."""
    steps = [Step("created", State.CREATED, "project_created", project.created_at, project.created_by)]
    first = Annotation.all_objects.filter(project=project).aggregate(first=Min("created_at"))["first"]
    if first is not None:
        steps.append(Step("begun", State.IN_PROGRESS, "project_in_progress", first, previous=State.CREATED))
    if project.task_count and project.finished_task_count == project.task_count:
        last = Task.objects.filter(project=project).aggregate(last=Max("completed_at"))["last"] or project.updated_at
        steps.append(Step("done", State.COMPLETED, "project_completed", last, previous=State.IN_PROGRESS))
    return _with_declared(Kind.PROJECT, project.pk, steps[::-1])


def task_history(task: Task) -> list[Step]:
    """Return the states of a task, newest first: created, labeled, or open again after its annotations went."""
    steps = [Step("created", State.CREATED, "task_created", task.created_at)]
    if task.is_labeled:
        at = task.completed_at or task.updated_at
        steps.append(Step("done", State.COMPLETED, "task_completed", at, task.updated_by, State.CREATED))
    elif Annotation.all_objects.filter(task=task).exists():
        steps.append(
            Step("open", State.IN_PROGRESS, "task_in_progress", task.updated_at, task.updated_by, State.CREATED)
        )
    return _with_declared(Kind.TASK, task.pk, steps[::-1])


def annotation_history(annotation: Annotation) -> list[Step]:
    """Return one state for every version of an annotation, newest first."""
    rows = [(version.number, version.created_at, version.created_by) for version in versions_of(annotation)]
    rows.insert(0, (annotation.revision, annotation.updated_at, annotation.updated_by or annotation.completed_by))
    steps = [
        Step(
            str(number),
            State.CREATED,
            "annotation_created" if number == 1 else "annotation_updated",
            at,
            by,
            None if number == 1 else State.CREATED,
        )
        for number, at, by in rows
    ]
    return _with_declared(Kind.ANNOTATION, annotation.pk, steps)


def _with_declared(kind: Kind, object_id: int, steps: list[Step]) -> list[Step]:
    """Return `steps` (newest first) with what people declared in between, newest first."""
    rows = StateTransition.objects.filter(kind=kind, object_id=object_id).select_related("triggered_by")
    declared = [declared_step(row) for row in rows]
    # What people declared yields to what happened later.
    return sorted([*declared, *steps], key=lambda step: step.at, reverse=True)


def declared_step(row: StateTransition) -> Step:
    """Return a transition that somebody asked for as a step of the history."""
    return Step(
        f"declared-{row.pk}", row.state, row.name, row.created_at, row.triggered_by, row.previous_state, row.reason
    )
