"""Checked tasks wait here until all of them are checked: in memory while they are few, in a temporary file after that.

So the database is not held while a large file is read, and nothing is written unless everything can be.
"""

import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

import msgspec
import orjson

from postil.formats.importer import TaskItem

BATCH = 1_000
BATCH_BYTES = 8 * 1024 * 1024
_LENGTH_BYTES = 8

_Row = tuple[str, int, bytes, Any, list[Any], list[Any], list[Any], bool | None, int | None]
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[_Row])


class TaskSpool:
    """Keeps tasks in their order, in bounded memory."""

    def __init__(self) -> None:
        self.count = 0
        self._waiting: list[TaskItem] = []
        self._waiting_bytes = 0
        self._file: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, item: TaskItem) -> None:
        """Keep one task."""
        item.raw_data = item.data_json()
        self._waiting.append(item)
        self._waiting_bytes += len(item.raw_data)
        self.count += 1
        if len(self._waiting) >= BATCH or self._waiting_bytes >= BATCH_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="postil-import-")  # noqa: SIM115 -- closed by __exit__
        rows = [
            (
                item.where, item.index, item.raw_data, item.meta, item.annotations, item.predictions, item.drafts,
                item.allow_skip, item.file_upload_id,
            )
            for item in self._waiting
        ]  # fmt: skip
        frame = _encoder.encode(rows)
        self._file.write(len(frame).to_bytes(_LENGTH_BYTES, "big"))
        self._file.write(frame)
        self._waiting.clear()
        self._waiting_bytes = 0

    def __iter__(self) -> Iterator[TaskItem]:
        if self._file is None:
            yield from self._waiting
            return
        if self._waiting:
            self._flush()
        self._file.seek(0)
        while length := self._file.read(_LENGTH_BYTES):
            for where, index, raw, meta, annotations, predictions, drafts, allow_skip, upload in _decoder.decode(
                self._file.read(int.from_bytes(length, "big"))
            ):
                yield TaskItem(
                    where, index, orjson.loads(raw), meta, annotations, predictions, drafts, allow_skip, upload, raw
                )
