"""JSON_MIN: one flat object for each annotation, with the labels and little else."""

from collections.abc import Iterable
from typing import Any

import orjson

from postil.core.result import Report
from postil.formats.exporter import ExportContext, TaskDocument
from postil.formats.output import Output
from postil.formats.records import Record, RecordReader, simplified
from postil.labeling.config import LabelConfig


class JsonMin:
    title = "JSON-MIN"
    description = "List with one flat object per annotation: the task's data and, for each control, what was labeled."
    link = "https://www.rfc-editor.org/rfc/rfc8259"
    tags = ()
    extension = "json"
    media_type = "application/json"
    carries = "data, labeled values, annotator, times"
    loses = "skipped annotations, relations, predictions, drafts, region ids"

    def suits(self, config: LabelConfig) -> bool:
        return True

    def write(self, tasks: Iterable[TaskDocument], out: Output, ctx: ExportContext) -> Report:
        """Write one object per record."""
        report = Report(max_errors=ctx.max_errors)
        with out.file("result.json") as stream:
            opening = b"[\n"
            for record in RecordReader(ctx.config, report).read(tasks):
                stream.write(opening + orjson.dumps(_flat(record)))
                opening = b",\n"
            stream.write(b"[]\n" if opening == b"[\n" else b"\n]\n")
        return report


def _flat(record: Record) -> dict[str, Any]:
    flat = dict(record.data)
    annotation = record.annotation
    if record.task.get("id") is not None:
        flat["id"] = record.task["id"]
    for name, entries in record.outputs.items():
        flat[name] = simplified(entries)
    author = annotation.get("completed_by")
    flat["annotator"] = author.get("email") if isinstance(author, dict) else author
    flat["annotation_id"] = annotation.get("id")
    for key in ("created_at", "updated_at", "lead_time"):
        flat[key] = annotation.get(key)
    if "agreement" in record.task:
        flat["agreement"] = record.task["agreement"]
    return flat
