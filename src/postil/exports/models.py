"""Snapshots of a project and the files made from them."""

from django.conf import settings
from django.db import models

from postil.infra.db import JsonField
from postil.projects.models import Project


class ExportState(models.TextChoices):
    CREATED = "created"
    IN_PROGRESS = "in_progress"
    FAILED = "failed"
    COMPLETED = "completed"


class Export(models.Model):
    """A snapshot: one consistent picture of a project as a JSON file."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="exports")
    title = models.CharField(max_length=2048, blank=True, default="")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=16, choices=ExportState.choices, default=ExportState.CREATED)
    task_filter_options = JsonField(null=True)
    annotation_filter_options = JsonField(null=True)
    serialization_options = JsonField(null=True)
    counters = JsonField(default=dict)
    file_name = models.CharField(max_length=300, blank=True, default="")
    md5 = models.CharField(max_length=128, blank=True, default="")
    job_id = models.UUIDField(null=True)
    error = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title


class ConvertedFormat(models.Model):
    """A snapshot in another format."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="converted_formats")
    export_type = models.CharField(max_length=64)
    status = models.CharField(max_length=16, choices=ExportState.choices, default=ExportState.CREATED)
    file_name = models.CharField(max_length=300, blank=True, default="")
    report = JsonField(default=dict)
    traceback = models.TextField(null=True, blank=True)
    job_id = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "export_type"], name="one_conversion_per_format")]

    def __str__(self) -> str:
        return self.export_type
