"""What made a version of an annotation."""

from django.db import models


class VersionAction(models.TextChoices):
    SUBMITTED = "submitted"
    UPDATED = "updated"
    SKIPPED = "skipped"
    IMPORTED = "imported"
    PREDICTION = "prediction"
    PROPAGATED = "propagated_annotation"
    RESTORED = "restored"
    DELETED = "deleted"
