"""Wires this package's event handlers, jobs and ports; nothing else."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "postil.imports"
    label = "imports"

    def ready(self) -> None:
        """Say who does imports, what uploads are called, and what is cleaned up now and then."""
        from postil.imports import access, copies, handlers, store
        from postil.imports.jobs import ImportTasks
        from postil.infra.jobs import register, register_chore
        from postil.tasks.ports import PORTS

        register(ImportTasks, handlers.import_as_job)
        register_chore(handlers.clear_old_bodies)
        register_chore(store.clear_erased_projects)
        PORTS.upload_names = access.upload_names
        PORTS.copy_uploads = copies.copy_uploads
