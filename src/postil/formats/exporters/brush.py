"""Masks: a gray picture for each mask, 0 where nothing was painted.

Files are named `task-<id>-annotation-<id>-by-<annotator>-<control>-<labels>-<number>`, numbered from 0 for each
control and labels of an annotation.
"""

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterable
from struct import pack

from postil.core.result import ItemError, Report
from postil.formats.exporter import ExportContext, TaskDocument
from postil.formats.masks import mask_of, painted_image
from postil.formats.output import Output
from postil.formats.records import Entry, Record, RecordReader
from postil.labeling.config import LabelConfig
from postil.labeling.geometry import RleError

_UNCLEAN = re.compile(r"[^A-Za-z0-9._-]+")
MAX_NAME = 100


class BrushToPng:
    title = "Brush labels to PNG"
    description = "A gray PNG picture for each mask."
    link = "https://www.w3.org/TR/png-3/"
    tags = ("image segmentation",)
    extension = "zip"
    media_type = "application/zip"
    carries = "masks with their labels in the file names"
    loses = "all other shapes, relations, choices and texts, predictions"
    suffix = "png"

    def suits(self, config: LabelConfig) -> bool:
        """Return whether masks with labels can be painted on an image."""
        return painted_image(config) is not None

    def write(self, tasks: Iterable[TaskDocument], out: Output, ctx: ExportContext) -> Report:
        """Write the picture of each mask."""
        report = Report(max_errors=ctx.max_errors)
        names: Counter[str] = Counter()
        for record in RecordReader(ctx.config, report).read(tasks):
            for control, entries in record.outputs.items():
                for entry in entries:
                    if not entry.is_drawn:
                        continue
                    try:
                        mask, width, height = mask_of(entry)
                    except RleError as problem:
                        place = f"{record.where}, region {entry.region}"
                        report.fail(ItemError(place, str(problem), field=control))
                        continue
                    stem = _stem(record, control, entry)
                    with out.file(f"{stem}-{names[stem]}.{self.suffix}") as stream:
                        stream.write(self.picture(mask, width, height))
                    names[stem] += 1
        return report

    def picture(self, mask: bytes, width: int, height: int) -> bytes:
        """Return the file of a mask: a PNG picture of eight bits a pixel."""
        rows = b"".join(b"\0" + mask[start : start + width] for start in range(0, width * height, width))
        head = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
        parts = (_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(rows)), _chunk(b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


class BrushToNumpy(BrushToPng):
    title = "Brush labels to NumPy"
    description = "A NumPy array of bytes, rows by columns, for each mask."
    link = "https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html"
    suffix = "npy"

    def picture(self, mask: bytes, width: int, height: int) -> bytes:
        """Return the file of a mask: version 1.0 of NumPy's format."""
        head = f"{{'descr': '|u1', 'fortran_order': False, 'shape': ({height}, {width}), }}".encode()
        file = io.BytesIO()
        room = -(10 + len(head) + 1) % 64
        file.write(b"\x93NUMPY\x01\x00" + pack("<H", len(head) + room + 1) + head + b" " * room + b"\n" + mask)
        return file.getvalue()


def _stem(record: Record, control: str, entry: Entry) -> str:
    labels = entry.value.get("brushlabels") or entry.value.get("labels") or []
    words = "-".join(map(str, labels)) if isinstance(labels, list) else ""
    annotator = record.annotation.get("completed_by")
    person = annotator if isinstance(annotator, int | str) else ""
    name = f"task-{record.task_id}-annotation-{record.annotation.get('id')}-by-{person}-{control}-{words}"
    return _UNCLEAN.sub("_", name)[:MAX_NAME]


def _chunk(kind: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + kind + content + pack(">I", zlib.crc32(kind + content))
