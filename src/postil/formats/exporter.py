"""The contract of export formats: tasks go in as a stream, one file or several come out.

A task arrives as the bytes of its JSON, in the shape of Label Studio's JSON export. A format that wants the JSON as it
is passes the bytes on; a format that looks inside asks for `parsed`, which parses on first use. Memory does not grow
with the number of tasks: what a format must know before it can write (columns, categories) it collects while rows wait
in a temporary file.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol, runtime_checkable

import orjson

from postil.core.clock import now
from postil.core.result import Report
from postil.formats.output import Output, SingleFile, ZipArchive
from postil.labeling.config import LabelConfig


class TaskDocument:
    """One exported task: its JSON text, and its value when somebody asks."""

    __slots__ = ("_parsed", "raw")

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self._parsed: dict[str, Any] | None = None

    @classmethod
    def of(cls, task: dict[str, Any]) -> "TaskDocument":
        """Return the document of a task that is at hand as a value."""
        return cls(orjson.dumps(task))

    @property
    def parsed(self) -> dict[str, Any]:
        """The task; raises `ValueError` if the text is no JSON object."""
        if self._parsed is None:
            value = orjson.loads(self.raw)
            if not isinstance(value, dict):
                raise ValueError("is no object")
            self._parsed = value
        return self._parsed


class MediaSource(Protocol):
    """Reads the files that tasks name: uploads and objects in storages of the exported project, nothing else."""

    def size(self, url: str, task_id: int) -> tuple[int, int] | None:
        """Return width and height in pixels of an image, or `None` if it cannot be read."""
        ...

    def open(self, url: str, task_id: int) -> BinaryIO | None:
        """Return the file's content, or `None` if it is not the project's or cannot be read."""
        ...


class NoMedia:
    """For exports without access to files."""

    def size(self, url: str, task_id: int) -> tuple[int, int] | None:
        return None

    def open(self, url: str, task_id: int) -> BinaryIO | None:
        return None


@dataclass(frozen=True, slots=True)
class ExportContext:
    """What an exporter may know besides the tasks.

    `raw_cells` leaves cells of tables as they are, also those that a spreadsheet would run as a formula.
    """

    config: LabelConfig
    media: MediaSource = field(default_factory=NoMedia)
    raw_cells: bool = False
    temp_dir: Path | None = None
    made_at: datetime = field(default_factory=now)
    max_errors: int = 1_000


@runtime_checkable
class Exporter(Protocol):
    """Turns a stream of tasks into files. Knows nothing of rows, requests or storages.

    `extension` is that of the file a person gets: `zip` if there are several files inside (or may be). `carries` and
    `loses` say in a few words what of the annotations arrives in the format and what does not.
    """

    title: str
    description: str
    link: str
    tags: tuple[str, ...]
    extension: str
    media_type: str
    carries: str
    loses: str

    def suits(self, config: LabelConfig) -> bool:
        """Return whether results made under `config` can appear in this format."""
        ...

    def write(self, tasks: Iterable[TaskDocument], out: Output, ctx: ExportContext) -> Report:
        """Write all tasks; what could not be written is in the report, never an exception."""
        ...


def is_exporter(plugin: object) -> bool:
    """Return whether `plugin` keeps the contract."""
    return isinstance(plugin, Exporter) and all((plugin.title, plugin.extension, plugin.media_type, plugin.carries))


def export(exporter: Exporter, tasks: Iterable[TaskDocument], stream: BinaryIO, ctx: ExportContext) -> Report:
    """Write `tasks` to `stream` as the one file (plain, or a zip of several) that a person downloads."""
    if exporter.extension != "zip":
        return exporter.write(tasks, SingleFile(stream), ctx)
    archive = ZipArchive(stream, ctx.made_at)
    report = exporter.write(tasks, archive, ctx)
    archive.close()
    return report
