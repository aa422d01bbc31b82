"""Wires this package's event handlers, jobs and ports; nothing else."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from postil.infra.expressions import add_functions


class DatamanagerConfig(AppConfig):
    name = "postil.datamanager"
    label = "datamanager"

    def ready(self) -> None:
        """Give every database connection the functions that filters use."""
        connection_created.connect(add_functions, dispatch_uid="postil.expressions")
