"""Wires this package's event handlers, jobs and ports; nothing else."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "postil.tasks"
    label = "tasks"

    def ready(self) -> None:
        """Answer the ports of accounts and projects, and say how tasks and annotations come back from the trash."""
        from postil.accounts.ports import answer_contributions
        from postil.infra.jobs import register
        from postil.projects.models import TrashEntry
        from postil.projects.ports import PORTS
        from postil.projects.trash import erase_some, register_trash
        from postil.tasks import actions, annotation_actions, answers, overlap, summary
        from postil.tasks.contributions import contributions
        from postil.tasks.jobs import ReviseOverlap
        from postil.tasks.models import Annotation, Task

        answer_contributions(contributions)
        PORTS.answers_in_use = summary.answers_in_use
        PORTS.queues = answers.queues
        PORTS.overlap_changed = overlap.overlap_changed
        register(ReviseOverlap, overlap.revise_as_job)
        PORTS.prediction_versions = answers.prediction_versions
        PORTS.config_set = answers.config_set

        PORTS.erase_some_tasks = lambda project_id: erase_some(Task.all_objects.filter(project=project_id))

        def erase_tasks(entry: TrashEntry) -> bool:
            return erase_some(Task.all_objects.filter(trash=entry))

        def erase_annotations(entry: TrashEntry) -> bool:
            return erase_some(Annotation.all_objects.filter(trash=entry))

        register_trash(
            "task", restore=actions.restore_some_tasks, erase=erase_tasks, restore_some=actions.restore_some_tasks
        )
        some = annotation_actions.restore_some_annotations
        register_trash("annotation", restore=some, erase=erase_annotations, restore_some=some)
