"""Wires this package's event handlers, jobs and ports; nothing else."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "postil.exports"
    label = "exports"

    def ready(self) -> None:
        """Say who makes exports."""
        from postil.exports import handlers
        from postil.exports.jobs import ConvertExport, MakeExport
        from postil.infra.jobs import register

        register(MakeExport, handlers.make_export)
        register(ConvertExport, handlers.convert_export)
