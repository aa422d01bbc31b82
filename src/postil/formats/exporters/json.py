"""JSON: every task with all it has, in the shape that can be imported again."""

from collections.abc import Iterable

from postil.core.result import ItemError, Report
from postil.formats.exporter import ExportContext, TaskDocument
from postil.formats.output import Output
from postil.labeling.config import LabelConfig

BATCH_BYTES = 256 * 1024


class Json:
    title = "JSON"
    description = (
        "List of tasks with annotations, predictions and drafts: everything, in one file that can be imported again."
    )
    link = "https://www.rfc-editor.org/rfc/rfc8259"
    tags = ()
    extension = "json"
    media_type = "application/json"
    carries = "everything: data, every annotation with its author and times, predictions, drafts"
    loses = "nothing"

    def suits(self, config: LabelConfig) -> bool:
        return True

    def write(self, tasks: Iterable[TaskDocument], out: Output, ctx: ExportContext) -> Report:
        """Write the JSON of each task as it came, without parsing it."""
        report = Report(max_errors=ctx.max_errors)
        with out.file("result.json") as stream:
            waiting: list[bytes] = []
            size = 0
            opening = b"[\n"
            for number, task in enumerate(tasks, 1):
                raw = task.raw
                if raw[:1] != b"{" or raw[-1:] != b"}":
                    report.fail(ItemError(f"item {number}", "is no JSON object"))
                    continue
                report.written += 1
                waiting.append(raw)
                size += len(raw)
                if size > BATCH_BYTES:
                    stream.write(opening + b",\n".join(waiting))
                    waiting, size, opening = [], 0, b",\n"
            if waiting:
                stream.write(opening + b",\n".join(waiting))
            stream.write(b"\n]\n" if report.written else b"[]\n")
        return report
