"""States of work, and the transitions between them that a person may ask for."""

from django.db import models


class Kind(models.TextChoices):
    PROJECT = "project"
    TASK = "task"
    ANNOTATION = "annotation"


class State(models.TextChoices):
    CREATED = "CREATED"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"


# Those that only happen by themselves (something is created, changed or deleted) are not among them.
BY_HAND: dict[Kind, dict[str, State]] = {
    Kind.PROJECT: {"project_in_progress": State.IN_PROGRESS, "project_completed": State.COMPLETED},
    Kind.TASK: {"task_in_progress": State.IN_PROGRESS, "task_completed": State.COMPLETED},
    Kind.ANNOTATION: {},
}
