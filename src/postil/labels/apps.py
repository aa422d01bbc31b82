"""Wires this package's event handlers, jobs and ports; nothing else."""

from django.apps import AppConfig


class LabelsConfig(AppConfig):
    name = "postil.labels"
    label = "labels"

    def ready(self) -> None:
        """Say who brings the facts about annotations up to date."""
        from postil.infra.jobs import register
        from postil.labels import facts
        from postil.labels.jobs import CollectFacts

        register(CollectFacts, facts.collect_as_job)
