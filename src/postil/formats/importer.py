"""The contract of import formats: a file goes in, tasks and errors come out, one at a time.

An importer keeps no more than one task (and a read-ahead of a few megabytes) in memory. What is wrong with one item is
yielded as an `ItemError` and the reading goes on; what makes the rest unreadable (a cut-off file, a wrong encoding) is
yielded too and ends the stream. Nothing is raised for bad content.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Protocol, runtime_checkable

import orjson

from postil.core.result import ItemError
from postil.labeling.taskdata import UNNAMED_KEY

MAX_TASK_BYTES = 10 * 1024 * 1024
MAX_DEPTH = 100

JsonObject = dict[str, Any]


@dataclass(slots=True)
class TaskItem:
    """One task as a file holds it, checked for shape but not against a label config.

    `where` is the place a person can find ("line 812", "item 3"); `index` counts from 0 in the same unit.
    """

    where: str
    index: int
    data: JsonObject
    meta: JsonObject | None = None
    annotations: list[JsonObject] = field(default_factory=list)
    predictions: list[JsonObject] = field(default_factory=list)
    drafts: list[JsonObject] = field(default_factory=list)
    allow_skip: bool | None = None
    file_upload_id: int | None = None
    raw_data: bytes = b""

    def data_json(self) -> bytes:
        """Return `data` as compact JSON; costs nothing when the reader has made it already."""
        return self.raw_data or orjson.dumps(self.data)


@dataclass(frozen=True, slots=True)
class ImportContext:
    """What an importer needs to know: the key for values without a name, and the limits."""

    data_key: str = UNNAMED_KEY
    max_task_bytes: int = MAX_TASK_BYTES
    max_depth: int = MAX_DEPTH


Source = BinaryIO | Path


@runtime_checkable
class Importer(Protocol):
    """Turns a file into a stream of tasks. Knows nothing of rows, requests or label configs."""

    title: str
    extensions: tuple[str, ...]

    def read(self, source: Source, ctx: ImportContext) -> Iterator[TaskItem | ItemError]:
        """Yield every task of `source`, and an error for every item that is none."""
        ...


def is_importer(plugin: object) -> bool:
    """Return whether `plugin` keeps the contract."""
    return isinstance(plugin, Importer) and bool(plugin.title) and all(e.startswith(".") for e in plugin.extensions)
