"""Transitions that people asked for, the others are read off the work itself; and the work of each hour, added up."""

from django.conf import settings
from django.db import models

from postil.infra.db import JsonField
from postil.projects.models import Project
from postil.quality.enums import Kind, State


class StateTransition(models.Model):
    """Somebody declared a project, task or annotation to be in another state."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    object_id = models.BigIntegerField()
    state = models.CharField(max_length=16, choices=State.choices)
    previous_state = models.CharField(max_length=16, choices=State.choices)
    name = models.CharField(max_length=64)
    reason = models.TextField(blank=True, default="")
    data = JsonField(default=dict)
    triggered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id"], name="transition_of_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.state}"


class QuarterWork(models.Model):
    """What one person submitted in a project in the quarter of an hour that begins at `begins_at`.

    `seconds` were spent on `timed` of the answers. Every time zone begins its days with a quarter of an hour.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    begins_at = models.DateTimeField()
    annotation_count = models.IntegerField(default=0)
    skipped_count = models.IntegerField(default=0)
    imported_count = models.IntegerField(default=0)
    timed_count = models.IntegerField(default=0)
    seconds = models.FloatField(default=0.0)

    class Meta:
        indexes = [models.Index(fields=["project", "begins_at"], name="work_by_quarter")]

    def __str__(self) -> str:
        return f"work of {self.user_id} in {self.project_id} at {self.begins_at}"


class WorkState(models.Model):
    """Up to which annotation the work in a project was added up, and when it was last added up from the beginning."""

    project = models.OneToOneField(Project, primary_key=True, on_delete=models.CASCADE, related_name="+")
    last_annotation_id = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"work in {self.project_id} up to annotation {self.last_annotation_id}"
