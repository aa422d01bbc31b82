"""CSV and TSV: a table with one row for each annotation.

Columns are known only after the last task, so rows wait in a temporary file as lists of finished cells, in the order in
which their columns were first met; the header and the final order (by name) follow from all of them.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from postil.core.result import Report
from postil.formats.exporter import ExportContext, TaskDocument
from postil.formats.output import Output
from postil.formats.records import Record, RecordReader, simplified, transcript
from postil.formats.spool import Spool
from postil.labeling.config import LabelConfig

# A column is (origin, name). Where two have the same name in the end, the higher origin wins, as it always did.
ID, CONTROL, DATA, OWN = range(4)
OWN_COLUMNS = ("annotator", "annotation_id", "created_at", "updated_at", "lead_time")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
Column = tuple[int, str]
BATCH = 200


class Csv:
    title = "CSV"
    description = (
        "Table with one row per annotation, separated by commas; several labels in one cell are written as JSON."
    )
    link = "https://www.rfc-editor.org/rfc/rfc4180"
    tags = ()
    extension = "csv"
    media_type = "text/csv"
    carries = "data, labeled values, annotator, times"
    loses = "skipped annotations, relations, predictions, drafts, region ids"
    delimiter = ","

    def suits(self, config: LabelConfig) -> bool:
        return True

    def write(self, tasks: Iterable[TaskDocument], out: Output, ctx: ExportContext) -> Report:
        """Write the table, its columns sorted by name."""
        report = Report(max_errors=ctx.max_errors)
        with Spool(ctx.temp_dir) as rows:
            columns = {(OWN, name): index for index, name in enumerate(OWN_COLUMNS)}
            for record in RecordReader(ctx.config, report).read(tasks):
                rows.add(_cells(record, columns, raw=ctx.raw_cells))
            with out.file(f"result.{self.extension}") as stream:
                waiting: list[str] = []
                for line in self._lines(rows, columns, raw=ctx.raw_cells):
                    waiting.append(line)
                    if len(waiting) >= BATCH:
                        stream.write("".join(waiting).encode())
                        waiting.clear()
                stream.write("".join(waiting).encode())
        return report

    def _lines(self, rows: Spool, columns: dict[Column, int], *, raw: bool) -> Iterator[str]:
        sources = _final_columns(columns)
        yield self.delimiter.join(cell(name, raw=raw) for name in sources) + "\r\n"
        order = list(sources.values())
        missing = [None] * len(columns)
        for row in rows:
            known = row + missing[len(row) :]
            cells = [known[places[0]] if len(places) == 1 else _first(known, places) for places in order]
            yield self.delimiter.join([each if each is not None else '""' for each in cells]) + "\r\n"


class Tsv(Csv):
    title = "TSV"
    description = (
        "Table with one row per annotation, separated by tabs; several labels in one cell are written as JSON."
    )
    link = "https://www.iana.org/assignments/media-types/text/tab-separated-values"
    extension = "tsv"
    media_type = "text/tab-separated-values"
    delimiter = "\t"


def _cells(record: Record, columns: dict[Column, int], *, raw: bool) -> list[str | None]:
    """Return the cells of a record in the order of `columns`, which grows as new ones are met."""
    row: list[str | None] = [None] * len(columns)
    for column, value in _values(record):
        place = columns.get(column)
        if place is None:
            place = columns[column] = len(row)
            row.append(None)
        row[place] = cell(value, raw=raw)
    return row


def _values(record: Record) -> Iterator[tuple[Column, Any]]:
    annotation = record.annotation
    if record.task.get("id") is not None:
        yield (ID, "id"), record.task["id"]
    for name, entries in record.outputs.items():
        yield (CONTROL, name), simplified(entries)
        chat = transcript(entries)
        if chat is not None:
            yield (CONTROL, f"{name}_transcript"), chat
    for name, value in record.data.items():
        yield (DATA, name), value
    author = annotation.get("completed_by")
    if isinstance(author, dict):
        author = author.get("email")
    yield (OWN, "annotator"), None if author is None else str(author)
    yield (OWN, "annotation_id"), annotation.get("id")
    for name in ("created_at", "updated_at", "lead_time"):
        yield (OWN, name), annotation.get(name)
    if "agreement" in record.task:
        yield (OWN, "agreement"), record.task["agreement"]
    if annotation.get("history"):
        yield (OWN, "history"), annotation["history"]


def cell(value: Any, *, raw: bool) -> str:
    """Return a finished cell: numbers bare, everything else quoted; formulas disarmed by an apostrophe unless `raw`."""
    if value is None:
        return '""'
    if isinstance(value, bool | int | float):
        return str(value)
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    if not raw and text.startswith(FORMULA_STARTS):
        text = "'" + text
    return '"' + text.replace('"', '""') + '"'


def _final_columns(columns: dict[Column, int]) -> dict[str, list[int]]:
    """Return final column names, sorted, each with the places it is taken from: the first that is filled counts."""
    controls = {name for origin, name in columns if origin == CONTROL}
    found: dict[str, list[tuple[int, int]]] = {}
    for (origin, name), place in columns.items():
        # LS: data whose key is also the name of a control moves to a column of its own
        final = f"_data_{name}" if origin == DATA and name in controls else name
        found.setdefault(final, []).append((origin, place))
    return {name: [place for _, place in sorted(found[name], reverse=True)] for name in sorted(found)}


def _first(row: list[str | None], places: list[int]) -> str | None:
    return next((row[place] for place in places if row[place] is not None), None)
