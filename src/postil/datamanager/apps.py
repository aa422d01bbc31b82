"""Wires this package's event handlers, jobs and ports; nothing else."""

from django.apps import AppConfig


class DatamanagerConfig(AppConfig):
    name = "postil.datamanager"
    label = "datamanager"
