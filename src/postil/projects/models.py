"""Projects, the versions of their label config, their members, and the trash."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from postil.accounts.models import Organization
from postil.infra.db import JsonField
from postil.projects.enums import Sampling, SkipQueue

EMPTY_CONFIG = "<View></View>"


class TrashEntry(models.Model):
    """One act of deleting. The rows it took carry its id, so that restoring is one update per table."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey("projects.Project", null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16)  # project, task, annotation, prediction, view
    object_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=200)
    count = models.BigIntegerField(default=1)
    # Events of restoring need to know what else hung on it.
    details = JsonField(default=dict)
    deleted_at = models.DateTimeField(auto_now_add=True, db_index=True)
    # Since then its rows go for good, some at a time, and cannot come back.
    erasing_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"


def in_trash(name: str) -> models.Index:
    """Return an index of the rows in the trash by the act that put them there."""
    return models.Index(fields=["trash"], name=name, condition=models.Q(trash__isnull=False))


class Trashable(models.Model):
    """A row that deleting hides and restoring brings back.

    `objects` sees what is there, `all_objects` also what lies in the trash.
    """

    deleted_at = models.DateTimeField(null=True, editable=False)
    # Where there are very many rows, an index of those in the trash does: `in_trash`.
    trash = models.ForeignKey(
        TrashEntry, null=True, editable=False, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    class Meta:
        abstract = True


class LiveProjectManager(models.Manager["Project"]):
    """Projects outside the trash."""

    def get_queryset(self) -> models.QuerySet["Project"]:
        """Leave out what lies in the trash."""
        return super().get_queryset().filter(deleted_at=None)


class Project(Trashable):
    """A set of tasks, the config that says how to label them, and its rules.

    The counters below are changed in the same transaction as the rows they count; `postil check` recomputes them.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="projects")
    title = models.CharField(max_length=50, blank=True, default="")
    description = models.TextField(blank=True, default="")
    label_config = models.TextField(blank=True, default=EMPTY_CONFIG)
    config_version = models.ForeignKey(
        "projects.LabelConfigVersion", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    parsed_label_config = JsonField(default=dict)
    control_weights = JsonField(default=dict)
    expert_instruction = models.TextField(blank=True, default="")
    show_instruction = models.BooleanField(default=False)
    show_skip_button = models.BooleanField(default=True)
    enable_empty_annotation = models.BooleanField(default=True)
    show_annotation_history = models.BooleanField(default=False)
    color = models.CharField(max_length=16, default="#FFFFFF")
    maximum_annotations = models.IntegerField(default=1)
    is_published = models.BooleanField(default=False)
    is_draft = models.BooleanField(default=False)
    model_version = models.TextField(blank=True, null=True, default="")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    min_annotations_to_start_training = models.IntegerField(default=0)
    show_collab_predictions = models.BooleanField(default=True)
    sampling = models.CharField(max_length=32, choices=Sampling.choices, default=Sampling.SEQUENTIAL)
    skip_queue = models.CharField(max_length=32, choices=SkipQueue.choices, default=SkipQueue.REQUEUE_FOR_OTHERS)
    show_ground_truth_first = models.BooleanField(default=False)
    annotator_evaluation_enabled = models.BooleanField(default=False)
    show_overlap_first = models.BooleanField(default=False)
    overlap_cohort_percentage = models.IntegerField(default=100)
    task_data_login = models.CharField(max_length=256, null=True, blank=True)
    task_data_password = models.CharField(max_length=256, null=True, blank=True)
    evaluate_predictions_automatically = models.BooleanField(default=False)
    reveal_preannotations_interactively = models.BooleanField(default=False)
    pinned_at = models.DateTimeField(null=True)
    # Put aside: out of the list, and nobody labels.
    archived_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    task_count = models.BigIntegerField(default=0)
    finished_task_count = models.BigIntegerField(default=0)
    annotated_task_count = models.BigIntegerField(default=0)
    annotation_count = models.BigIntegerField(default=0)
    useful_annotation_count = models.BigIntegerField(default=0)
    ground_truth_count = models.BigIntegerField(default=0)
    skipped_annotation_count = models.BigIntegerField(default=0)
    prediction_count = models.BigIntegerField(default=0)
    last_inner_id = models.BigIntegerField(default=0)
    # Rises when something that was finished may be open again: what the label stream passed is looked at once more.
    reopenings = models.BigIntegerField(default=0)
    # Data key -> number of tasks that have it; kept by import, create, update and delete of tasks.
    data_columns = JsonField(default=dict)

    objects = LiveProjectManager()
    all_objects: ClassVar[models.Manager["Project"]] = models.Manager()

    class Meta:
        base_manager_name = "all_objects"
        indexes = [models.Index(fields=["organization", "-created_at"])]

    def __str__(self) -> str:
        return self.title


class LabelConfigVersion(models.Model):
    """A label config as it once was: annotations name the version under which they were made."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="config_versions")
    number = models.IntegerField()
    label_config = models.TextField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="one_config_per_number")]

    def __str__(self) -> str:
        return f"{self.project_id} v{self.number}"


class ProjectMember(models.Model):
    """Annotators and reviewers see the projects they belong to; higher roles see all."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="project_memberships")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "user"], name="one_project_membership")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.project_id}"
