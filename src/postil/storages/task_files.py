"""Objects that hold tasks: JSON, JSON lines and Parquet, read as a stream."""

from collections.abc import Iterator
from typing import Any, BinaryIO

import orjson

from postil.core.result import ItemError
from postil.formats.detect import extension_of
from postil.formats.importer import ImportContext, TaskItem
from postil.formats.importers import IMPORTERS
from postil.formats.json_item import read_item

READERS = {"": "json", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl"}
PARQUET = ".parquet"
ROWS = 500


def read_tasks(key: str, file: BinaryIO, context: ImportContext) -> Iterator[TaskItem | ItemError]:
    """Return the tasks inside an object, by the ending of its key; an object without one is taken for JSON."""
    extension = extension_of(key)
    if extension in READERS:
        return IMPORTERS.get(READERS[extension]).read(file, context)
    if extension == PARQUET:
        return _parquet(file, context)
    return iter(
        [
            ItemError(
                "file",
                f"{extension} is no file of tasks (JSON, JSONL, Parquet). To show the objects themselves, "
                'switch on "Treat every object as a source file".',
            )
        ]
    )


def _parquet(file: BinaryIO, context: ImportContext) -> Iterator[TaskItem | ItemError]:
    try:
        from pyarrow import ArrowException, ArrowInvalid
        from pyarrow.parquet import ParquetFile
    except ModuleNotFoundError:
        yield ItemError("file", "Parquet needs one more package on the server: pip install 'postil[parquet]'")
        return
    index = 0
    try:
        for batch in ParquetFile(file).iter_batches(batch_size=ROWS):
            for row in batch.to_pylist():
                yield read_item(_json(row), f"row {index + 1}", index, context)
                index += 1
    except (ArrowInvalid, ArrowException, OSError, ValueError) as error:
        yield ItemError("file", f"is not valid Parquet: {str(error)[:200]}")


def _json(row: dict[str, Any]) -> bytes:
    """Return a row as JSON; columns that a row has no value in are left out, JSON in text columns becomes JSON."""
    kept = {name: _value(name, value) for name, value in row.items() if value is not None}
    return orjson.dumps(kept, default=str)


def _value(name: str, value: Any) -> Any:
    if name in {"annotations", "data", "drafts", "meta", "predictions"} and isinstance(value, str):
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            return value
    return value
