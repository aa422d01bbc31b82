"""COCO: one JSON file with images, categories and annotations in pixels; with the images beside it if asked for.

```
images       one for each annotation of a task, and one for a task without any
categories   every label of the config: numbered by `category`, the others by name; key points share one category
annotations  one for each box and polygon, by its first label; one for the key points of an object
```
Categories that only the results know come last, so the parts wait in temporary files and are put together at the end.
"""

from collections.abc import Iterable
from typing import Any

import orjson

from postil.core.clock import iso
from postil.core.result import ItemError, Report
from postil.formats.coco_categories import Categories
from postil.formats.coco_shapes import NoShapeError, Size, category_of, key_points, size_of, to_coco
from postil.formats.exporter import ExportContext, TaskDocument
from postil.formats.image_files import ImageFiles, labeled_image
from postil.formats.output import Output
from postil.formats.records import Entry, Record, RecordReader
from postil.formats.spool import Spool
from postil.labeling.config import LabelConfig

SHAPE_TAGS = {"RectangleLabels", "PolygonLabels"}
PLAIN_SHAPE_TAGS = {"Rectangle", "Polygon"}


class Coco:
    title = "COCO"
    description = "Boxes, polygons and key points in pixels, as computer vision frameworks read them."
    link = "https://cocodataset.org/#format-data"
    tags = ("image segmentation", "object detection", "keypoints")
    extension = "zip"
    media_type = "application/zip"
    carries = "boxes, polygons, key points with their first label; image sizes"
    loses = "further labels of a region, ellipses, masks, relations, choices and texts, annotators, predictions"
    with_images = False

    def suits(self, config: LabelConfig) -> bool:
        """Return whether boxes or polygons with labels can be drawn on one image."""
        image = labeled_image(config, SHAPE_TAGS, PLAIN_SHAPE_TAGS)
        return image is not None and not image.node.get("valueList")

    def write(self, tasks: Iterable[TaskDocument], out: Output, ctx: ExportContext) -> Report:
        """Write `result.json`, and the images into `images/` if this is the format with images."""
        report = Report(max_errors=ctx.max_errors)
        with Spool(ctx.temp_dir) as images, Spool(ctx.temp_dir) as annotations:
            writer = _Writer(out if self.with_images else None, ctx, report, images, annotations)
            for record in RecordReader(ctx.config, report).read(tasks):
                writer.add(record)
            with out.file("result.json") as stream:
                stream.write(b'{"images":')
                images.copy_list(stream)
                stream.write(b',\n"categories":' + orjson.dumps(writer.categories.listed))
                stream.write(b',\n"annotations":')
                annotations.copy_list(stream)
                stream.write(b',\n"info":' + orjson.dumps(_info(ctx)) + b"}\n")
        return report


class CocoWithImages(Coco):
    title = "COCO with Images"
    description = "The same as COCO, with the image files in the archive."
    carries = "boxes, polygons, key points with their first label; image sizes; the images"
    with_images = True


def _info(ctx: ExportContext) -> dict[str, Any]:
    # LS: `contributor` is the word that readers of its COCO files know
    return {
        "year": ctx.made_at.year,
        "version": "1.0",
        "description": "",
        "contributor": "Label Studio",
        "url": "",
        "date_created": iso(ctx.made_at),
    }


class _Writer:
    """Turns records into images and annotations; `out` takes the image files, if they are wanted."""

    def __init__(
        self, out: Output | None, ctx: ExportContext, report: Report, images: Spool, annotations: Spool
    ) -> None:
        self._files = ImageFiles(labeled_image(ctx.config, SHAPE_TAGS, PLAIN_SHAPE_TAGS), ctx, report, out)
        self._report = report
        self._images = images
        self._annotations = annotations
        self.categories = Categories(ctx.config)

    def add(self, record: Record) -> None:
        """Write one annotation of one image."""
        url = self._files.url(record, "COCO")
        if url is None:
            return
        entries = [entry for each in record.outputs.values() for entry in each]
        size = next((found for entry in entries if (found := size_of(entry))), None)
        size = size or self._files.size(record, url)
        image_id = self._images.count
        width, height = size or (None, None)
        name = self._files.name(record, url)
        self._images.add({"width": width, "height": height, "id": image_id, "file_name": name})
        self._add_regions(record, entries, image_id, size)

    def _add_regions(self, record: Record, entries: list[Entry], image_id: int, size: Size | None) -> None:
        done: set[str] = set()
        failed: list[tuple[Entry, str]] = []
        points: dict[str, list[Entry]] = {}
        for entry in entries:
            label = category_of(entry)
            if label is None:
                failed.append((entry, "has no label, or a kind of shape that COCO does not hold"))
            elif "keypointlabels" in entry.value:
                points.setdefault(str(entry.result.get("parentID")), []).append(entry)
            else:
                try:
                    shape = to_coco(entry, size_of(entry) or size)
                except NoShapeError as problem:
                    failed.append((entry, str(problem)))
                    continue
                done.add(entry.region)
                self._add_annotation(image_id, self.categories.number(label), shape)
        for group in points.values():
            try:
                shape = key_points(group, self.categories.points, size)
            except NoShapeError as problem:
                failed.append((group[0], str(problem)))
                continue
            self._add_annotation(image_id, self.categories.number(category_of(group[0]) or ""), shape)
        for entry, reason in failed:
            if entry.region not in done and entry.is_drawn:
                place = f"{record.where}, region {entry.region}"
                self._report.fail(ItemError(place, reason, field=str(entry.result.get("from_name"))))

    def _add_annotation(self, image_id: int, category: int, shape: dict[str, Any]) -> None:
        self._annotations.add({"id": self._annotations.count, "image_id": image_id, "category_id": category, **shape})
