"""What a result looks like in numbers: how many regions, how large, and what is probably a slip of the hand."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from postil.labeling.geometry import (
    Box,
    bounding_box,
    ellipse_bounding_box,
    points_to_pixels,
    polygon_area,
    rotated_corners,
)
from postil.labeling.results import used_labels

# A picture of the same size in both directions, where none is named: percent stay percent.
WHOLE = 100.0
# What drawing rounds away is not outside.
TOLERANCE = 0.05
# Comparing each with each has an end; results beyond have other problems.
MOST_COMPARED = 1_000
MOST_PIXELS = 1e9
# Digits of an offset that is written as text.
LONGEST_NUMBER = 18
REGION_KEYS = ("x", "points", "vertices", "start", "rle", "imageDataURL", "ranges", "sequence")
POINT_KEYS = {"x", "y", "width"}

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
    """Where a shape lies, in percent; `area` is None for what has none by its nature: points, open lines, videos."""

    box: Box
    area: float | None


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of text or time; only those with the same place can be compared."""

    place: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Region:
    """What was drawn once: the items with one id (its label, answers about it), by their places in the result."""

    target: str
    labels: tuple[str, ...]
    shape: _Shape | None
    span: _Span | None
    said: tuple[bytes, ...]
    places: tuple[int, ...]


def facts_of(result: object) -> Facts:
    """Return the numbers of a result; what cannot be read as a shape or a span is passed over."""
    items = [item for item in result if isinstance(item, dict)] if isinstance(result, list) else []
    regions = regions_of(items)
    shapes = [region.shape for region in regions if region.shape is not None]
    areas = [shape.area for shape in shapes if shape.area]
    return Facts(
        region_count=len(regions),
        smallest_area=min(areas, default=None),
        largest_area=max(areas, default=None),
        out_of_bounds_count=sum(map(_is_outside, shapes)),
        duplicate_region_count=len(regions) - len({region.said[0] for region in regions}),
        nested_region_count=_nested(regions),
        zero_length_count=sum(map(is_empty, regions)),
        overlapping_span_count=_overlapping(regions),
    )


def regions_of(items: Sequence[Item]) -> list[Region]:
    """Return the regions of a result. Answers about a region have its id and its place, and belong to it."""
    groups: dict[object, list[int]] = {}
    for index, item in enumerate(items):
        if is_region(item):
            name = item.get("id")
            groups.setdefault((name, _target(item)) if isinstance(name, str) and name else index, []).append(index)
    by_page = all(map(_has_page_offsets, items))
    return [_region([items[index] for index in places], tuple(places), by_page=by_page) for places in groups.values()]


def _region(items: list[Item], places: tuple[int, ...], *, by_page: bool) -> Region:
    # Labels have items of their own beside bare shapes; without them, the first item is the region.
    ordered = sorted(items, key=lambda item: not str(item.get("type")).endswith("labels"))
    shapes, spans = (shape_of(item) for item in ordered), (span_of(item, by_page=by_page) for item in ordered)
    return Region(
        target=_target(ordered[0]),
        labels=labels_of(ordered[0]),
        shape=next((shape for shape in shapes if shape is not None), None),
        span=next((span for span in spans if span is not None), None),
        said=tuple(map(identity, ordered)),
        places=places,
    )


def is_region(item: Item) -> bool:
    """Whether an item is a region and not an answer about the whole."""
    value = item.get("value")
    return isinstance(value, dict) and any(key in value for key in REGION_KEYS)


def is_empty(region: Region) -> bool:
    """Whether a region should have an extent and has none."""
    shape, span = region.shape, region.span
    has_no_area = shape is not None and shape.area is not None and shape.area <= 0
    return has_no_area or (span is not None and span.start >= span.end)


def identity(item: Item) -> bytes:
    """Return what makes two items the same, whatever their ids."""
    names = ("type", "from_name", "to_name", "item_index", "value", "meta")
    return orjson.dumps([item.get(name) for name in names], option=orjson.OPT_SORT_KEYS)


def shape_of(item: Item) -> _Shape | None:
    """Return where a shape lies, None for what is none."""
    value = item.get("value")
    if not isinstance(value, dict):
        return None
    width, height = (_side(item.get(name)) for name in ("original_width", "original_height"))
    try:
        found = _outline(value, width, height)
    except (KeyError, TypeError, ValueError, IndexError, OverflowError):
        return None
    if found is None:
        return None
    box, area = found
    in_percent = Box(
        box.x / width * 100, box.y / height * 100, box.width / width * 100, box.height / height * 100
    )  # fmt: skip
    return _Shape(in_percent, None if area is None else area / (width * height) * 100)


def _side(value: object) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and 0 < value < MOST_PIXELS else WHOLE  # type: ignore[operator,arg-type]  # is a number


