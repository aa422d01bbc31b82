"""The label library: labels that people added to a control, and their links to projects."""

from django.conf import settings
from django.db import models

from postil.accounts.models import Organization
from postil.infra.db import JsonField
from postil.projects.models import Project


class Label(models.Model):
    """A label of the organization's library."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="labels")
    title = models.CharField(max_length=2048)
    value = JsonField()
    description = models.TextField(null=True, blank=True)
    approved = models.BooleanField(default=False)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.title


class LabelLink(models.Model):
    """A label in use by one control of one project."""

    label = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="links")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="label_links")
    from_name = models.CharField(max_length=500)
    annotation_count = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "label", "from_name"], name="one_label_link")]

    def __str__(self) -> str:
        return f"{self.label_id} in {self.project_id}"
