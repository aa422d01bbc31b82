"""Storages of projects, the objects that became tasks, and the annotations that are owed to targets."""

from django.conf import settings
from django.db import models

from postil.infra.db import JsonField
from postil.projects.models import Project
from postil.storages.enums import SyncStatus, WriteAction, WriteState
from postil.tasks.models import Task


class Storage(models.Model):
    """A place with objects: a source brings tasks, a target takes annotations.

    `kind` is a name of the registry, `params` what that provider asks for; what is secret of it is sealed as one text.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="storages")
    kind = models.CharField(max_length=32)
    is_target = models.BooleanField(default=False)
    title = models.CharField(max_length=256, null=True, blank=True)
    description = models.TextField(null=True, blank=True)
    params = JsonField(default=dict)
    secrets = models.TextField(blank=True, default="")
    regex_filter = models.TextField(null=True, blank=True)
    use_blob_urls = models.BooleanField(default=False)
    recursive_scan = models.BooleanField(default=False)
    is_synchronizable = models.BooleanField(default=True)
    presign = models.BooleanField(default=True)
    presign_ttl_minutes = models.IntegerField(default=1)
    can_delete_objects = models.BooleanField(null=True, default=None)
    # Empty: one JSON an annotation, as it is made; else a format that each sync writes the whole project in.
    export_format = models.CharField(max_length=64, blank=True, default="")
    sync_every_minutes = models.IntegerField(default=0)
    next_sync_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=32, choices=SyncStatus.choices, default=SyncStatus.INITIALIZED)
    error = models.TextField(null=True, blank=True)
    last_sync_at = models.DateTimeField(null=True)
    last_sync_count = models.BigIntegerField(null=True)
    last_sync_job = models.UUIDField(null=True)
    meta = JsonField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["project", "is_target", "kind"], name="storage_lookup"),
            models.Index(fields=["next_sync_at"], name="storage_due", condition=models.Q(next_sync_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} of {self.project_id}"


class StorageLink(models.Model):
    """A task that came from an object. One object may hold many: `row_index` counts them.

    The first link of an object also says in which version it was read and how many tasks it held then. A task that is
    erased leaves its link behind, so that it does not come back.
    """

    storage = models.ForeignKey(Storage, on_delete=models.CASCADE, related_name="links")
    key = models.TextField()
    row_index = models.IntegerField(default=0)
    version = models.CharField(max_length=100, blank=True, default="")
    row_count = models.IntegerField(default=1)
    task = models.ForeignKey(Task, null=True, on_delete=models.SET_NULL, related_name="storage_links")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["storage", "key", "row_index"], name="one_task_per_object_row")]

    def __str__(self) -> str:
        return f"{self.key} of {self.storage_id}"


class StorageWrite(models.Model):
    """What one target has, or shall have, of one annotation.

    pending -> done; pending -> pending (later) after a failed try; pending -> failed after a day of tries; done ->
    pending again when the annotation changes. `version` counts the wishes: what was wished while a write was under way
    stays pending.
    """

    storage = models.ForeignKey(Storage, on_delete=models.CASCADE, related_name="writes")
    # A plain number: the annotation may be gone when its object is to be deleted.
    annotation_id = models.BigIntegerField()
    action = models.CharField(max_length=8, choices=WriteAction.choices, default=WriteAction.WRITE)
    state = models.CharField(max_length=8, choices=WriteState.choices, default=WriteState.PENDING)
    version = models.IntegerField(default=1)
    claimed_version = models.IntegerField(default=0)
    claimed_by = models.CharField(max_length=32, blank=True, default="")
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["storage", "annotation_id"], name="one_write_per_annotation")]
        indexes = [
            models.Index(fields=["next_at"], name="storage_write_due", condition=models.Q(state="pending")),
            models.Index(fields=["claimed_by"], name="storage_write_claim", condition=~models.Q(claimed_by="")),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.annotation_id} in {self.storage_id}: {self.state}"
