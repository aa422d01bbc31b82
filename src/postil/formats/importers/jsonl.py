"""JSON Lines: one task a line."""

from collections.abc import Iterator

from postil.core.result import ItemError
from postil.formats.importer import ImportContext, Source, TaskItem
from postil.formats.json_item import read_item
from postil.formats.strict_json import BOM
from postil.formats.text_lines import opened


class JsonLines:
    title = "JSON Lines"
    extensions = (".jsonl", ".ndjson")

    def read(self, source: Source, ctx: ImportContext) -> Iterator[TaskItem | ItemError]:
        """Yield the task of every line that is not blank."""
        index = -1
        with opened(source) as stream:
            number = 0
            while raw := stream.readline(ctx.max_task_bytes + 2):
                number += 1
                if number == 1:
                    raw = raw.removeprefix(BOM)
                if not raw.strip():
                    continue
                index += 1
                item = read_item(raw.rstrip(b"\r\n"), f"line {number}", index, ctx)
                yield item
                if isinstance(item, ItemError) and not raw.endswith(b"\n") and len(raw) > ctx.max_task_bytes:
                    return
        if index < 0:
            yield ItemError("file", "is empty")
