"""Wires this package's event handlers, jobs and ports; nothing else."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "postil.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Give `access` what finds the actor of a request, and the worker its chore."""
        from postil.accounts import access, authentication
        from postil.accounts.chores import delete_what_is_over
        from postil.infra.jobs import register_chore

        access.authenticate_with(authentication.authenticate)
        register_chore(delete_what_is_over)
