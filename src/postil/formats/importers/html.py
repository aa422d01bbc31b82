"""HTML and XML: the whole body is one task."""

from collections.abc import Iterator

from postil.core.result import ItemError
from postil.formats.importer import ImportContext, Source, TaskItem
from postil.formats.strict_json import BOM, not_utf8, size
from postil.formats.text_lines import opened, read_up_to


class Html:
    title = "HTML or XML"
    extensions = (".html", ".htm", ".xml")

    def read(self, source: Source, ctx: ImportContext) -> Iterator[TaskItem | ItemError]:
        """Yield one task with the whole text, under the key for values without a name."""
        with opened(source) as stream:
            raw = read_up_to(stream, ctx.max_task_bytes)
        if len(raw) > ctx.max_task_bytes:
            yield ItemError("file", f"is larger than {size(ctx.max_task_bytes)}")
            return
        try:
            text = raw.removeprefix(BOM).decode()
        except UnicodeDecodeError as wrong:
            yield ItemError("file", not_utf8(raw.removeprefix(BOM), wrong))
            return
        if "\0" in text:
            yield ItemError("file", "has the character NUL; this is no text file")
        elif not text.strip():
            yield ItemError("file", "is empty")
        else:
            yield TaskItem("file", 0, {ctx.data_key: text})
