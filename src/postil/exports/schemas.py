"""What the routes of exports take and give."""

from typing import Any

from postil.accounts.documents import user_simple
from postil.core.clock import iso
from postil.exports import shapes
from postil.exports.models import ConvertedFormat, Export
from postil.formats.exporters import FormatChoice
from postil.infra.bodies import Body


class ExportIn(Body):
    """A new snapshot. `mode=job` answers before it is made; `export_type` also converts it."""

    title: str | None = None
    task_filter_options: dict[str, Any] | None = None
    annotation_filter_options: dict[str, Any] | None = None
    serialization_options: dict[str, Any] | None = None
    export_type: str | None = None
    mode: str | None = None


class ConvertIn(Body):
    """A format to convert a snapshot into."""

    export_type: str
    download_resources: bool | None = None
    mode: str | None = None


def export_json(export: Export) -> shapes.Export:
    """Return a snapshot as clients know it; `job` is there while it is being made."""
    found: shapes.Export = {
        "title": export.title,
        "id": export.pk,
        "created_by": user_simple(export.created_by) if export.created_by else None,
        "created_at": iso(export.created_at),
        "finished_at": iso(export.finished_at) if export.finished_at else None,
        "status": export.status,
        "md5": export.md5,
        "counters": export.counters,
        "converted_formats": [converted_json(each) for each in export.converted_formats.all()],
    }
    if export.job_id is not None:
        found["job"] = str(export.job_id)
    if export.error:
        found["error"] = export.error
    return found


def created_json(export: Export) -> shapes.NewExport:
    """Return a snapshot as the answer to making it."""
    # LS: the options are part of this one answer, and null whatever was sent.
    return {
        **export_json(export),
        "task_filter_options": None,
        "annotation_filter_options": None,
        "serialization_options": None,
    }


def converted_json(converted: ConvertedFormat) -> shapes.ConvertedFormat:
    """Return a conversion as clients know it."""
    found: shapes.ConvertedFormat = {
        "id": converted.pk,
        "status": converted.status,
        "export_type": converted.export_type,
        "traceback": converted.traceback,
    }
    if converted.report:
        found["report"] = converted.report
    if converted.job_id is not None:
        found["job"] = str(converted.job_id)
    return found


def format_json(choice: FormatChoice) -> shapes.ExportFormat:
    """Return a format as the list of formats shows it."""
    exporter = choice.exporter
    found: shapes.ExportFormat = {
        "title": exporter.title,
        "description": exporter.description,
        "link": exporter.link,
        "name": choice.name,
    }
    if exporter.tags:
        found["tags"] = list(exporter.tags)
    if not choice.suits:
        found["disabled"] = True
    return found


def format_with_limits_json(choice: FormatChoice) -> shapes.ExportFormatWithLimits:
    """Return a format with what it carries and what it loses."""
    told = choice.exporter
    return {**format_json(choice), "carries": told.carries, "loses": told.loses, "extension": told.extension}


def file_json(export: Export) -> shapes.ExportedFile:
    """Return a finished snapshot as a file with its address."""
    return {
        "name": f"{export.title}.json",
        "url": f"/api/projects/{export.project_id}/exports/{export.pk}/download/",
    }
