"""YOLO: a text file for each image, one line a region, all numbers in shares of the picture.

```
classes.txt         the labels, one a line; a region names its label by the number of that line, from 0
notes.json          the same with the names of key points
labels/<image>.txt  class, center x, center y, width, height            a box
                    class, x1, y1, x2, y2, x3, y3, x4, y4               a box in YOLO_OBB, clockwise from its own corner
                    class, x1, y1, x2, y2, …                            a polygon
                    class, center x, …, height, (x, y, 2), (0, 0, 0) …  a box with its key points, if the config has any
images/…            the images, in the formats with images
```
An image has one file, so it holds one annotation: the first that was made, of those that have regions. The formats of
lines are those of the Ultralytics documentation of its data sets.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from postil.core.result import ItemError, Report
from postil.formats.coco_categories import Categories
from postil.formats.coco_shapes import BOX_KEYS, LABEL_KEYS, NoShapeError, is_number, pixels, size_of
from postil.formats.exporter import ExportContext, TaskDocument
from postil.formats.image_files import FreshNames, ImageFiles, labeled_image, one_a_task
from postil.formats.output import Output
from postil.formats.records import Entry, Record, RecordReader
from postil.formats.spool import Spool
from postil.labeling.config import LabelConfig
from postil.labeling.geometry import rotated_corners

SHAPE_TAGS = {"RectangleLabels", "PolygonLabels"}
PLAIN_TAGS = {"Rectangle", "Polygon"}
LOST = "ellipses, masks, relations, choices and texts, all but one annotation of an image, annotators, predictions"


class Yolo:
    title = "YOLO"
    description = "A text file for each image with boxes and polygons in shares of the picture."
    link = "https://docs.ultralytics.com/datasets/detect/"
    tags: tuple[str, ...] = ("image segmentation", "object detection", "keypoints")
    extension = "zip"
    media_type = "application/zip"
    carries = "boxes, polygons and key points with their labels"
    loses = f"the rotation of boxes, {LOST}"
    with_images = False
    is_oriented = False
    image_tags = SHAPE_TAGS
    plain_tags = PLAIN_TAGS

    def suits(self, config: LabelConfig) -> bool:
        """Return whether shapes that the format holds can be drawn on one image."""
        image = labeled_image(config, self.image_tags, self.plain_tags)
        return image is not None and not image.node.get("valueList")

    def write(self, tasks: Iterable[TaskDocument], out: Output, ctx: ExportContext) -> Report:
        """Write the file of each image, then the list of labels; labels that only results know come last."""
        report = Report(max_errors=ctx.max_errors)
        image = labeled_image(ctx.config, self.image_tags, self.plain_tags)
        files = ImageFiles(image, ctx, report, out if self.with_images else None)
        names, lines = FreshNames(), _Lines(ctx.config, is_oriented=self.is_oriented, report=report)
        with Spool(ctx.temp_dir) as waiting:
            for record in one_a_task(RecordReader(ctx.config, report).read(tasks), report):
                url = files.url(record, "YOLO")
                if url is not None:
                    waiting.add([names.of(files.name(record, url), record), list(lines.of(record))])
            classes = lines.classes()
            order = {label: number for number, label in enumerate(classes)}
            for stem, found in waiting:
                with out.file(f"labels/{stem}.txt") as stream:
                    stream.write("\n".join(_line(order[label], numbers) for label, numbers in found).encode())
        with out.file("classes.txt") as stream:
            stream.write("".join(f"{label}\n" for label in classes).encode())
        with out.file("notes.json") as stream:
            stream.write(orjson.dumps(_notes(classes, lines.points, ctx), option=orjson.OPT_INDENT_2) + b"\n")
        return report


class YoloWithImages(Yolo):
    title = "YOLO with Images"
    description = "The same as YOLO, with the image files in the archive."
    carries = "boxes, polygons and key points with their labels; the images"
    with_images = True


class YoloObb(Yolo):
    title = "YOLOv8 OBB"
    description = "A text file for each image with the four corners of boxes, turned as they were drawn."
    link = "https://docs.ultralytics.com/datasets/obb/"
    tags = ("image segmentation", "object detection")
    carries = "boxes with their rotation, polygons and key points with their labels"
    loses = LOST
    is_oriented = True
    image_tags = SHAPE_TAGS | {"KeyPointLabels"}


class YoloObbWithImages(YoloObb):
    title = "YOLOv8 OBB with Images"
    description = "The same as YOLOv8 OBB, with the image files in the archive."
    carries = "boxes with their rotation, polygons and key points with their labels; the images"
    with_images = True


class _Lines:
    """Turns records into lines: a label and numbers."""

    def __init__(self, config: LabelConfig, *, is_oriented: bool, report: Report) -> None:
        self._categories = Categories(config)
        self.points = self._categories.points
        self._is_oriented = is_oriented
        self._report = report

    def classes(self) -> list[str]:
        """Return all labels in the order of their lines."""
        listed = [each for each in self._categories.listed if "keypoints" not in each]
        return [str(each["name"]) for each in sorted(listed, key=lambda each: int(each["id"]))]

    def of(self, record: Record) -> Iterator[tuple[str, list[float]]]:
        """Yield the lines of a record; what has no place is noted in the report."""
        entries = [entry for each in record.outputs.values() for entry in each]
        points: dict[str, list[Entry]] = {}
        for entry in entries:
            if "keypointlabels" in entry.value:
                points.setdefault(str(entry.result.get("parentID")), []).append(entry)
        owners = {entry.region for entry in entries if "keypointlabels" not in entry.value}
        for entry in entries:
            if "keypointlabels" in entry.value:
                if str(entry.result.get("parentID")) not in owners:
                    self._fail(record, entry, "is a key point outside of any box")
            elif entry.is_drawn:
                yield from self._entry(record, entry, points.get(entry.region, []))

    def _entry(self, record: Record, entry: Entry, points: list[Entry]) -> Iterator[tuple[str, list[float]]]:
        labels = next((entry.value[key] for key in LABEL_KEYS if entry.value.get(key)), None)
        try:
            numbers = self._numbers(record, entry, points)
        except NoShapeError as problem:
            self._fail(record, entry, str(problem))
            return
        if not isinstance(labels, list):
            self._fail(record, entry, "has no label, or a kind of shape that YOLO does not hold")
            return
        for label in map(str, labels):
            self._categories.number(label)
            yield label, numbers

    def _numbers(self, record: Record, entry: Entry, points: list[Entry]) -> list[float]:
        value = entry.value
        if "points" in value:
            return [number for point in pixels(value["points"], (1, 1)) for number in point]
        if not all(is_number(value.get(key)) for key in BOX_KEYS):
            raise NoShapeError("is neither a box nor a polygon, or its numbers are missing")
        if self._is_oriented and not self.points:
            width, height = size_of(entry) or (100, 100)
            return [share for x, y in rotated_corners(value, width, height) for share in (x / width, y / height)]
        if (value.get("rotation") or 0) % 360:
            self._fail(record, entry, "was turned, which is lost; YOLO_OBB keeps it")
        x, y, width, height = (value[key] / 100 for key in BOX_KEYS)
        return [x + width / 2, y + height / 2, width, height, *self._marks(points)]

    def _marks(self, points: list[Entry]) -> list[float]:
        """Return x, y and 2 for each key point of a box that is set, zeros for the others."""
        numbers = [0.0] * (3 * len(self.points))
        for entry in points:
            labels = entry.value["keypointlabels"]
            for label in labels if isinstance(labels, list) else []:
                if label not in self.points:
                    raise NoShapeError(f"the label `{label}` is none of the config's key points")
                ((x, y),) = pixels([[entry.value.get("x"), entry.value.get("y")]], (1, 1))
                at = 3 * self.points.index(label)
                numbers[at : at + 3] = [x, y, 2]
        return numbers

    def _fail(self, record: Record, entry: Entry, reason: str) -> None:
        place = f"{record.where}, region {entry.region}"
        self._report.fail(ItemError(place, reason, field=str(entry.result.get("from_name"))))


def _line(number: int, numbers: list[float]) -> str:
    return " ".join([str(number), *(f"{share:.10g}" for share in numbers)])


def _notes(classes: list[str], points: list[str], ctx: ExportContext) -> dict[str, Any]:
    more = {"keypoints": points} if points else {}
    categories = [{"id": number, "name": label, **more} for number, label in enumerate(classes)]
    # LS: `contributor` is the word that readers of its notes know
    return {
        "categories": categories,
        "info": {"year": ctx.made_at.year, "version": "1.0", "contributor": "Label Studio"},
    }
