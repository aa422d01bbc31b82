"""Wires this package's event handlers, jobs and ports; nothing else."""

from django.apps import AppConfig


class StoragesConfig(AppConfig):
    name = "postil.storages"
    label = "storages"

    def ready(self) -> None:
        """Write what annotators make into targets, sync by schedule, and resolve addresses of storages."""
        from postil.infra.events import subscribe_inside
        from postil.infra.jobs import register, register_loop
        from postil.infra.middleware import MEDIA_ORIGINS
        from postil.infra.secrets import register_sealed
        from postil.storages import handlers, objects, queries, resolving
        from postil.storages.jobs import SyncStorage
        from postil.storages.sender import write_in_background
        from postil.tasks import events
        from postil.tasks.ports import PORTS

        subscribe_inside(events.AnnotationCreated, handlers.annotation_saved)
        subscribe_inside(events.AnnotationUpdated, handlers.annotation_saved)
        subscribe_inside(events.AnnotationsCreated, handlers.annotations_saved)
        subscribe_inside(events.AnnotationsUpdated, handlers.annotations_saved)
        subscribe_inside(events.AnnotationsDeleted, handlers.annotations_deleted)
        subscribe_inside(events.TasksDeleted, handlers.tasks_deleted)
        register(SyncStorage, handlers.sync_storage)
        register_loop(write_in_background)
        register_loop(handlers.sync_when_due)
        register_sealed("storages.Storage", "secrets")
        PORTS.resolvers.append(resolving.resolve_data)
        PORTS.object_names = resolving.object_names
        PORTS.object_opener = objects.opener
        PORTS.syncing = queries.syncing
        MEDIA_ORIGINS.append(resolving.media_origins)
