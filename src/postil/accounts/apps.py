"""Wires this package's event handlers, jobs and ports; nothing else."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "postil.accounts"
    label = "accounts"
