"""Wires this package's event handlers, jobs and ports; nothing else."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "postil.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        """Listen to every event that has a payload, and send what is owed while the worker runs."""
        from postil.infra.events import subscribe_inside
        from postil.infra.jobs import register_chore, register_loop
        from postil.infra.secrets import register_sealed
        from postil.projects.ports import RECEIVERS
        from postil.tasks.events import AnnotationsUpdated
        from postil.webhooks.actions import add_receiver, drop_old_deliveries, remove_receiver
        from postil.webhooks.handlers import owe_calls, owe_updates
        from postil.webhooks.payloads import PAYLOADS
        from postil.webhooks.sender import send_in_background

        for event in PAYLOADS:
            subscribe_inside(event, owe_calls)
        subscribe_inside(AnnotationsUpdated, owe_updates)
        RECEIVERS.add, RECEIVERS.remove = add_receiver, remove_receiver
        register_sealed("webhooks.Webhook", "headers")
        register_sealed("webhooks.Webhook", "secret")
        register_loop(send_in_background)
        register_chore(drop_old_deliveries)
