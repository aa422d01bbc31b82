"""Tasks, annotations with all their versions, drafts, predictions, and who is working on what."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from postil.infra.db import JsonField
from postil.projects.models import LabelConfigVersion, Project, Trashable, in_trash
from postil.tasks.enums import VersionAction


class LiveTaskManager(models.Manager["Task"]):
    """Tasks outside the trash."""

    def get_queryset(self) -> models.QuerySet["Task"]:
        """Leave out what lies in the trash."""
        return super().get_queryset().filter(deleted_at=None)


class Task(Trashable):
    """One thing to label. Counters are changed in the transaction that changes what they count."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="tasks")
    data = JsonField()
    meta = JsonField(default=dict, null=True)
    overlap = models.IntegerField(default=1)
    is_labeled = models.BooleanField(default=False)
    allow_skip = models.BooleanField(null=True, default=True)
    inner_id = models.BigIntegerField(default=0)
    # A plain number: uploads live in a higher package.
    file_upload_id = models.BigIntegerField(null=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    annotation_count = models.IntegerField(default=0)
    cancelled_annotation_count = models.IntegerField(default=0)
    prediction_count = models.IntegerField(default=0)
    completed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = LiveTaskManager()
    all_objects: ClassVar[models.Manager["Task"]] = models.Manager()

    class Meta:
        base_manager_name = "all_objects"
        indexes = [
            # Holds what the task table counts and filters most, so that pages far down need no look at the rows.
            models.Index(
                fields=[
                    "project",
                    "id",
                    "deleted_at",
                    "is_labeled",
                    "annotation_count",
                    "cancelled_annotation_count",
                    "prediction_count",
                ],
                name="task_shown",
                condition=models.Q(deleted_at=None),
            ),
            models.Index(fields=["project", "updated_at"], name="task_by_change", condition=models.Q(deleted_at=None)),
            models.Index(
                fields=["project", "created_at"], name="task_by_creation", condition=models.Q(deleted_at=None)
            ),
            # With the columns of their conditions SQLite prefers the next three to `task_shown`, and to each other.
            models.Index(
                fields=["project", "id", "is_labeled", "deleted_at"],
                name="task_open",
                condition=models.Q(is_labeled=False, deleted_at=None),
            ),
            models.Index(
                fields=["project", "id", "is_labeled", "deleted_at", "annotation_count"],
                name="task_begun",
                condition=models.Q(is_labeled=False, deleted_at=None, annotation_count__gt=0),
            ),
            models.Index(
                fields=["project", "id", "is_labeled", "deleted_at", "overlap"],
                name="task_for_several",
                condition=models.Q(is_labeled=False, deleted_at=None, overlap__gt=1),
            ),
            models.Index(fields=["project", "inner_id"], name="task_by_inner_id"),
            models.Index(
                fields=["file_upload_id"], name="task_by_upload", condition=models.Q(file_upload_id__isnull=False)
            ),
            in_trash("task_in_trash"),
        ]

    def __str__(self) -> str:
        return f"task {self.pk}"


class Prediction(models.Model):
    """What a model says about a task."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="predictions")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="predictions", db_index=False)
    result = JsonField(null=True, default=list)
    score = models.FloatField(null=True)
    model_version = models.TextField(blank=True, null=True, default="")
    cluster = models.IntegerField(null=True)
    neighbors = JsonField(null=True)
    mislabeling = models.FloatField(default=0.0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            models.Index(fields=["project", "id"], name="prediction_by_project"),
            models.Index(fields=["project", "model_version"]),
            models.Index(fields=["project", "score", "task"], name="prediction_by_score"),
        ]

    def __str__(self) -> str:
        return f"prediction {self.pk}"


class LiveAnnotationManager(models.Manager["Annotation"]):
    """Annotations outside the trash."""

    def get_queryset(self) -> models.QuerySet["Annotation"]:
        """Leave out what lies in the trash."""
        return super().get_queryset().filter(deleted_at=None)


class Annotation(Trashable):
    """What a person says about a task. `revision` counts its versions and is its `ETag`."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="annotations")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="annotations")
    result = JsonField(null=True)
    result_count = models.IntegerField(default=0)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    last_created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    # Imports by managers may name another author; this says who brought it.
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    config_version = models.ForeignKey(
        LabelConfigVersion, null=True, on_delete=models.SET_NULL, related_name="annotations"
    )
    revision = models.IntegerField(default=1)
    revision_action = models.CharField(max_length=32, choices=VersionAction.choices, default=VersionAction.SUBMITTED)
    was_cancelled = models.BooleanField(default=False)
    ground_truth = models.BooleanField(default=False)
    # The task had been finished by others already: kept, and marked.
    is_surplus = models.BooleanField(default=False)
    lead_time = models.FloatField(null=True)
    draft_created_at = models.DateTimeField(null=True)
    prediction = JsonField(default=dict, null=True)
    parent_prediction = models.ForeignKey(
        Prediction, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    parent_annotation = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    unique_id = models.UUIDField(null=True, default=uuid.uuid4, unique=True)
    import_id = models.BigIntegerField(null=True)
    last_action = models.CharField(max_length=128, null=True)
    bulk_created = models.BooleanField(null=True, default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = LiveAnnotationManager()
    all_objects: ClassVar[models.Manager["Annotation"]] = models.Manager()

    class Meta:
        base_manager_name = "all_objects"
        indexes = [
            models.Index(fields=["project", "task"], name="annotation_by_project"),
            models.Index(
                fields=["project", "completed_by", "task", "was_cancelled"],
                name="annotation_by_author",
                condition=models.Q(deleted_at=None),
            ),
            models.Index(
                fields=["project", "task"],
                name="annotation_truth",
                condition=models.Q(ground_truth=True, deleted_at=None),
            ),
            models.Index(
                fields=["parent_prediction"],
                name="annotation_by_prediction",
                condition=models.Q(parent_prediction__isnull=False),
            ),
            models.Index(
                fields=["parent_annotation"],
                name="annotation_by_parent",
                condition=models.Q(parent_annotation__isnull=False),
            ),
            in_trash("annotation_in_trash"),
        ]

    def __str__(self) -> str:
        return f"annotation {self.pk}"


class AnnotationVersion(models.Model):
    """An annotation as it was before a later act; the newest state is the annotation itself. Nothing is ever lost."""

    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="versions", db_index=False)
    number = models.IntegerField()
    action = models.CharField(max_length=32, choices=VersionAction.choices)
    result = JsonField(null=True)
    was_cancelled = models.BooleanField(default=False)
    ground_truth = models.BooleanField(default=False)
    lead_time = models.FloatField(null=True)
    config_version = models.ForeignKey(LabelConfigVersion, null=True, on_delete=models.SET_NULL, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["annotation", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"annotation {self.annotation_id} v{self.number}"


class Draft(models.Model):
    """Work that was not submitted yet: of a task (new annotation) or of an annotation (change)."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="drafts")
    annotation = models.ForeignKey(Annotation, null=True, on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts", db_index=False)
    result = JsonField(null=True)
    revision = models.IntegerField(default=1)
    lead_time = models.FloatField(null=True)
    was_postponed = models.BooleanField(default=False)
    import_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["user", "task"])]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class TaskLock(models.Model):
    """A place on a task that one person holds until it submits or the lock ends."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="locks")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    unique_id = models.UUIDField(default=uuid.uuid4, unique=True)
    expires_at = models.DateTimeField(db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "user"], name="one_lock_per_task_and_person")]
        indexes = [models.Index(fields=["project", "user"])]

    def __str__(self) -> str:
        return f"lock of {self.user_id} on {self.task_id}"


class StreamHistory(models.Model):
    """The last tasks that a person was handed in a project: `[{taskId}]`, newest last.

    No task before `position` is open to them, unless the project has had more `reopenings` since.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    items = JsonField(default=list)
    position = models.BigIntegerField(default=0)
    reopenings = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "user"], name="one_stream_history")]

    def __str__(self) -> str:
        return f"stream of {self.user_id} in {self.project_id}"


class ScorePlace(models.Model):
    """How far the order by scores was gone through: by everybody (`user` is null), or by one person.

    No prediction of this version before the pair of `score` and `task_number` belongs to a task that is not labeled
    (that is open to the person), unless the project has had more `reopenings` since. `newest`: the last prediction that
    there was then.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    model_version = models.TextField(blank=True, default="")
    reopenings = models.BigIntegerField(default=0)
    newest = models.BigIntegerField(default=0)
    score = models.FloatField()
    task_number = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="one_score_place"),
            models.UniqueConstraint(
                fields=["project"], condition=models.Q(user=None), name="one_score_place_of_everybody"
            ),
        ]

    def __str__(self) -> str:
        return f"place of {self.user_id} in {self.project_id}"
