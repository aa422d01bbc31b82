"""Masks as COCO: the outer outlines of each mask as polygons, each an annotation of its own.

Categories are numbered from 1 in the order in which their labels appear. An outline of fewer than three corners (single
pixels, thin lines) has no polygon.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from postil.core.clock import iso
from postil.core.result import ItemError, Report
from postil.formats.contours import Outline, outlines
from postil.formats.exporter import ExportContext, TaskDocument
from postil.formats.image_files import ImageFiles, base_name
from postil.formats.masks import mask_of, painted_image
from postil.formats.output import Output
from postil.formats.records import Record, RecordReader
from postil.formats.spool import Spool
from postil.labeling.config import LabelConfig
from postil.labeling.geometry import RleError, bounding_box, polygon_area

CATEGORY: dict[str, Any] = {"supercategory": "", "metadata": {}}


class BrushToCoco:
    title = "Brush labels to COCO"
    description = "The outlines of masks as polygons in pixels."
    link = "https://cocodataset.org/#format-data"
    tags = ("image segmentation", "brush annotations")
    extension = "zip"
    media_type = "application/zip"
    carries = "the outer outlines of masks with their labels"
    loses = "holes in masks, opacity, all other shapes, relations, choices and texts, predictions"

    def suits(self, config: LabelConfig) -> bool:
        """Return whether masks with labels can be painted on an image."""
        return painted_image(config) is not None

    def write(self, tasks: Iterable[TaskDocument], out: Output, ctx: ExportContext) -> Report:
        """Write `result_coco.json`."""
        report = Report(max_errors=ctx.max_errors)
        files = ImageFiles(painted_image(ctx.config), ctx, report, None)
        numbers: dict[str, int] = {}
        with Spool(ctx.temp_dir) as images, Spool(ctx.temp_dir) as annotations:
            for image_id, record in enumerate(RecordReader(ctx.config, report).read(tasks)):
                url = files.url(record, "COCO") if record.outputs else None
                size = None
                for mask in _masks(record, report) if url else ():
                    size = {"width": mask.width, "height": mask.height}
                    for label in mask.labels:
                        category = numbers.setdefault(label, len(numbers) + 1)
                        for outline in mask.outlines:
                            shape = _shape(outline, record)
                            place = {"id": annotations.count, "image_id": image_id, "category_id": category}
                            annotations.add({**place, **shape})
                if url and size:
                    images.add({"id": image_id, "file_name": base_name(url), "path": url, **size})
            listed = [{"id": number, "name": label, **CATEGORY} for label, number in numbers.items()]
            with out.file("result_coco.json") as stream:
                stream.write(b'{"images":')
                images.copy_list(stream)
                stream.write(b',\n"annotations":')
                annotations.copy_list(stream)
                stream.write(b',\n"categories":' + orjson.dumps(listed))
                stream.write(b',\n"info":' + orjson.dumps(_info(ctx)) + b"}\n")
        return report


@dataclass(frozen=True, slots=True)
class _Mask:
    """A mask with at least one outline."""

    labels: list[str]
    width: int
    height: int
    outlines: list[Outline]


def _masks(record: Record, report: Report) -> Iterator[_Mask]:
    for control, entries in record.outputs.items():
        for entry in entries:
            if not entry.is_drawn:
                continue
            place = f"{record.where}, region {entry.region}"
            labels = entry.value.get("brushlabels") or entry.value.get("labels")
            if not isinstance(labels, list):
                report.fail(ItemError(place, "has no label", field=control))
                continue
            try:
                mask, width, height = mask_of(entry)
            except RleError as problem:
                report.fail(ItemError(place, str(problem), field=control))
                continue
            # LS: the outline found last comes first
            found = [outline for outline in outlines(mask, width, height) if len(outline) >= 3][::-1]
            if found:
                yield _Mask(list(map(str, labels)), width, height, found)


def _shape(outline: Outline, record: Record) -> dict[str, Any]:
    box = bounding_box(outline)
    return {
        "segmentation": [[number for point in outline for number in point]],
        "area": int(polygon_area(outline)),
        "bbox": [box.x, box.y, box.width + 1, box.height + 1],
        "iscrowd": 0,
        "annotator": str(record.annotation.get("completed_by") or ""),
    }


def _info(ctx: ExportContext) -> dict[str, Any]:
    # LS: the words that readers of such files know
    return {
        "year": ctx.made_at.year,
        "version": "1.0",
        "description": "Converted from Label Studio",
        "contributor": "Label Studio Converter",
        "date_created": iso(ctx.made_at),
    }
