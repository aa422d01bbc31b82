"""Wires this package's event handlers; nothing else."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "postil.webhooks"
    label = "webhooks"
