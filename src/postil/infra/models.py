"""Tables of the plumbing: jobs as people see them, and remembered answers of POSTs."""

import uuid

from django.conf import settings
from django.db import models

from postil.infra.db import JsonField


class JobState(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(models.Model):
    """A piece of background work with state, progress, cancel and error; the engine behind it is Django's tasks.

    queued -> running -> completed | failed | cancelled; running -> queued again when its process died.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=64)
    payload = JsonField(default=dict)
    state = models.CharField(max_length=16, choices=JobState.choices, default=JobState.QUEUED)
    # Plain numbers, not keys: the plumbing lies below the packages that own projects and organizations.
    organization_id = models.BigIntegerField(null=True, db_index=True)
    project_id = models.BigIntegerField(null=True, db_index=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=16, default="items")
    result = JsonField(default=dict)
    error = models.TextField(blank=True, default="")
    error_count = models.BigIntegerField(default=0)
    attempts = models.IntegerField(default=0)
    is_cancel_requested = models.BooleanField(default=False)
    worker = models.CharField(max_length=80, blank=True, default="")  # the process that runs it
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "heartbeat_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.id} {self.state}"


class JobError(models.Model):
    """One item that a job could not take."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="errors")
    where = models.CharField(max_length=200)
    field = models.CharField(max_length=200, blank=True, default="")
    reason = models.TextField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


class RememberedAnswer(models.Model):
    """The first answer to a POST with an `Idempotency-Key`; the same request gets it again for seven days."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    path = models.CharField(max_length=500)
    body_digest = models.CharField(max_length=64, blank=True, default="")
    status = models.IntegerField(null=True)
    headers = JsonField(default=dict)
    body = models.BinaryField(default=bytes)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "path", "key"], name="one_answer_per_key")]

    def __str__(self) -> str:
        return f"{self.path} {self.key}"
