"""Transitions that people asked for; all others are read off the work itself."""

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
