"""Wires this package's event handlers, jobs and ports; nothing else."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "postil.projects"
    label = "projects"
