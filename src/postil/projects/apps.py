"""Wires this package's event handlers, jobs and ports; nothing else."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "postil.projects"
    label = "projects"

    def ready(self) -> None:
        """Say how projects come back from the trash and how they go for good, and listen to who leaves."""
        from postil.accounts.events import MemberRemoved
        from postil.infra.events import subscribe_inside
        from postil.infra.jobs import register_loop
        from postil.projects.handlers import leave_projects
        from postil.projects.models import Project, TrashEntry
        from postil.projects.ports import PORTS
        from postil.projects.trash import keep_erasing, register_trash, take_out

        def erase(entry: TrashEntry) -> bool:
            if PORTS.erase_some_tasks(entry.object_id or 0):
                return True
            Project.all_objects.filter(pk=entry.object_id or 0).delete()
            return False

        register_trash("project", restore=lambda entry: take_out(Project, entry), erase=erase)
        register_loop(keep_erasing)
        subscribe_inside(MemberRemoved, leave_projects)
