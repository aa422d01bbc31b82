"""Wires this package's event handlers, jobs and ports; nothing else."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "postil.exports"
    label = "exports"
