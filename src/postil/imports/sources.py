"""Streams of tasks from what people bring: uploaded files, and JSON bodies kept in a file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from postil.core.result import ItemError
from postil.formats.detect import IMPORTER_OF, extension_of
from postil.formats.importer import ImportContext, TaskItem
from postil.formats.importers import IMPORTERS
from postil.imports.models import FileUpload
from postil.imports.store import media_path
from postil.labeling.config import LabelConfig
from postil.labeling.derived import first_data_key
from postil.labeling.taskdata import UNNAMED_KEY

UPLOAD_ADDRESS = "/data/"
# LS: such a file may also be meant as one thing to show, not as a list of tasks.
LIST_EXTENSIONS = frozenset({".csv", ".tsv", ".txt"})


@dataclass(slots=True)
class Source:
    """One stream of tasks and errors. `keys` fills while it is read; a body has no name."""

    name: str
    items: Iterator[TaskItem | ItemError]
    upload_id: int | None = None
    extension: str = ""
    keys: dict[str, None] = field(default_factory=dict)
    shapes: set[tuple[str, ...]] = field(default_factory=set)


def import_context(config: LabelConfig) -> ImportContext:
    """Return what importers need to know of a project."""
    return ImportContext(
        data_key=first_data_key(config) or UNNAMED_KEY, max_task_bytes=settings.CONFIG.max_task_mb * 1024 * 1024
    )


def source_of_upload(upload: FileUpload, config: LabelConfig, *, files_as_tasks_list: bool = True) -> Source:
    """Return the tasks of an uploaded file: those inside it, or the one that shows it."""
    extension = extension_of(upload.stored_name)
    context = import_context(config)
    is_hosted = extension not in IMPORTER_OF or (extension in LIST_EXTENSIONS and not files_as_tasks_list)
    if is_hosted:
        item = TaskItem("file", 0, {context.data_key: UPLOAD_ADDRESS + upload.stored_name})
        items: Iterator[TaskItem | ItemError] = iter([item])
    else:
        items = source_of_file(media_path(upload.stored_name), extension, context)
    return Source(upload.given_name, items, upload.pk, extension)


def source_of_file(path: Path, extension: str, context: ImportContext) -> Iterator[TaskItem | ItemError]:
    """Return the tasks inside a file, read by the importer of its extension."""
    if extension not in IMPORTER_OF:
        return iter([ItemError("file", f"{extension} extension is not supported")])
    return IMPORTERS.get(IMPORTER_OF[extension]).read(path, context)


def source_of_body(path: Path, config: LabelConfig) -> Source:
    """Return the tasks of a JSON body that was written to a file."""
    return Source("", IMPORTERS.get("json").read(path, import_context(config)))
