"""Wires this package's event handlers, jobs and ports; nothing else."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "postil.imports"
    label = "imports"
