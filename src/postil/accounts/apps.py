"""Wires this package's event handlers, jobs and ports; nothing else."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "postil.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Give `access` what finds the actor of a request."""
        from postil.accounts import access, authentication

        access.authenticate_with(authentication.authenticate)
