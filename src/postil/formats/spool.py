"""A temporary file of JSON lines: rows wait here until what stands before them is known."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import orjson

BATCH = 200


class Spool:
    """Keeps JSON values in the order in which they came, in bounded memory."""

    def __init__(self, temp_dir: Path | None) -> None:
        self._file = tempfile.TemporaryFile(dir=temp_dir)  # noqa: SIM115 -- closed by __exit__
        self._waiting: list[bytes] = []
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def add(self, value: Any) -> None:
        """Keep one value."""
        self._waiting.append(orjson.dumps(value))
        self.count += 1
        if len(self._waiting) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        self._file.write(b"".join(line + b"\n" for line in self._waiting))
        self._waiting.clear()

    def __iter__(self) -> Iterator[Any]:
        self._flush()
        self._file.seek(0)
        for line in self._file:
            yield orjson.loads(line)

    def copy_list(self, out: BinaryIO) -> None:
        """Write all values to `out` as a JSON list, one on a line, without parsing them."""
        self._flush()
        self._file.seek(0)
        opening = b"[\n"
        for line in self._file:
            out.write(opening + line[:-1])
            opening = b",\n"
        out.write(b"[]" if opening == b"[\n" else b"\n]")
