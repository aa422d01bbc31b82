"""Wires this package's event handlers, jobs and ports; nothing else."""

from django.apps import AppConfig


class MlConfig(AppConfig):
    name = "postil.ml"
    label = "ml"
