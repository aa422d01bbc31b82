"""What a result looks like in numbers: how many regions, how large, and what is probably a slip of the hand."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from postil.labeling.geometry import Box, bounding_box, ellipse_bounding_box, polygon_area, rotated_corners
from postil.labeling.results import used_labels

# A picture of the same size in both directions, where none is named: percent stay percent.
WHOLE = 100.0
# What drawing rounds away is not outside.
TOLERANCE = 0.05
# Comparing each with each has an end; results beyond have other problems.
MOST_COMPARED = 1_000

Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """The numbers of one result. Areas are percent of the picture; None where nothing has one."""

    region_count: int = 0
    smallest_area: float | None = None
    largest_area: float | None = None
    out_of_bounds_count: int = 0
    duplicate_region_count: int = 0
    nested_region_count: int = 0
    zero_length_count: int = 0
    overlapping_span_count: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return the numbers by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Shape:
    target: str
    labels: tuple[str, ...]
    box: Box
    area: float


@dataclass(frozen=True, slots=True)
class _Span:
    target: str
    labels: tuple[str, ...]
    start: float
    end: float


def facts_of(result: object) -> Facts:
    """Return the numbers of a result; what cannot be read as a shape or a span is passed over."""
    items = [item for item in result if isinstance(item, dict)] if isinstance(result, list) else []
    shapes = [shape for shape in map(shape_of, items) if shape is not None]
    spans = [span for span in map(span_of, items) if span is not None]
    areas = [shape.area for shape in shapes if shape.area > 0]
    regions = [item for item in items if is_region(item)]
    return Facts(
        region_count=len(regions),
        smallest_area=min(areas, default=None),
        largest_area=max(areas, default=None),
        out_of_bounds_count=sum(map(_is_outside, shapes)),
        duplicate_region_count=len(regions) - len({identity(item) for item in regions}),
        nested_region_count=_nested(shapes),
        zero_length_count=sum(span.start >= span.end for span in spans) + sum(shape.area <= 0 for shape in shapes),
        overlapping_span_count=_overlapping(spans),
    )


def is_region(item: Item) -> bool:
    """Whether an item is a region and not an answer about the whole."""
    value = item.get("value")
    return isinstance(value, dict) and any(
        key in value for key in ("x", "points", "vertices", "start", "rle", "ranges")
    )


def identity(item: Item) -> bytes:
    """Return what makes two items the same, whatever their ids."""
    parts = [item.get("type"), item.get("from_name"), item.get("to_name"), item.get("item_index"), item.get("value")]
    return orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)


def shape_of(item: Item) -> _Shape | None:
    """Return where a shape lies, None for what is none."""
    value = item.get("value")
    if not isinstance(value, dict):
        return None
    width, height = (_side(item.get(name)) for name in ("original_width", "original_height"))
    try:
        found = _outline(value, width, height)
    except (KeyError, TypeError, ValueError, IndexError):
        return None
    if found is None:
        return None
    box, area = found
    whole = width * height
    in_percent = Box(
        box.x / width * 100, box.y / height * 100, box.width / width * 100, box.height / height * 100
    )  # fmt: skip
    return _Shape(_target(item), labels_of(item), in_percent, area / whole * 100)


def _side(value: object) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and value > 0 else WHOLE  # type: ignore[operator,arg-type]  # is a number


def _outline(value: Mapping[str, Any], width: float, height: float) -> tuple[Box, float] | None:
    """Return box and area in pixels, None for what has no extent of its own."""
    if "radiusX" in value:
        box = ellipse_bounding_box(value, width, height)
        return box, value["radiusX"] * width / 100 * value["radiusY"] * height / 100 * 3.141592653589793
    if "points" in value:
        points = [(point[0] * width / 100, point[1] * height / 100) for point in value["points"]]
        return (bounding_box(points), polygon_area(points)) if len(points) > 2 else None
    if all(key in value for key in ("x", "y", "width", "height")) and "sequence" not in value:
        area = value["width"] * value["height"] / WHOLE / WHOLE * width * height
        return bounding_box(rotated_corners(value, width, height)), float(area)
    return None


def span_of(item: Item) -> _Span | None:
    """Return where a span begins and ends, None for what is none."""
    value = item.get("value")
    if not isinstance(value, dict):
        return None
    start, end = value.get("startOffset", value.get("start")), value.get("endOffset", value.get("end"))
    place = ""
    if "startOffset" in value:
        place = f"{value.get('start')}|{value.get('end')}"
    if isinstance(start, str) and isinstance(end, str) and start.isdecimal() and end.isdecimal():
        start, end = int(start), int(end)
    if not isinstance(start, int | float) or not isinstance(end, int | float):
        return None
    return _Span(f"{_target(item)} {value.get('channel', '')} {place}", labels_of(item), float(start), float(end))


def _target(item: Item) -> str:
    return f"{item.get('to_name')} {item.get('item_index', 0)}"


def labels_of(item: Item) -> tuple[str, ...]:
    """Return the labels of an item, sorted."""
    return tuple(sorted(word for _control, word in used_labels([item])))


def _is_outside(shape: _Shape) -> bool:
    box = shape.box
    return (
        min(box.x, box.y) < -TOLERANCE
        or box.x + box.width > WHOLE + TOLERANCE
        or box.y + box.height > WHOLE + TOLERANCE
    )


def _nested(shapes: list[_Shape]) -> int:
    """Count shapes whose box lies inside the box of a larger one with the same labels."""
    count = 0
    for group in _by_labels(shapes):
        ordered = sorted(group, key=lambda shape: -shape.box.width * shape.box.height)[:MOST_COMPARED]
        for index, inner in enumerate(ordered):
            count += any(_holds(outer.box, inner.box) for outer in ordered[:index])
    return count


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer != inner
        and outer.x <= inner.x
        and outer.y <= inner.y
        and outer.x + outer.width >= inner.x + inner.width
        and outer.y + outer.height >= inner.y + inner.height
    )


def _overlapping(spans: list[_Span]) -> int:
    """Count spans that begin before an earlier one with the same labels has ended."""
    count = 0
    for group in _by_labels(spans):
        furthest = float("-inf")
        for span in sorted(group, key=lambda one: (one.start, one.end)):
            count += span.start < furthest
            furthest = max(furthest, span.end)
    return count


def _by_labels(parts: list[Any]) -> Iterator[list[Any]]:
    groups: defaultdict[tuple[str, tuple[str, ...]], list[Any]] = defaultdict(list)
    for part in parts:
        groups[part.target, part.labels].append(part)
    yield from groups.values()
