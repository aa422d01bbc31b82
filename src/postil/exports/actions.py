"""Writes of exports: direct files, snapshots, conversions."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.db import transaction

from postil.accounts.access import Actor
from postil.accounts.audit import record
from postil.core.clock import now
from postil.core.errors import Conflict, Invalid, NotFound
from postil.core.ids import new_secret
from postil.core.result import Report
from postil.exports import writing
from postil.exports.models import ConvertedFormat, Export, ExportState
from postil.exports.options import ExportOptions, read_options
from postil.exports.queries import exported_tasks
from postil.formats.exporter import export as export_to
from postil.infra.jobs import Interrupted, NullRun, Run
from postil.projects.configs import stored_config
from postil.projects.models import Project
from postil.tasks.ports import PORTS

SPOOL_BYTES = 1024 * 1024


@dataclass(slots=True)
class ExportFile:
    """A file ready to be sent; closing the stream removes it."""

    stream: BinaryIO
    name: str
    media_type: str
    size_bytes: int
    report: Report


def check_frames(project: Project, wanted: bool) -> None:
    """Raise `Invalid` if frames between key frames are wanted of a project that has videos.

    Exports carry the key frames as they were drawn; a project without videos has none, so there is nothing to refuse.
    """
    if wanted and any(found.tag == "Video" for found in stored_config(project).objects.values()):
        raise Invalid.field(
            "interpolate_key_frames", "Frames between key frames are not written yet. Leave it out or say false."
        )


def with_view(who: Actor, project: Project, options: ExportOptions) -> ExportOptions:
    """Return the options with the tasks of the named view or question as ids.

    Raises `NotFound` for a view of somebody else.
    """
    wanted = options.tasks
    if wanted.query is not None:
        tasks = PORTS.asked_tasks(who, project, wanted.query)
    elif wanted.view_id is not None:
        tasks = PORTS.view_tasks(who, project, wanted.view_id)
    else:
        return options
    ids = tuple(tasks.order_by("pk").values_list("pk", flat=True))
    return replace(options, tasks=replace(options.tasks, ids=ids))


def export_now(
    *, who: Actor, project: Project, format_name: str, options: ExportOptions, raw_cells: bool, with_media: bool = True
) -> ExportFile:
    """Write an export to a temporary file and return it whole: an answer is never cut short."""
    exporter = writing.find_exporter(format_name)
    options = with_view(who, project, options)
    context = writing.context_of(project, raw_cells=raw_cells, with_media=with_media)
    stream = _temporary()
    try:
        report = writing.write_project(project, exporter, stream, options=options, context=context, run=NullRun())
    except BaseException:
        stream.close()
        raise
    size = stream.tell()
    stream.seek(0)
    note_export(who, project, format_name, report)
    name = writing.download_name(project.pk, new_secret(4), exporter.extension)
    return ExportFile(stream, name, exporter.media_type, size, report)


def converted_now(export: Export, format_name: str, *, raw_cells: bool) -> ExportFile:
    """Convert a snapshot to a temporary file and return it whole."""
    exporter = writing.find_exporter(format_name)
    stream = _temporary()
    try:
        report = convert(export, format_name, stream, run=NullRun(), raw_cells=raw_cells)
    except BaseException:
        stream.close()
        raise
    size = stream.tell()
    stream.seek(0)
    name = writing.download_name(export.project_id, export.md5, exporter.extension)
    return ExportFile(stream, name, exporter.media_type, size, report)


def _temporary() -> BinaryIO:
    spooled = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES, prefix="postil-export-")  # noqa: SIM115 -- closed when it is sent
    return cast(BinaryIO, spooled)


def export_to_path(
    *,
    who: Actor,
    project: Project,
    format_name: str,
    path: Path,
    options: ExportOptions | None = None,
    run: Run | None = None,
    raw_cells: bool = False,
) -> Report:
    """Write an export to a file on this machine; it stands there only when all of it is written."""
    exporter = writing.find_exporter(format_name)
    options = with_view(who, project, options or ExportOptions())
    context = writing.context_of(project, raw_cells=raw_cells)
    with writing.whole_file(path) as stream:
        report = writing.write_project(
            project, exporter, stream, options=options, context=context, run=run or NullRun()
        )
    note_export(who, project, format_name, report)
    return report


def note_export(who: Actor, project: Project, format_name: str, report: Report) -> None:
    """Write the audit row of an export."""
    record(
        who, "project.exported", object_type="project", object_id=project.pk, project_id=project.pk,
        details={"format": format_name, "tasks": report.written},
    )  # fmt: skip


@transaction.atomic
def create_export(*, who: Actor, project: Project, title: str, options: dict[str, Any]) -> Export:
    """Note a snapshot that is to be made; raises `Invalid` for options that make no sense."""
    read = read_options(
        options.get("task_filter_options"),
        options.get("annotation_filter_options"),
        options.get("serialization_options"),
    )
    check_frames(project, read.serialization.between_key_frames)
    if read.tasks.view_id is not None:
        PORTS.view_tasks(who, project, read.tasks.view_id)
    if read.tasks.query is not None:
        PORTS.asked_tasks(who, project, read.tasks.query)
    default = f"{project.title.replace(' ', '-')}-at-{now():%Y-%m-%d-%H-%M}"
    return Export.objects.create(project=project, title=(title or default)[:2048], created_by=who.user, **options)


def make_export(*, who: Actor, export: Export, run: Run) -> Export:
    """Write the snapshot; afterwards it is completed or failed, with the reason. May run twice."""
    if export.status == ExportState.COMPLETED:
        return export
    Export.objects.filter(pk=export.pk).update(status=ExportState.IN_PROGRESS)
    project = export.project
    try:
        options = with_view(who, project, _options_of(export))
        total = exported_tasks(project, options.tasks, options.annotations).count()
        run.progress(0, total)
        name, path = writing.new_file(project, "json")
        with writing.whole_file(path) as stream:
            report = writing.write_project(
                project,
                writing.find_exporter("JSON"),
                stream,
                options=options,
                context=writing.context_of(project, with_media=False),
                run=run,
            )
    except Interrupted:
        raise
    except Exception as error:
        _failed(Export.objects.filter(pk=export.pk), error)
        raise
    with transaction.atomic():
        Export.objects.filter(pk=export.pk).update(
            status=ExportState.COMPLETED,
            finished_at=now(),
            file_name=name,
            md5=writing.md5_of(path),
            counters={"task_number": report.written},
            error="",
        )
        note_export(who, project, "JSON", report)
    export.refresh_from_db()
    return export


def _options_of(export: Export) -> ExportOptions:
    return read_options(export.task_filter_options, export.annotation_filter_options, export.serialization_options)


def _failed(rows: Any, error: Exception) -> None:
    reason = getattr(error, "detail", "") or "The export failed; the log of the server says why."
    rows.update(status=ExportState.FAILED, finished_at=now(), error=str(reason)[:1000])


@transaction.atomic
def create_conversion(*, export: Export, format_name: str) -> ConvertedFormat:
    """Note a conversion that is to be made; raises `Invalid` for an unknown format or one that was asked for before."""
    writing.find_exporter(format_name)
    if export.status != ExportState.COMPLETED:
        raise NotFound("The export is not ready.")
    known = ConvertedFormat.objects.select_for_update().filter(export=export, export_type=format_name).first()
    if known is not None and known.status != ExportState.FAILED:
        raise Invalid.items([f"Conversion to {format_name} already started"])
    if known is not None:
        known.delete()
    return ConvertedFormat.objects.create(export=export, export_type=format_name)


def make_conversion(*, who: Actor, converted: ConvertedFormat, run: Run, raw_cells: bool = False) -> ConvertedFormat:
    """Convert a snapshot; afterwards it is completed or failed, with the reason. May run twice."""
    if converted.status == ExportState.COMPLETED:
        return converted
    rows = ConvertedFormat.objects.filter(pk=converted.pk)
    rows.update(status=ExportState.IN_PROGRESS)
    export = converted.export
    try:
        exporter = writing.find_exporter(converted.export_type)
        name, path = writing.new_file(export.project, exporter.extension)
        with writing.whole_file(path) as stream:
            report = convert(export, converted.export_type, stream, run=run, raw_cells=raw_cells)
    except Interrupted:
        raise
    except Exception as error:
        reason = getattr(error, "detail", "") or "The conversion failed; the log of the server says why."
        rows.update(status=ExportState.FAILED, traceback=str(reason)[:1000])
        raise
    errors = [str(error) for error in report.errors[:100]]
    with transaction.atomic():
        rows.update(
            status=ExportState.COMPLETED,
            file_name=name,
            report={"written": report.written, "skipped": report.skipped, "errors": errors},
        )
        note_export(who, export.project, converted.export_type, report)
    converted.refresh_from_db()
    return converted


def convert(export: Export, format_name: str, stream: BinaryIO, *, run: Run, raw_cells: bool = False) -> Report:
    """Write a snapshot in another format to a stream."""
    exporter = writing.find_exporter(format_name)
    context = writing.context_of(export.project, raw_cells=raw_cells)
    with writing.disk_errors():
        return export_to(exporter, writing.snapshot_documents(file_of(export.file_name), run), stream, context)


def file_of(name: str) -> Path:
    """Return where a file of ours lies; raises `NotFound` when there is none."""
    path = Path(settings.MEDIA_ROOT) / name
    if not name or not path.is_file():
        raise NotFound("The file of this export is gone. Make a new export.")
    return path


def delete_export(*, who: Actor, export: Export) -> None:
    """Delete a snapshot with its files."""
    if export.status == ExportState.IN_PROGRESS:
        raise Conflict("This export is being made. Cancel its job first.")
    names = [export.file_name, *export.converted_formats.values_list("file_name", flat=True)]
    with transaction.atomic():
        export_id = export.pk
        Export.objects.filter(pk=export_id).delete()
        record(
            who, "export.deleted", object_type="export", object_id=export_id, project_id=export.project_id,
        )  # fmt: skip
    for name in names:
        if name:
            (Path(settings.MEDIA_ROOT) / name).unlink(missing_ok=True)
