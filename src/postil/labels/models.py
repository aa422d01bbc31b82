"""The label library: labels that people added to a control, and their links to projects.

And which labels the annotations use, with other numbers about them, so that filters need not read the results.
"""

from django.conf import settings
from django.db import models

from postil.accounts.models import Organization
from postil.infra.db import JsonField
from postil.projects.models import Project
from postil.tasks.models import Annotation


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


class AnnotationFacts(models.Model):
    """What an annotation looks like in numbers; see `labeling.lint.Facts`. Written once for each of its revisions."""

    annotation = models.OneToOneField(Annotation, primary_key=True, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    revision = models.IntegerField()
    region_count = models.IntegerField(default=0)
    smallest_area = models.FloatField(null=True)
    largest_area = models.FloatField(null=True)
    out_of_bounds_count = models.IntegerField(default=0)
    duplicate_region_count = models.IntegerField(default=0)
    nested_region_count = models.IntegerField(default=0)
    zero_length_count = models.IntegerField(default=0)
    overlapping_span_count = models.IntegerField(default=0)
    lint_count = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"facts of annotation {self.annotation_id}"


class LabelUse(models.Model):
    """How often an annotation uses a label of a control."""

    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", db_index=False)
    control = models.TextField()
    label = models.TextField()
    count = models.IntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["project", "label", "control", "annotation"], name="label_use_by_label")]

    def __str__(self) -> str:
        return f"{self.label} of {self.control} in annotation {self.annotation_id}"


class FactsState(models.Model):
    """Up to where the facts of a project are known: the last annotation and the last change that were looked at."""

    project = models.OneToOneField(Project, primary_key=True, on_delete=models.CASCADE, related_name="+")
    last_annotation_id = models.BigIntegerField(default=0)
    last_version_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"facts of project {self.project_id} up to annotation {self.last_annotation_id}"
