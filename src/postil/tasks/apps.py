"""Wires this package's event handlers, jobs and ports; nothing else."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "postil.tasks"
    label = "tasks"
