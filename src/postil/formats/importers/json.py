"""JSON: one task, or a list of them."""

from collections.abc import Iterator
from typing import BinaryIO

from postil.core.result import ItemError
from postil.formats import json_array
from postil.formats.importer import ImportContext, Source, TaskItem
from postil.formats.json_item import read_item
from postil.formats.strict_json import BOM
from postil.formats.text_lines import opened, read_up_to

HEAD = 64 * 1024
SPACE = b" \t\r\n"


class Json:
    title = "JSON"
    extensions = (".json",)

    def read(self, source: Source, ctx: ImportContext) -> Iterator[TaskItem | ItemError]:
        """Yield the tasks of a JSON list, or the one task that a JSON object is."""
        with opened(source) as stream:
            head, lines_before = _beginning(stream)
            if not head:
                yield ItemError("file", "is empty")
            elif head.startswith(b"["):
                yield from _list(stream, head, lines_before, ctx)
            elif head.startswith(b"{"):
                yield _single(stream, head, ctx)
            else:
                yield ItemError(f"line {1 + lines_before}", _no_json(head))


def _beginning(stream: BinaryIO) -> tuple[bytes, int]:
    """Return the first bytes that are neither BOM nor white space, and how many lines end before them."""
    lines_before = 0
    chunk = stream.read(HEAD)
    chunk = chunk.removeprefix(BOM)
    while chunk:
        head = chunk.lstrip(SPACE)
        lines_before += chunk.count(b"\n", 0, len(chunk) - len(head))
        if head:
            return head, lines_before
        chunk = stream.read(HEAD)
    return b"", lines_before


def _list(stream: BinaryIO, head: bytes, lines_before: int, ctx: ImportContext) -> Iterator[TaskItem | ItemError]:
    index = -1
    try:
        for index, raw in enumerate(json_array.split(stream, head, max_item_bytes=ctx.max_task_bytes)):
            yield read_item(raw, f"item {index + 1}", index, ctx)
    except json_array.BrokenListError as broken:
        yield ItemError(f"line {broken.line + lines_before}, after item {index + 1}", broken.reason)
        return
    if index < 0:
        yield ItemError("file", "holds an empty list; there is nothing to import")


def _single(stream: BinaryIO, head: bytes, ctx: ImportContext) -> TaskItem | ItemError:
    raw = read_up_to(stream, ctx.max_task_bytes, head)
    item = read_item(raw, "item 1", 0, ctx)
    first_line, _, rest = raw.partition(b"\n")
    if isinstance(item, ItemError) and first_line.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{"):
        return ItemError("line 2", "a second object follows: this looks like JSON Lines; name the file .jsonl")
    return item


def _no_json(head: bytes) -> str:
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in head[:64]:
        return "is not UTF-8 text; save the file as UTF-8"
    return "is no JSON: it must begin with `[` or `{`"
