"""Subscriptions, and the outbox from which they are served."""

from django.db import models

from postil.accounts.models import Organization
from postil.infra.db import JsonField
from postil.projects.models import Project
from postil.webhooks.enums import Action


class Webhook(models.Model):
    """An address that wants to hear of events: of one project, or of the whole organization (`project` is null)."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="webhooks")
    project = models.ForeignKey(Project, null=True, on_delete=models.CASCADE, related_name="webhooks")
    url = models.URLField(max_length=2048)
    send_payload = models.BooleanField(default=True)
    send_for_all_actions = models.BooleanField(default=True)
    actions = JsonField(default=list)
    # Encrypted as one text: header values are often keys.
    headers = models.TextField(blank=True, default="")
    secret = models.TextField(blank=True, default="")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "is_active", "project"], name="webhook_lookup")]

    def __str__(self) -> str:
        return self.url


class DeliveryState(models.TextChoices):
    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


class Delivery(models.Model):
    """One call that is owed to a webhook, written in the transaction of the event.

    pending -> delivered; pending -> pending (later) after a failed try; pending -> failed after a day of tries.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    action = models.CharField(max_length=32, choices=Action.choices)
    body = models.TextField()
    state = models.CharField(max_length=16, choices=DeliveryState.choices, default=DeliveryState.PENDING)
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField()
    status = models.IntegerField(null=True)
    error = models.CharField(max_length=500, blank=True, default="")
    duration_ms = models.IntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["next_at"], name="delivery_due", condition=models.Q(state="pending")),
            models.Index(fields=["webhook", "-id"], name="delivery_log"),
        ]

    def __str__(self) -> str:
        return f"{self.action} to {self.webhook_id}: {self.state}"