def _outline(value: Mapping[str, Any], width: float, height: float) -> tuple[Box, float | None] | None:
    """Return box and area in pixels, None for what has no place; the area is None for what has none by its nature."""
    if "radiusX" in value:
        box = ellipse_bounding_box(value, width, height)
        return box, value["radiusX"] * width / 100 * value["radiusY"] * height / 100 * 3.141592653589793
    if "points" in value:
        points = points_to_pixels(value["points"], width, height)
        return (bounding_box(points), polygon_area(points) if len(points) > 2 else 0.0) if points else None
    if "sequence" in value:
        frames = [frame for frame in value["sequence"] if frame.get("enabled", True)]
        return _whole([corner for frame in frames for corner in rotated_corners(frame, width, height)])
    if "vertices" in value:
        return _whole(points_to_pixels([(one["x"], one["y"]) for one in value["vertices"]], width, height))
    if all(key in value for key in ("x", "y", "width", "height")):
        area = value["width"] * value["height"] / WHOLE / WHOLE * width * height
        return bounding_box(rotated_corners(value, width, height)), float(area)
    if "keypointlabels" in value or set(value) <= POINT_KEYS:
        return _whole(points_to_pixels([(value["x"], value["y"])], width, height))
    return None


def _whole(points: Sequence[Sequence[float]]) -> tuple[Box, None] | None:
    return (bounding_box(points), None) if points else None


def span_of(item: Item, *, by_page: bool = False) -> _Span | None:
    """Return where a span begins and ends, None for what is none.

    Offsets count from the paragraph or element that a span begins or ends in, so those of two cannot be compared;
    `by_page` takes the offsets in the whole page instead.
    """
    value = item.get("value")
    if not isinstance(value, dict):
        return None
    start, end, place = value.get("start"), value.get("end"), ""
    if "startOffset" in value:
        on_page = value.get("globalOffsets")
        if isinstance(on_page, dict) and (by_page or start != end):
            start, end, place = on_page.get("start"), on_page.get("end"), "page"
        elif start == end:
            start, end, place = value["startOffset"], value.get("endOffset"), str(start)
        else:
            return None
    elif isinstance(value.get("ranges"), list) and len(value["ranges"]) == 1 and isinstance(value["ranges"][0], dict):
        # The last frame of a range belongs to it.
        start, end = value["ranges"][0].get("start"), value["ranges"][0].get("end")
        end = end + 1 if isinstance(end, int | float) else end
    if isinstance(start, str) and isinstance(end, str) and start.isdecimal() and end.isdecimal():
        start, end = int(start[:LONGEST_NUMBER]), int(end[:LONGEST_NUMBER])
    if not isinstance(start, int | float) or not isinstance(end, int | float):
        return None
    return _Span(f"{value.get('channel', '')} {place}", start, end)


def _has_page_offsets(item: Item) -> bool:
    """Whether an item says where on the page it lies, or has no need to."""
    value = item.get("value")
    return not isinstance(value, dict) or "startOffset" not in value or isinstance(value.get("globalOffsets"), dict)


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


def _nested(regions: list[Region]) -> int:
    """Count shapes whose box lies inside the box of a larger one that shares a label with them."""
    found: set[tuple[int, ...]] = set()
    drawn = [region for region in regions if region.shape is not None and region.shape.area is not None]
    for group in by_label(drawn):
        boxes = [(region.shape.box, region.places) for region in group if region.shape is not None]
        ordered = sorted(boxes, key=lambda one: -one[0].width * one[0].height)[:MOST_COMPARED]
        for index, (inner, places) in enumerate(ordered):
            if any(_holds(outer, inner) for outer, _ in ordered[:index]):
                found.add(places)
    return len(found)


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer != inner
        and outer.x <= inner.x
        and outer.y <= inner.y
        and outer.x + outer.width >= inner.x + inner.width
        and outer.y + outer.height >= inner.y + inner.height
    )


def _overlapping(regions: list[Region]) -> int:
    """Count spans that begin before an earlier one that shares a label with them has ended."""
    found: set[tuple[int, ...]] = set()
    for group in by_label([region for region in regions if region.span is not None and not is_empty(region)]):
        furthest = float("-inf")
        spans = [(region.span, region.places) for region in group if region.span is not None]
        for span, places in sorted(spans, key=lambda one: (one[0].start, one[0].end)):
            if span.start < furthest:
                found.add(places)
            furthest = max(furthest, span.end)
    return len(found)


def by_label(regions: Sequence[Region]) -> Iterator[list[Region]]:
    """Yield the regions of each label on the same thing; those without a label are together."""
    groups: defaultdict[tuple[str, str, str | None], list[Region]] = defaultdict(list)
    for region in regions:
        place = region.span.place if region.span is not None else ""
        for label in region.labels or (None,):
            groups[region.target, place, label].append(region)
    yield from groups.values()
