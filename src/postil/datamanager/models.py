"""Views: the tabs of the data manager; the indexes made for them, and what bulk actions did."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from postil.infra.db import JsonField
from postil.projects.models import Project, Trashable, TrashEntry
from postil.tasks.models import Task


class LiveViewManager(models.Manager["View"]):
    """Views outside the trash."""

    def get_queryset(self) -> models.QuerySet["View"]:
        """Leave out what lies in the trash."""
        return super().get_queryset().filter(deleted_at=None)


class IndexKind(models.TextChoices):
    UP = "up"
    DOWN = "down"
    TEXT = "text"


class ColumnIndex(models.Model):
    """An index on one key of a project's task data, made because somebody sorted or searched by it."""

    # A plain number: the row outlives its project until its index is gone.
    project_id = models.BigIntegerField()
    column = models.TextField()
    kind = models.CharField(max_length=8, choices=IndexKind.choices)
    is_ready = models.BooleanField(default=False)
    # Tasks up to this id are in an index that does not grow by itself.
    covered_id = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project_id", "column", "kind"], name="one_index_per_column_and_kind")
        ]

    def __str__(self) -> str:
        return f"index of project {self.project_id} on {self.column} {self.kind}"

    @property
    def index_name(self) -> str:
        """The name in the database."""
        return f"task_column_{self.pk}"


class IndexedData(models.Model):
    """The data of a task once more, of projects with a `ColumnIndex`: on PostgreSQL, which keeps it by triggers."""

    task = models.OneToOneField(
        Task, primary_key=True, on_delete=models.DO_NOTHING, related_name="indexed", db_constraint=False
    )
    # A plain number, with indexes of each project's own.
    project_id = models.BigIntegerField()
    data = JsonField()

    def __str__(self) -> str:
        return f"data of task {self.task_id}"


class SearchState(models.Model):
    """Up to where a project's texts are known to full-text search: last task, annotation and change looked at."""

    # A plain number: the row outlives its project until its index is gone.
    project_id = models.BigIntegerField(primary_key=True)
    is_ready = models.BooleanField(default=False)
    last_task_id = models.BigIntegerField(default=0)
    last_annotation_id = models.BigIntegerField(default=0)
    last_version_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"words of project {self.project_id} up to task {self.last_task_id}"

    @property
    def task_index(self) -> str:
        """The name of the index of task data."""
        return f"search_task_{self.project_id}"

    @property
    def annotation_index(self) -> str:
        """The name of the index of answers."""
        return f"search_annotation_{self.project_id}"


class BulkRun(models.Model):
    """One use of a bulk action: what was asked, the plan, how far it is. Every step writes here what it did.

    `question` says which tasks are meant; `plan` holds the ids (8 bytes each) once they are known.
    """

    action = models.CharField(max_length=64)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    organization_id = models.BigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    view_id = models.BigIntegerField(null=True)
    question = JsonField(default=dict)
    plan = models.BinaryField(null=True)
    done = models.BigIntegerField(default=0)
    items = models.BigIntegerField(default=0)
    trash_ids = JsonField(default=list)
    job_id = models.UUIDField(null=True, db_index=True)
    undone_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.action} {self.pk}"


class ProjectCopy(models.Model):
    """The copying of a project's tasks into another: how far it is."""

    source = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    target = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    with_answers = models.BooleanField(default=False)
    last_task_id = models.BigIntegerField(default=0)
    done = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"copy of project {self.source_id} to {self.target_id}"


class BulkStep(models.Model):
    """Annotations that one step made (ids), and those that it changed (ids and revisions), 8 bytes a number.

    `rewritten`: what drafts and predictions said before, packed; they keep no versions.
    """

    run = models.ForeignKey(BulkRun, on_delete=models.CASCADE, related_name="steps")
    made = models.BinaryField(default=bytes)
    changed = models.BinaryField(default=bytes)
    rewritten = models.BinaryField(default=bytes)

    def __str__(self) -> str:
        return f"step {self.pk} of {self.run_id}"


class DeletedPredictions(models.Model):
    """Predictions that one step of an act of deleting took, packed, with the annotations that were made of them."""

    trash = models.ForeignKey(TrashEntry, on_delete=models.CASCADE, related_name="+")
    packed = models.BinaryField()

    def __str__(self) -> str:
        return f"predictions of deletion {self.trash_id}"


class View(Trashable):
    """A saved way of looking at a project's tasks. `data` comes back exactly as it was sent."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="views")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    data = JsonField(default=dict)
    order = models.IntegerField(default=0)
    is_private = models.BooleanField(default=False)
    revision = models.IntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = LiveViewManager()
    all_objects: ClassVar[models.Manager["View"]] = models.Manager()

    class Meta:
        ordering = ["order", "pk"]
        base_manager_name = "all_objects"

    def __str__(self) -> str:
        return str(self.data.get("title", self.pk))
