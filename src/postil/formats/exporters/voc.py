"""Pascal VOC: an XML sheet for each image that was labeled, with its boxes in whole pixels.

`Annotations/<image>.xml` holds file name, size and an `object` for each box, by its first label. The layout is that of
the VOC 2012 development kit; pixels are cut off, not rounded. An image has one sheet, so it holds one annotation: the
first that was made, of those that have regions.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from postil.core.result import ItemError, Report
from postil.formats.coco_shapes import BOX_KEYS, Size, is_number, size_of
from postil.formats.exporter import ExportContext, TaskDocument
from postil.formats.image_files import FreshNames, ImageFiles, labeled_image, one_a_task
from postil.formats.output import Output
from postil.formats.records import Entry, Record, RecordReader
from postil.labeling.config import LabelConfig

LABEL_KEYS = ("rectanglelabels", "labels")
# LS: readers of its sheets know these words.
SOURCE = {"database": "MyDatabase", "annotation": "COCO2017", "image": "flickr", "flickrid": "NULL"}
OWNER = {"flickrid": "NULL", "name": "Label Studio"}
DETAILS = {"pose": "Unspecified", "truncated": "0", "difficult": "0"}
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Voc:
    title = "Pascal VOC XML"
    description = "An XML sheet for each labeled image with its boxes in pixels."
    link = "https://host.robots.ox.ac.uk/pascal/VOC/"
    tags = ("image segmentation", "object detection")
    extension = "zip"
    media_type = "application/zip"
    carries = "boxes with their first label; image sizes"
    loses = "further labels, other shapes, the rotation of boxes, relations, choices and texts, all but one annotation"

    def suits(self, config: LabelConfig) -> bool:
        """Return whether boxes with labels can be drawn on one image."""
        image = labeled_image(config, {"RectangleLabels"}, {"Rectangle"})
        return image is not None and not image.node.get("valueList")

    def write(self, tasks: Iterable[TaskDocument], out: Output, ctx: ExportContext) -> Report:
        """Write the sheet of each image that has results."""
        report = Report(max_errors=ctx.max_errors)
        files = ImageFiles(labeled_image(ctx.config, {"RectangleLabels"}, {"Rectangle"}), ctx, report, None)
        names = FreshNames()
        for record in one_a_task(RecordReader(ctx.config, report).read(tasks), report):
            url = files.url(record, "VOC") if record.outputs else None
            if url is None:
                continue
            image = files.name(record, url)
            entries = [entry for each in record.outputs.values() for entry in each]
            size = next((found for entry in entries if (found := size_of(entry))), None) or files.size(record, url)
            if size is None:
                report.fail(ItemError(record.where, "the size of the image is unknown"))
                continue
            sheet = _sheet(PurePosixPath(image).name, size, str(record.annotation.get("completed_by") or ""))
            for entry in entries:
                sheet.extend(_objects(record, entry, size, report))
            indent(sheet)
            with out.file(f"Annotations/{names.of(image, record)}.xml") as stream:
                stream.write(tostring(sheet, encoding="utf-8", xml_declaration=True) + b"\n")
        return report


def _sheet(name: str, size: Size, annotator: str) -> Element:
    sheet = Element("annotation")
    SubElement(sheet, "folder").text = "images"
    SubElement(sheet, "filename").text = _clean(name)
    _fill(SubElement(sheet, "source"), {**SOURCE, "annotator": _clean(annotator)})
    _fill(SubElement(sheet, "owner"), OWNER)
    _fill(SubElement(sheet, "size"), {"width": f"{size[0]:g}", "height": f"{size[1]:g}", "depth": "3"})
    SubElement(sheet, "segmented").text = "0"
    return sheet


def _objects(record: Record, entry: Entry, size: Size, report: Report) -> Iterator[Element]:
    labels: list[object] = next((entry.value[key] for key in LABEL_KEYS if isinstance(entry.value.get(key), list)), [])
    if not entry.is_drawn:
        return
    place, field = f"{record.where}, region {entry.region}", str(entry.result.get("from_name"))
    if not labels or not all(is_number(entry.value.get(key)) for key in BOX_KEYS):
        report.fail(ItemError(place, "is no box with a label, which is all that VOC holds", field=field))
        return
    rotation = entry.value.get("rotation") or 0
    if not is_number(rotation) or rotation % 360:
        report.fail(ItemError(place, "was turned, which is lost", field=field))
    drawn_on = size_of(entry) or size
    x, y, width, height = (
        int(entry.value[key] * drawn_on[axis] / 100) for axis, key in zip((0, 1, 0, 1), BOX_KEYS, strict=True)
    )
    corners = {"xmin": x, "ymin": y, "xmax": x + width, "ymax": y + height}
    found = Element("object")
    _fill(found, {"name": _clean(str(labels[0])), **DETAILS})
    _fill(SubElement(found, "bndbox"), {name: str(number) for name, number in corners.items()})
    yield found


def _fill(element: Element, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        SubElement(element, name).text = text


def _clean(text: str) -> str:
    """Leave out what XML cannot hold."""
    return _NOT_XML.sub("", text)
