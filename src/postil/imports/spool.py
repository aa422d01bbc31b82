"""Checked tasks wait here until all of them are checked: in memory while they are few, in a temporary file after that.

So the database is not held while a large file is read, and nothing is written unless everything can be.
"""

import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

import msgspec

from postil.formats.importer import TaskItem

BATCH = 1_000
BATCH_BYTES = 8 * 1024 * 1024
_LENGTH_BYTES = 8

# The data's text, its keys by number, and what else the task has, if it has anything.
_Row = tuple[bytes, int, Any]
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[_Row])


class TaskSpool:
    """Keeps tasks in their order, in bounded memory."""

    def __init__(self) -> None:
        self.count = 0
        self._waiting: list[TaskItem] = []
        self._waiting_bytes = 0
        self._file: Any = None
        self._keys: dict[tuple[str, ...], int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, item: TaskItem) -> None:
        """Keep one task."""
        item.raw_data = item.raw_data or item.data_json()
        self._waiting.append(item)
        self._waiting_bytes += len(item.raw_data)
        self.count += 1
        if len(self._waiting) >= BATCH or self._waiting_bytes >= BATCH_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="postil-import-")  # noqa: SIM115 -- closed by __exit__
        keys = self._keys
        rows = [(item.raw_data, keys.setdefault(tuple(item.data), len(keys)), _rest(item)) for item in self._waiting]
        frame = _encoder.encode(rows)
        self._file.write(len(frame).to_bytes(_LENGTH_BYTES, "big"))
        self._file.write(frame)
        self._waiting.clear()
        self._waiting_bytes = 0

    def __iter__(self) -> Iterator[TaskItem]:
        """Yield the tasks. Of those that went through the file, `data` holds the keys only: its text is `data_json`."""
        if self._file is None:
            yield from self._waiting
            return
        if self._waiting:
            self._flush()
        shapes = [dict.fromkeys(keys) for keys in self._keys]
        self._file.seek(0)
        while length := self._file.read(_LENGTH_BYTES):
            for raw, shape, rest in _decoder.decode(self._file.read(int.from_bytes(length, "big"))):
                item = TaskItem("", 0, shapes[shape], raw_data=raw)
                if rest is not None:
                    item.meta, item.annotations, item.predictions, item.drafts, item.allow_skip, item.file_upload_id = (
                        rest
                    )
                yield item


def _rest(item: TaskItem) -> tuple[Any, ...] | None:
    if item.annotations or item.predictions or item.drafts or item.meta or item.allow_skip is not None:
        return item.meta, item.annotations, item.predictions, item.drafts, item.allow_skip, item.file_upload_id
    return None if item.file_upload_id is None else (None, [], [], [], None, item.file_upload_id)
