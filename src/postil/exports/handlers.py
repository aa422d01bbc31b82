"""Exports as jobs."""

from typing import Any

from postil.accounts.access import Actor
from postil.accounts.enums import Role
from postil.accounts.models import Membership
from postil.accounts.permissions import Permission
from postil.core.errors import Forbidden
from postil.exports import actions
from postil.exports.jobs import ConvertExport, MakeExport
from postil.exports.models import ConvertedFormat, Export
from postil.infra.jobs import Run
from postil.projects.access import get_project


def make_export(spec: MakeExport, run: Run) -> dict[str, Any]:
    """Make a snapshot that was asked for, and its conversion; their author must still have the right."""
    who = _author(spec.user_id, spec.organization_id)
    export = Export.objects.select_related("project").get(pk=spec.export_id)
    get_project(who, export.project_id, Permission.EXPORT)
    export = actions.make_export(who=who, export=export, run=run)
    result = {"export": export.pk, "task_count": export.counters.get("task_number", 0)}
    if spec.export_type in ("", "JSON"):
        return result
    found = ConvertedFormat.objects.filter(export=export, export_type=spec.export_type).first()
    found = found or actions.create_conversion(export=export, format_name=spec.export_type)
    return result | _converted(who, found, run, spec.raw_cells)


def convert_export(spec: ConvertExport, run: Run) -> dict[str, Any]:
    """Convert a snapshot; its author must still have the right."""
    who = _author(spec.user_id, spec.organization_id)
    converted = ConvertedFormat.objects.select_related("export__project").get(pk=spec.converted_id)
    get_project(who, converted.export.project_id, Permission.EXPORT)
    return {"export": converted.export_id} | _converted(who, converted, run, spec.raw_cells)


def _converted(who: Actor, converted: ConvertedFormat, run: Run, raw_cells: bool) -> dict[str, Any]:
    done = actions.make_conversion(who=who, converted=converted, run=run, raw_cells=raw_cells)
    return {"converted_format": done.pk, "export_type": done.export_type, "report": done.report}


def _author(user_id: int, organization_id: int) -> Actor:
    found = Membership.objects.select_related("user", "organization").filter(
        user_id=user_id, organization_id=organization_id, user__is_active=True
    )
    membership = found.first()
    if membership is None:
        raise Forbidden("The person who asked for this is no longer a member.")
    return Actor(membership.user, membership.organization, Role(membership.role), kind="system", key_id="job", ip="")
