"""CSV and TSV: the first row names the columns, every further row is a task.

A column whose every value is a number becomes numbers, provided the number is written the way it would be written out
again ("7", "-2.5"; not "007", "1.50" or "1e3"): nothing is lost by importing. The file is read twice for that, once to
look at the columns and once to yield tasks.
"""

import csv
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

from postil.core.result import ItemError
from postil.formats.importer import MAX_TASK_BYTES, ImportContext, Source, TaskItem
from postil.formats.text_lines import UnreadableError, lines, opened

NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{0,14}[1-9]|\.0)?")
COPY_CHUNK = 1024 * 1024
csv.field_size_limit(max(csv.field_size_limit(), MAX_TASK_BYTES))


@dataclass(frozen=True, slots=True)
class Row:
    """One row, and the line of the file on which it begins."""

    line: int
    cells: list[str]


class Csv:
    title = "CSV"
    extensions = (".csv",)
    delimiters: tuple[str, ...] = (",", ";")

    def read(self, source: Source, ctx: ImportContext) -> Iterator[TaskItem | ItemError]:
        """Yield a task for every row below the header."""
        with _seekable(source) as stream:
            begin = stream.tell()
            header = self._header(stream, ctx)
            if isinstance(header, ItemError):
                yield header
                return
            delimiter, columns = header
            stream.seek(begin)
            numeric = _numeric_columns(_rows(stream, delimiter, ctx), len(columns))
            stream.seek(begin)
            yield from _tasks(_rows(stream, delimiter, ctx), columns, numeric)

    def _header(self, stream: BinaryIO, ctx: ImportContext) -> tuple[str, list[str]] | ItemError:
        begin = stream.tell()
        try:
            first = next(lines(stream, max_bytes=ctx.max_task_bytes), "")
        except UnreadableError as problem:
            return ItemError("line 1", problem.reason)
        if not first.strip():
            empty = "is empty" if not first else "begins with a blank line; the first line must name the columns"
            return ItemError("file" if not first else "line 1", empty)
        delimiter = max(self.delimiters, key=first.count)
        stream.seek(begin)
        row = next(_rows(stream, delimiter, ctx), None)
        if not isinstance(row, Row):
            return row or ItemError("line 1", "names no columns")
        return self._columns(row.cells, delimiter)

    def _columns(self, cells: list[str], delimiter: str) -> tuple[str, list[str]] | ItemError:
        if len(cells) == 1:
            for other, advice in (("\t", "name the file .tsv"), (",", "name the file .csv"), ("|", _use(delimiter))):
                if other in cells[0]:
                    shown = "tab" if other == "\t" else f"`{other}`"
                    return ItemError("line 1", f"the columns seem to be separated by {shown}; {advice}")
        # LS: a column without a name is called by its position, as tables written with a row index have one
        names = [cell.strip() or f"Unnamed: {number}" for number, cell in enumerate(cells)]
        for name in names:
            if names.count(name) > 1:
                return ItemError("line 1", "the header names this column twice", field=name)
        return delimiter, names


class Tsv(Csv):
    title = "TSV"
    extensions = (".tsv",)
    delimiters = ("\t",)


def _use(delimiter: str) -> str:
    return "separate them by tabs" if delimiter == "\t" else "separate them by commas"


@contextmanager
def _seekable(source: Source) -> Iterator[BinaryIO]:
    """Give a stream that can be read twice; a stream that cannot is copied to a temporary file."""
    with opened(source) as stream:
        if stream.seekable():
            yield stream
            return
        with tempfile.TemporaryFile() as copy:
            while chunk := stream.read(COPY_CHUNK):
                copy.write(chunk)
            copy.seek(0)
            yield copy


def _rows(stream: BinaryIO, delimiter: str, ctx: ImportContext) -> Iterator[Row | ItemError]:
    """Yield the rows that are not blank; an error where the file cannot be read further, or a row is broken."""
    reader = csv.reader(lines(stream, max_bytes=ctx.max_task_bytes), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except UnreadableError as problem:
            yield ItemError(f"line {problem.line}", problem.reason)
            return
        except csv.Error as error:
            yield ItemError(f"line {line}", _broken_row(str(error)))
            if "end of data" in str(error) or "field limit" in str(error):
                return
        else:
            if cells:
                yield Row(line, cells)
        line = reader.line_num + 1


def _broken_row(message: str) -> str:
    if "end of data" in message or "field limit" in message:
        return "a quotation mark is opened here and never closed"
    if "new-line character" in message:
        return "lines end with CR alone; save the file with LF or CRLF line ends"
    return f"a quotation mark is misplaced ({message}); write a quotation mark inside quotes twice"


def _numeric_columns(rows: Iterator[Row | ItemError], width: int) -> list[int]:
    """Return the columns in which every filled cell below the header is a number, and at least one is filled."""
    candidates = dict.fromkeys(range(width), False)
    fits = NUMBER.fullmatch
    next(rows, None)
    for row in rows:
        if not candidates:
            break
        if isinstance(row, Row) and len(row.cells) == width:
            for column in list(candidates):
                cell = row.cells[column]
                if not cell:
                    continue
                if fits(cell) and cell != "-0":
                    candidates[column] = True
                else:
                    del candidates[column]
    return [column for column, filled in candidates.items() if filled]


def _tasks(rows: Iterator[Row | ItemError], columns: list[str], numeric: list[int]) -> Iterator[TaskItem | ItemError]:
    width = len(columns)
    index = -1
    next(rows, None)
    for row in rows:
        index += 1
        if isinstance(row, ItemError):
            yield row
            continue
        cells: list[Any] = row.cells
        where = f"line {row.line}"
        if len(cells) < width:
            yield ItemError(where, "missing", field=columns[len(cells)])
            continue
        if len(cells) > width:
            yield ItemError(where, f"has {len(cells)} cells, but the header names {width} columns")
            continue
        for column in numeric:
            cell = cells[column]
            if cell:
                cells[column] = float(cell) if "." in cell else int(cell)
        yield TaskItem(where, index, dict(zip(columns, cells, strict=True)))
    if index < 0:
        yield ItemError("file", "has a header but no rows below it")
