"""Plain text: one task a line."""

from collections.abc import Iterator

from postil.core.result import ItemError
from postil.formats.importer import ImportContext, Source, TaskItem
from postil.formats.text_lines import UnreadableError, lines, opened


class Txt:
    title = "Plain text"
    extensions = (".txt",)

    def read(self, source: Source, ctx: ImportContext) -> Iterator[TaskItem | ItemError]:
        """Yield a task for every line that is not blank, under the key for values without a name."""
        index = -1
        with opened(source) as stream:
            try:
                for number, line in enumerate(lines(stream, max_bytes=ctx.max_task_bytes), 1):
                    text = line.rstrip("\r\n")
                    if text and not text.isspace():
                        index += 1
                        yield TaskItem(f"line {number}", index, {ctx.data_key: text})
            except UnreadableError as problem:
                yield ItemError(f"line {problem.line}", problem.reason)
                return
        if index < 0:
            yield ItemError("file", "is empty")
