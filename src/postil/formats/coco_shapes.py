"""Regions of an image as COCO annotations: percent of the image become pixels."""

from typing import Any

from postil.formats.records import Entry
from postil.labeling.geometry import (
    Point,
    bounding_box,
    points_to_pixels,
    polygon_area,
    rectangle_area,
    rotated_corners,
)

LABEL_KEYS = ("rectanglelabels", "polygonlabels", "keypointlabels", "labels")
BOX_KEYS = ("x", "y", "width", "height")
Size = tuple[float, float]
JsonObject = dict[str, Any]


class NoShapeError(ValueError):
    """Why a region has no place in a COCO file."""


def category_of(entry: Entry) -> str | None:
    """Return the region's first label, if it has one of a kind that COCO knows."""
    for key in LABEL_KEYS:
        labels = entry.value.get(key)
        if isinstance(labels, list) and labels:
            return str(labels[0])
    return None


def size_of(entry: Entry) -> Size | None:
    """Return the size of the image on which a region was drawn, if it says so."""
    width, height = entry.value.get("original_width"), entry.value.get("original_height")
    return (width, height) if is_number(width) and is_number(height) and width and height else None


def to_coco(entry: Entry, size: Size | None) -> JsonObject:
    """Return shape, box and area of a box or polygon in pixels; raises `NoShapeError`."""
    if size is None:
        raise NoShapeError("the size of the image is unknown")
    value = entry.value
    if "points" in value:
        return _polygon(pixels(value["points"], size))
    if not all(is_number(value.get(key)) for key in BOX_KEYS):
        raise NoShapeError("is neither a box nor a polygon, or its numbers are missing")
    rotation = value.get("rotation") or 0
    if not is_number(rotation):
        raise NoShapeError("the rotation is no number")
    area = rectangle_area(value, *size)
    if rotation % 360 == 0:
        box = [value[key] * size[axis] / 100 for axis, key in zip((0, 1, 0, 1), BOX_KEYS, strict=True)]
        return _annotation([], box, area)
    # A turned box keeps its shape as a polygon; the box around it is larger.
    corners = rotated_corners(value, *size)
    return _annotation([_flat(corners)], _around(corners), area)


def _polygon(corners: list[Point]) -> JsonObject:
    if len(corners) < 3:
        raise NoShapeError("a polygon needs three points")
    return _annotation([_flat(corners)], _around(corners), polygon_area(corners))


def key_points(entries: list[Entry], order: list[str], size: Size | None) -> JsonObject:
    """Return the points of one object, three numbers for each label in `order`; raises `NoShapeError`."""
    numbers = [0] * (3 * len(order))
    for entry in entries:
        label = category_of(entry)
        drawn_on = size_of(entry) or size
        if drawn_on is None:
            raise NoShapeError("the size of the image is unknown")
        ((x, y),) = pixels([[entry.value.get("x"), entry.value.get("y")]], drawn_on)
        if label not in order:
            raise NoShapeError(f"the label `{label}` is none of the config's key points")
        at = 3 * order.index(label)
        if numbers[at + 2]:
            raise NoShapeError(f"the point `{label}` was set twice; link points to their object to tell them apart")
        numbers[at : at + 3] = [round(x), round(y), 2]
    seen = [(float(x), float(y)) for x, y, mark in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True) if mark]
    box = [int(edge) for edge in _around(seen)]
    return {"keypoints": numbers, "num_keypoints": len(seen), "bbox": box, "iscrowd": 0}


def pixels(points: object, size: Size) -> list[Point]:
    if not isinstance(points, list):
        raise NoShapeError("its points are no list")
    if not all(isinstance(point, list) and len(point) == 2 and all(map(is_number, point)) for point in points):
        raise NoShapeError("a point is not two numbers")
    return points_to_pixels(points, *size)


def _annotation(segmentation: list[list[float]], box: list[float], area: float) -> JsonObject:
    return {"segmentation": segmentation, "bbox": box, "ignore": 0, "iscrowd": 0, "area": area}


def _around(points: list[Point]) -> list[float]:
    box = bounding_box(points)
    return [box.x, box.y, box.width, box.height]


def _flat(points: list[Point]) -> list[float]:
    return [number for point in points for number in point]


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
