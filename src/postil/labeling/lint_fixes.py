"""Mends slips of the hand in a result: what `lint` counts and what can be put right without guessing."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from postil.labeling.lint import TOLERANCE, WHOLE, Region, by_label, is_empty, is_region, regions_of, shape_of

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
    """Keep the first of equal regions. A copy about which more is said than about the first one stays."""
    kept: dict[bytes, Region] = {}
    instead: dict[Any, Any] = {}
    gone: set[int] = set()
    uses = Counter(item["id"] for item in items if isinstance(item.get("id"), str))
    count = 0
    for region in regions_of(items):
        first = kept.setdefault(region.said[0], region)
        says_more = uses[items[region.places[0]].get("id")] > len(region.places)
        if first is not region and not says_more and set(region.said) <= set(first.said):
            instead[items[region.places[0]].get("id")] = items[first.places[0]].get("id")
            gone.update(region.places)
            count += 1
    if not count:
        return items, 0
    left = [_pointed_elsewhere(item, instead) for index, item in enumerate(items) if index not in gone]
    return [item for item in left if item.get("from_id") is None or item.get("from_id") != item.get("to_id")], count


def _pointed_elsewhere(item: Item, instead: dict[Any, Any]) -> Item:
    names = [name for name in ("parentID", "from_id", "to_id") if item.get(name) in instead]
    return {**item, **{name: instead[item[name]] for name in names}} if names else item


def _drop_empty(items: Result) -> tuple[Result, int]:
    """Drop regions without extent, with everything said about them."""
    empty = [region for region in regions_of(items) if is_empty(region)]
    return _without(items, empty), len(empty)


def _without(items: Result, regions: list[Region]) -> Result:
    """Return the items without these regions, without what was said about them, and without links to them."""
    places = {place for region in regions for place in region.places}
    gone = {items[place].get("id") for place in places} - {None}
    others = {item.get("id") for index, item in enumerate(items) if index not in places and is_region(item)}
    gone -= others

    def stays(index: int, item: Item) -> bool:
        return index not in places and not gone & {item.get("id"), item.get("from_id"), item.get("to_id")}

    return [item for index, item in enumerate(items) if stays(index, item)] if regions else items


def _trim_overlaps(items: Result) -> tuple[Result, int]:
    """Let each span begin where the one before it with the same labels ends; one that lies inside another goes.

    A span that has a label more than the one before it stays: cutting it would take from that label.
    """
    changed = list(items)
    gone: dict[tuple[int, ...], Region] = {}
    trimmed: set[tuple[int, ...]] = set()
    for group in by_label([region for region in regions_of(items) if region.span is not None and not is_empty(region)]):
        furthest = float("-inf")
        before: frozenset[str] = frozenset()
        spans = [(region.span, region) for region in group if region.span is not None]
        for span, region in sorted(spans, key=lambda one: (one[0].start, one[0].end)):
            labels = frozenset(region.labels)
            if span.end <= furthest and labels <= before:
                gone[region.places] = region
            elif span.start < furthest and labels <= before and region.places not in trimmed:
                later = _all_begun_later([items[place] for place in region.places], furthest - span.start)
                if later:
                    trimmed.add(region.places)
                    for place, item in zip(region.places, later, strict=True):
                        changed[place] = item
            if span.end > furthest:
                furthest, before = span.end, labels
    return _without(changed, list(gone.values())), len(gone) + len(trimmed - set(gone))


def _all_begun_later(items: Result, by: float) -> Result:
    """Return the items of a region without its first `by` letters or seconds; none where one of them does not fit."""
    later = [item for item in (_begun_later(item, by) for item in items) if item is not None]
    return later if len(later) == len(items) else []


def _begun_later(item: Item, by: float) -> Item | None:
    """Return the span without its first `by` letters or seconds; None where its text does not fit its place."""
    value = dict(item["value"])
    if value.get("start") != value.get("end") and "startOffset" in value:
        return None
    name = "startOffset" if "startOffset" in value else "start"
    ending = "endOffset" if name == "startOffset" else "end"
    if name not in value or ending not in value:
        return None
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
