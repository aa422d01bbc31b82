"""Writes export files: from the database or from a snapshot, through an exporter, to a stream."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings

from postil.core.clock import now
from postil.core.errors import Invalid, StorageFull
from postil.core.ids import new_secret
from postil.core.result import Report
from postil.exports.media import ProjectMedia
from postil.exports.options import ExportOptions
from postil.exports.queries import exported_tasks, kept_annotations
from postil.formats import json_array
from postil.formats.exporter import ExportContext, Exporter, TaskDocument, export
from postil.formats.exporters import EXPORTERS
from postil.infra.collection import rare_collections
from postil.infra.jobs import Run
from postil.infra.snapshot import consistent_read
from postil.labeling.config import parse_config
from postil.projects.models import Project
from postil.tasks.export import DocumentOptions, export_blocks, export_documents

HEAD_BYTES = 64 * 1024
JSON_TITLE = "JSON"
DISK_FULL = 28  # errno.ENOSPC


def find_exporter(name: str) -> Exporter:
    """Return the exporter of this name; raises `Invalid` for an unknown format."""
    if name not in EXPORTERS:
        raise Invalid.field("export_type", f"{name[:64]} is not supported export format")
    return EXPORTERS.get(name)


def context_of(project: Project, *, raw_cells: bool = False, with_media: bool = True) -> ExportContext:
    """Return what exporters may know of a project."""
    config = parse_config(project.label_config)
    if not with_media:
        return ExportContext(config=config, raw_cells=raw_cells)
    return ExportContext(config=config, media=ProjectMedia(project.pk), raw_cells=raw_cells)


def documents(project: Project, options: ExportOptions, run: Run) -> Iterator[TaskDocument]:
    """Return the tasks that the options mean; iterate them inside `consistent_read`."""
    tasks = exported_tasks(project, options.tasks, options.annotations)
    return map(TaskDocument, export_documents(project, tasks, _document_options(options), progress=run.progress))


def _document_options(options: ExportOptions) -> DocumentOptions:
    return DocumentOptions(
        annotations=kept_annotations(options.annotations),
        expand_authors=options.serialization.expand_authors,
        whole_predictions=options.serialization.whole_predictions,
        whole_drafts=options.serialization.whole_drafts,
        with_history=options.serialization.with_history,
    )


def write_project(
    project: Project, exporter: Exporter, stream: BinaryIO, *, options: ExportOptions, context: ExportContext, run: Run
) -> Report:
    """Write one consistent picture of a project to a stream."""
    with disk_errors(), rare_collections(), consistent_read():
        if exporter.title == JSON_TITLE:
            return _write_json(project, stream, options, run)
        return export(exporter, documents(project, options, run), stream, context)


def _write_json(project: Project, stream: BinaryIO, options: ExportOptions, run: Run) -> Report:
    """Write JSON as the database gives it, many tasks at a time; it means the same as what the exporter writes."""
    report = Report()
    opening = b"[\n"
    tasks = exported_tasks(project, options.tasks, options.annotations)
    for count, block in export_blocks(project, tasks, _document_options(options), progress=run.progress):
        stream.write(opening)
        stream.write(block)
        opening = b",\n"
        report.written += count
    stream.write(b"\n]\n" if report.written else b"[]\n")
    return report


def snapshot_documents(path: Path, run: Run) -> Iterator[TaskDocument]:
    """Yield the tasks of a snapshot file."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES).lstrip()
        if head.strip() == b"[]":
            return
        limit = settings.CONFIG.max_upload_mb * 1024 * 1024
        for number, raw in enumerate(json_array.split(stream, head, max_item_bytes=limit), 1):
            run.progress(number)
            yield TaskDocument(raw)


@contextmanager
def disk_errors() -> Iterator[None]:
    """Turn a full disk into words."""
    try:
        yield
    except OSError as error:
        if error.errno == DISK_FULL:
            raise StorageFull("The disk of the server is full. The export was not made.") from error
        raise


def new_file(project: Project, extension: str) -> tuple[str, Path]:
    """Return a stored name for a new export file, and its path; the folder exists afterwards."""
    name = f"export/{project.pk}/{new_secret(16)}.{extension}"
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return name, path


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Give a stream whose content stands at `path` once all of it is written, and never in part."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".export-")
    try:
        with os.fdopen(handle, "w+b") as stream:
            yield cast(BinaryIO, stream)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def md5_of(path: Path) -> str:
    """Return the MD5 of a file: clients compare it; nothing is protected by it."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def download_name(project_id: int, mark: str, extension: str) -> str:
    """Return the name under which an export is downloaded."""
    return f"project-{project_id}-at-{now():%Y-%m-%d-%H-%M}-{mark[:8]}.{extension}"
