"""Example answers: one for each control, fitting its config."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from postil.labeling.config import Control, LabelConfig
from postil.labeling.geometry import encode_rle
from postil.labeling.sample_media import mask

JSONObject = dict[str, Any]
WIDTH, HEIGHT = 640, 400


def sample_result(config: LabelConfig, data: Mapping[str, Any]) -> list[JSONObject]:
    """Return a result list with an answer to each control that can be answered without opening the data."""
    items = []
    for control in config.controls.values():
        if control.placeholders or control.is_per_region or not control.to_name:
            continue
        target = config.find_object(control.to_name[0])
        value = _value(config, control, target.tag if target else "", data)
        if value is None:
            continue
        item: JSONObject = {
            "id": hashlib.sha256(control.name.encode()).hexdigest()[:10],
            "from_name": control.name,
            "to_name": control.name if control.tag == "Pairwise" else control.to_name[0],
            "type": control.type,
            "value": value,
        }
        if target is not None and target.tag == "Image" and control.is_region:
            item |= {"original_width": WIDTH, "original_height": HEIGHT, "image_rotation": 0}
        if control.is_per_item or (target is not None and target.node.get("valueList") and control.is_region):
            item["item_index"] = 0
        items.append(item)
        items += _partner_items(config, control, item)
    return items


def _partner_items(config: LabelConfig, control: Control, item: JSONObject) -> list[JSONObject]:
    """Return the label of a shape without labels of its own: in the item for videos, else as a second item."""
    if control.node.spec is None or control.node.spec.kind != "shape":
        return []
    partners = (c for c in config.controls.values() if c.tag == "Labels" and set(c.to_name) & set(control.to_name))
    partner = next((c for c in partners if c.labels), None)
    if partner is None:
        return []
    words = [next(iter(partner.labels))]
    if "labels" in control.node.spec.value:
        item["value"]["labels"] = words
        return []
    return [item | {"from_name": partner.name, "type": "labels", "value": {**item["value"], "labels": words}}]


def _value(config: LabelConfig, control: Control, target: str, data: Mapping[str, Any]) -> JSONObject | None:
    if control.tag == "Labels":
        span = _SPANS.get(target)
        word = next(iter(control.labels), None)
        return {**span, "labels": [word]} if span and word else None  # elsewhere a shape tag carries the region
    make = _ANSWERS.get(control.tag)
    if make is not None:
        return make(control)
    if control.tag == "Ranker":
        return _ranking(config, control, data)
    family = control.node.spec.family if control.node.spec else ""
    shape = _SHAPES.get(control.tag) or _SHAPES.get(family)
    if shape is None or (control.node.spec and control.node.spec.kind == "labels" and not control.labels):
        return None
    value = shape()
    key = control.node.spec.label_key if control.node.spec else None
    if key and control.labels:
        value[key] = [next(iter(control.labels))]
    return value


def _first_path(control: Control) -> list[str]:
    """Return the path from the top to the first leaf."""
    path = []
    children = [child for child in control.node.children if child.tag == "Choice"]
    while children:
        path.append(children[0].get("alias") or children[0].get("value"))
        children = [child for child in children[0].children if child.tag == "Choice"]
    return path


def _choice(control: Control) -> JSONObject | None:
    path = _first_path(control) if control.node.flag("allowNested") else list(control.labels)[:1]
    if not path:
        return None
    return {"choices": [path] if control.node.flag("allowNested") else path}


def _taxonomy(control: Control) -> JSONObject | None:
    path = _first_path(control)
    return {"taxonomy": [path]} if path and not control.node.flag("labeling") else None


def _rating(control: Control) -> JSONObject:
    text = control.node.get("maxRating")
    return {"rating": min(4, int(text)) if text.isascii() and text.isdigit() else 4}


def _number(control: Control) -> JSONObject:
    try:
        lowest = float(control.node.get("min") or 0)
    except ValueError:
        lowest = 0.0
    return {"number": int(lowest) if lowest == int(lowest) else lowest}


def _moment(control: Control) -> JSONObject:
    only = control.node.get("only")
    if only == "time":
        return {"datetime": "09:30"}
    default = "%Y-%m-%d" if only and "time" not in only else "%Y-%m-%dT%H:%M"
    return {"datetime": datetime(2024, 2, 9, 9, 30, tzinfo=UTC).strftime(control.node.get("format") or default)}


def _ranking(config: LabelConfig, control: Control, data: Mapping[str, Any]) -> JSONObject | None:
    target = config.find_object(control.to_name[0])
    items = data.get(target.path) if target is not None and target.path else None
    if not isinstance(items, list):
        return None
    ids = [str(item["id"]) for item in items if isinstance(item, dict) and "id" in item]
    buckets = [child for child in control.node.children if child.tag == "Bucket"]
    if not buckets:
        return {"ranker": {control.name: ids}}
    ranker: dict[str, list[str]] = {bucket.get("name"): [] for bucket in buckets}
    ranker[buckets[0].get("name")] = ids
    return {"ranker": ranker}


def _mask() -> JSONObject:
    rows = [bytes(200) + b"\xff" * 150 + bytes(WIDTH - 350) if 150 <= y < 250 else bytes(WIDTH) for y in range(HEIGHT)]
    return {"format": "rle", "rle": encode_rle(b"".join(rows))}


def _path() -> JSONObject:
    vertices = [
        {"id": f"sample{n}", "x": x, "y": y, "isBezier": False, **({"prevPointId": f"sample{n - 1}"} if n else {})}
        for n, (x, y) in enumerate(((30, 60), (45, 40), (60, 60)))
    ]
    return {"vertices": vertices, "closed": False}


def _track() -> JSONObject:
    box = {"x": 30, "y": 30, "width": 25, "height": 25, "rotation": 0, "enabled": True}
    return {
        "framesCount": 10,
        "duration": 2,
        "sequence": [{"frame": 1, "time": 0.2, **box}, {"frame": 8, "time": 1.6, **box, "x": 45}],
    }


_HTML_SPAN: JSONObject = {
    "start": "/h3[1]/text()[1]",
    "startOffset": 0,
    "end": "/h3[1]/text()[1]",
    "endOffset": 6,
    "globalOffsets": {"start": 0, "end": 6},
    "text": "Sample",
}
_SPANS: Mapping[str, JSONObject] = {
    "HyperText": _HTML_SPAN,
    "Audio": {"start": 0.2, "end": 0.6, "channel": 0},
    "Text": {"start": 8, "end": 12, "text": "Your"},
}
_ANSWERS: Mapping[str, Callable[[Control], JSONObject | None]] = {
    "Choices": _choice,
    "DateTime": _moment,
    "Number": _number,
    "Pairwise": lambda _: {"selected": "left"},
    "Rating": _rating,
    "Taxonomy": _taxonomy,
    "TextArea": lambda _: {"text": ["Sample answer"]},
}
_SHAPES: Mapping[str, Callable[[], JSONObject]] = {
    "HyperTextLabels": lambda: dict(_HTML_SPAN),
    "ParagraphLabels": lambda: {"start": "0", "end": "0", "startOffset": 0, "endOffset": 2, "text": "Hi"},
    "TimelineLabels": lambda: {"ranges": [{"start": 2, "end": 6}]},
    "VideoRectangle": _track,
    "bitmask": lambda: {"imageDataURL": mask(WIDTH, HEIGHT)},
    "brush": _mask,
    "ellipse": lambda: {"x": 84.4, "y": 20, "radiusX": 6.3, "radiusY": 10, "rotation": 0},
    "keypoint": lambda: {"x": 47, "y": 41, "width": 0.5},
    "OcrLabels": lambda: {"x": 0.12, "y": 0.08, "width": 0.4, "height": 0.05, "rotation": 0, "pageIndex": 1},
    "polygon": lambda: {"points": [[33.6, 58.8], [46.9, 41.3], [60.2, 58.8]], "closed": True},
    "rectangle": lambda: {"x": 36, "y": 57.5, "width": 21.9, "height": 27.5, "rotation": 0},
    "timeseries": lambda: {"start": 20, "end": 40, "instant": False},
    "vector": _path,
}
