"""Files that people brought."""

from django.conf import settings
from django.db import models

from postil.infra.db import JsonField
from postil.projects.models import Project


class FileUpload(models.Model):
    """An uploaded file. Its name on disk is random; the given name is data."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="file_uploads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    stored_name = models.CharField(max_length=300)  # upload/<project>/<random>-<name>
    given_name = models.CharField(max_length=300)
    content_type = models.CharField(max_length=100)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True, default="")
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stored_name"], name="one_file_per_name")]

    def __str__(self) -> str:
        return self.given_name


class ImportOutcome(models.Model):
    """The answer of an import that was stored, written in its transaction: running it again stores nothing twice."""

    token = models.CharField(max_length=64, unique=True)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    answer = JsonField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.token
