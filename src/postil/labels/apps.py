"""Wires this package's event handlers, jobs and ports; nothing else."""

from django.apps import AppConfig


class LabelsConfig(AppConfig):
    name = "postil.labels"
    label = "labels"
