"""Mends slips of the hand in a result: what `lint` counts and what can be put right without guessing."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from postil.labeling.lint import TOLERANCE, WHOLE, identity, is_region, labels_of, shape_of, span_of

Item = dict[str, Any]
Result = list[Item]


def fix_slips(result: object, kinds: Sequence[str]) -> tuple[Result, int]:
    """Return the result with slips of these kinds mended, and how many there were; the rest stays as it is."""
    items = [item for item in result if isinstance(item, dict)] if isinstance(result, list) else []
    if not isinstance(result, list) or len(items) != len(result):
        return result if isinstance(result, list) else [], 0
    count = 0
    for kind, mend in KINDS.items():
        if kind in kinds:
            items, mended = mend(items)
            count += mended
    return items, count


def _clamp(items: Result) -> tuple[Result, int]:
    """Cut upright boxes and polygons off at the edges of the picture; turned boxes and ellipses stay."""
    changed = [(_clamped_box(item) or _clamped_points(item)) if shape_of(item) else None for item in items]
    return [new or old for new, old in zip(changed, items, strict=True)], sum(new is not None for new in changed)


def _clamped_box(item: Item) -> Item | None:
    value = item["value"]
    if not all(key in value for key in ("x", "y", "width", "height")) or value.get("rotation"):
        return None
    x, y = max(value["x"], 0), max(value["y"], 0)
    width = min(value["x"] + value["width"], WHOLE) - x
    height = min(value["y"] + value["height"], WHOLE) - y
    moved = max(x - value["x"], y - value["y"], value["width"] - width, value["height"] - height)
    # What lies outside altogether cannot be cut off.
    if moved <= TOLERANCE or width <= 0 or height <= 0:
        return None
    return {**item, "value": {**value, "x": x, "y": y, "width": width, "height": height}}


def _clamped_points(item: Item) -> Item | None:
    value = item["value"]
    points = value.get("points")
    if not isinstance(points, list):
        return None
    kept = [[min(max(part, 0), WHOLE) for part in point] for point in points]
    moved = max(abs(a - b) for old, new in zip(points, kept, strict=True) for a, b in zip(old, new, strict=True))
    flat = any(len({point[axis] for point in kept}) == 1 for axis in (0, 1))
    return None if moved <= TOLERANCE or flat else {**item, "value": {**value, "points": kept}}


def _drop_duplicates(items: Result) -> tuple[Result, int]:
    """Keep the first of equal regions. A copy that says more than its region (other items with its id) stays."""
    uses: defaultdict[Any, int] = defaultdict(int)
    for item in items:
        uses[item.get("id")] += 1
    kept_by_identity: dict[bytes, Any] = {}
    instead: dict[Any, Any] = {}
    kept: Result = []
    for item in items:
        key = identity(item) if is_region(item) else None
        if key is not None and key in kept_by_identity and uses[item.get("id")] == 1:
            instead[item.get("id")] = kept_by_identity[key]
            continue
        if key is not None:
            kept_by_identity.setdefault(key, item.get("id"))
        kept.append(item)
    count = len(items) - len(kept)
    return [_pointed_elsewhere(item, instead) for item in kept] if instead else kept, count


def _pointed_elsewhere(item: Item, instead: dict[Any, Any]) -> Item:
    names = [name for name in ("parentID", "from_id", "to_id") if item.get(name) in instead]
    return {**item, **{name: instead[item[name]] for name in names}} if names else item


def _drop_empty(items: Result) -> tuple[Result, int]:
    """Drop regions without extent, with everything said about them."""
    gone: set[Any] = set()
    count = 0
    for item in items:
        shape, span = shape_of(item), span_of(item)
        if (shape is not None and shape.area <= 0) or (span is not None and span.start >= span.end):
            gone.add(item.get("id"))
            count += 1
    return _without(items, gone), count


def _without(items: Result, gone: set[Any]) -> Result:
    def stays(item: Item) -> bool:
        return item.get("id") not in gone and not gone & {item.get("from_id"), item.get("to_id")} - {None}

    return [item for item in items if stays(item)] if gone else items


@dataclass(slots=True)
class _Place:
    index: int
    start: float
    end: float


def _trim_overlaps(items: Result) -> tuple[Result, int]:
    """Let each span begin where the one before it with the same labels ends; one that lies inside another goes."""
    groups: defaultdict[tuple[str, tuple[str, ...]], list[_Place]] = defaultdict(list)
    for index, item in enumerate(items):
        span = span_of(item)
        if span is not None and span.start < span.end:
            groups[span.target, labels_of(item)].append(_Place(index, span.start, span.end))
    changed = list(items)
    gone: set[Any] = set()
    count = 0
    for places in groups.values():
        furthest = float("-inf")
        for place in sorted(places, key=lambda one: (one.start, one.end)):
            if place.end <= furthest:
                gone.add(items[place.index].get("id"))
                count += 1
            elif place.start < furthest:
                trimmed = _begun_later(items[place.index], furthest - place.start)
                if trimmed is not None:
                    changed[place.index] = trimmed
                    count += 1
            furthest = max(furthest, place.end)
    return _without(changed, gone), count


def _begun_later(item: Item, by: float) -> Item | None:
    """Return the span without its first `by` letters or seconds; None where its text does not fit its place."""
    value = dict(item["value"])
    name = "startOffset" if "startOffset" in value else "start"
    ending = "endOffset" if name == "startOffset" else "end"
    is_text = isinstance(value[name], str)
    begin, end = (float(value[name]), float(value[ending])) if is_text else (value[name], value[ending])
    if isinstance(value.get("text"), str):
        if len(value["text"]) != end - begin:
            return None
        value["text"] = value["text"][int(by) :]
    later = begin + (by if isinstance(begin, float) and not is_text else int(by))
    value[name] = str(int(later)) if is_text else later
    if isinstance(value.get("globalOffsets"), dict):
        value["globalOffsets"] = {**value["globalOffsets"], "start": value["globalOffsets"].get("start", 0) + int(by)}
    return {**item, "value": value}


KINDS: dict[str, Callable[[Result], tuple[Result, int]]] = {
    "out_of_bounds": _clamp,
    "duplicates": _drop_duplicates,
    "zero_length": _drop_empty,
    "overlapping_spans": _trim_overlaps,
}
