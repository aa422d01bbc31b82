"""States of storages and of what is owed to them."""

from django.db import models


class SyncStatus(models.TextChoices):
    """The words of the wire."""

    INITIALIZED = "initialized"
    QUEUED = "queued"
    IN_PROGRESS = "in_progress"
    FAILED = "failed"
    COMPLETED = "completed"
    COMPLETED_WITH_ERRORS = "completed_with_errors"


UNDER_WAY = (SyncStatus.QUEUED, SyncStatus.IN_PROGRESS)


class WriteAction(models.TextChoices):
    WRITE = "write"
    DELETE = "delete"


class WriteState(models.TextChoices):
    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"
