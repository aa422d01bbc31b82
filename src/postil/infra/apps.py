"""The Django application of the plumbing."""

from django.apps import AppConfig


class InfraConfig(AppConfig):
    name = "postil.infra"
    label = "infra"
