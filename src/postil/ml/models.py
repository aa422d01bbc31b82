"""Model servers that are connected to a project."""

from django.db import models

from postil.accounts.models import LentKey
from postil.infra.db import JsonField
from postil.projects.models import Project

DEFAULT_TIMEOUT_S = 100.0


class BackendState(models.TextChoices):
    """The words of the wire and how people read them."""

    CONNECTED = "CO", "Connected"
    DISCONNECTED = "DI", "Disconnected"
    ERROR = "ER", "Error"
    TRAINING = "TR", "Training"
    PREDICTING = "PR", "Predicting"


class AuthMethod(models.TextChoices):
    NONE = "NONE"
    BASIC_AUTH = "BASIC_AUTH"


class MlBackend(models.Model):
    """A server that predicts and learns."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="ml_backends")
    url = models.CharField(max_length=2048)
    title = models.CharField(max_length=500, blank=True, default="default")
    description = models.TextField(blank=True, default="")
    is_interactive = models.BooleanField(default=False)
    auth_method = models.CharField(max_length=16, choices=AuthMethod.choices, default=AuthMethod.NONE)
    basic_auth_user = models.CharField(max_length=500, blank=True, default="")
    basic_auth_password = models.TextField(blank=True, default="")  # encrypted
    # The key with which the server may fetch the project's tasks and files; its text is encrypted.
    lent_key = models.ForeignKey(LentKey, null=True, on_delete=models.SET_NULL)
    access_token = models.TextField(blank=True, default="")
    extra_params = JsonField(null=True)
    timeout_s = models.FloatField(default=DEFAULT_TIMEOUT_S)
    state = models.CharField(max_length=2, choices=BackendState.choices, default=BackendState.DISCONNECTED)
    error_message = models.TextField(null=True, blank=True)
    model_version = models.TextField(null=True, blank=True)
    auto_update = models.BooleanField(default=True)
    last_job = models.CharField(max_length=500, blank=True, default="")
    checked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["project", "is_interactive"])]

    def __str__(self) -> str:
        return self.title
