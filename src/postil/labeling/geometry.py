"""Shapes in numbers: corners, boxes, areas, masks. Shared by exports and metrics.

Stored shapes are percent of the picture, y downwards; results here are pixels unless a name says percent.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from postil.labeling.rle import MAX_PIXELS, RleError, decode_rle, decode_values, encode_rle, encode_values, pixel_count

__all__ = [
    "MAX_PIXELS", "Box", "Point", "RleError", "bounding_box", "decode_rle", "decode_values", "ellipse_area",
    "ellipse_bounding_box", "ellipse_points", "encode_rle", "encode_values", "mask_area", "mask_bounding_box",
    "pixel_count", "points_to_pixels", "polygon_area", "rectangle_area", "rotated_corners",
]  # fmt: skip

Point: TypeAlias = tuple[float, float]


class Box(NamedTuple):
    """An upright box: top-left corner and size."""

    x: float
    y: float
    width: float
    height: float


def rotated_corners(value: Mapping[str, Any], width: float, height: float) -> list[Point]:
    """Return the four corners of a stored rectangle in pixels, clockwise from its own top-left.

    `rotation` turns clockwise about the top-left corner, in pixels, not in percent.
    """
    left, top = value["x"] * width / 100, value["y"] * height / 100
    across, down = value["width"] * width / 100, value["height"] * height / 100
    angle = math.radians(value.get("rotation") or 0)
    cos, sin = math.cos(angle), math.sin(angle)
    return [
        (left + dx * cos - dy * sin, top + dx * sin + dy * cos)
        for dx, dy in ((0, 0), (across, 0), (across, down), (0, down))
    ]


def rectangle_area(value: Mapping[str, Any], width: float, height: float) -> float:
    """Return the area of a stored rectangle in square pixels; turning does not change it."""
    return float(value["width"] * width / 100 * value["height"] * height / 100)


def points_to_pixels(points: Sequence[Sequence[float]], width: float, height: float) -> list[Point]:
    """Return stored points in pixels."""
    return [(point[0] * width / 100, point[1] * height / 100) for point in points]


def bounding_box(points: Sequence[Sequence[float]]) -> Box:
    """Return the smallest upright box around points; an empty box for no points."""
    if not points:
        return Box(0.0, 0.0, 0.0, 0.0)
    left, top = min(point[0] for point in points), min(point[1] for point in points)
    return Box(left, top, max(point[0] for point in points) - left, max(point[1] for point in points) - top)


def polygon_area(points: Sequence[Sequence[float]]) -> float:
    """Return the area inside a closed outline, whichever way it turns."""
    total = 0.0
    for index, point in enumerate(points):
        before = points[index - 1]
        total += before[0] * point[1] - point[0] * before[1]
    return abs(total) / 2


def ellipse_area(value: Mapping[str, Any], width: float, height: float) -> float:
    """Return the area of a stored ellipse in square pixels."""
    return math.pi * float(value["radiusX"] * width / 100 * value["radiusY"] * height / 100)


def ellipse_bounding_box(value: Mapping[str, Any], width: float, height: float) -> Box:
    """Return the smallest upright box around a stored ellipse in pixels. `x`, `y` are its center."""
    across, down = value["radiusX"] * width / 100, value["radiusY"] * height / 100
    angle = math.radians(value.get("rotation") or 0)
    half_width = math.hypot(across * math.cos(angle), down * math.sin(angle))
    half_height = math.hypot(across * math.sin(angle), down * math.cos(angle))
    x, y = value["x"] * width / 100, value["y"] * height / 100
    return Box(x - half_width, y - half_height, 2 * half_width, 2 * half_height)


def ellipse_points(value: Mapping[str, Any], width: float, height: float, *, count: int = 64) -> list[Point]:
    """Return `count` points on a stored ellipse in pixels, for formats that know polygons only."""
    across, down = value["radiusX"] * width / 100, value["radiusY"] * height / 100
    x, y = value["x"] * width / 100, value["y"] * height / 100
    angle = math.radians(value.get("rotation") or 0)
    cos, sin = math.cos(angle), math.sin(angle)
    points = []
    for index in range(count):
        turn = 2 * math.pi * index / count
        dx, dy = across * math.cos(turn), down * math.sin(turn)
        points.append((x + dx * cos - dy * sin, y + dx * sin + dy * cos))
    return points


def mask_area(mask: bytes) -> int:
    """Return how many pixels of a mask are painted."""
    return len(mask) - mask.count(0)


def mask_bounding_box(mask: bytes, width: int) -> Box | None:
    """Return the smallest box around the painted pixels of a mask, or `None` if it is empty."""
    if width <= 0 or len(mask) % width:
        raise ValueError(f"A mask of {len(mask)} pixels has no rows of {width}.")
    left, right = width, -1
    top, bottom = -1, -1
    for row, start in enumerate(range(0, len(mask), width)):
        line = mask[start : start + width]
        before = width - len(line.lstrip(b"\0"))
        if before == width:
            continue
        top = row if top < 0 else top
        bottom = row
        left = min(left, before)
        right = max(right, len(line.rstrip(b"\0")) - 1)
    if bottom < 0:
        return None
    return Box(left, top, right - left + 1, bottom - top + 1)
