"""Results in the shape that label configs ask for. Positions on pictures go in as pixels and come out in per cent."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from postil_ml.config import Control

Result = dict[str, Any]


def result(control: Control, value: dict[str, Any], *, score: float | None = None) -> Result:
    """Return a result with any value; `score` is how sure the model is, from 0 to 1."""
    made: Result = {
        "id": uuid4().hex[:10],
        "from_name": control.name,
        "to_name": control.to_name[0],
        "type": control.type,
        "value": value,
    }
    return made if score is None else {**made, "score": score}


def choices(control: Control, *chosen: str, score: float | None = None) -> Result:
    """Return chosen values of `Choices`."""
    return result(control, {"choices": list(chosen)}, score=score)


def span(control: Control, start: int, end: int, label: str, text: str, *, score: float | None = None) -> Result:
    """Return a labeled part of `Text`: `start` and `end` count its characters, `end` is the first one behind it."""
    return result(control, {"start": start, "end": end, "text": text[start:end], "labels": [label]}, score=score)


def box(
    control: Control,
    corner: tuple[float, float],
    extent: tuple[float, float],
    label: str,
    picture: tuple[int, int],
    *,
    score: float | None = None,
) -> Result:
    """Return a box of `RectangleLabels`: left upper corner, width and height, and the picture's size, all in pixels."""
    width, height = picture
    value = {
        "x": 100 * corner[0] / width,
        "y": 100 * corner[1] / height,
        "width": 100 * extent[0] / width,
        "height": 100 * extent[1] / height,
        "rotation": 0,
        control.type: [label],
    }
    made = result(control, value, score=score)
    return {**made, "original_width": width, "original_height": height, "image_rotation": 0}


def chosen_in(annotation: Mapping[str, Any], control: Control) -> list[str]:
    """Return what a person chose for a control of choices or labels; nothing if they skipped it."""
    if annotation.get("was_cancelled"):
        return []
    key = control.type
    return [
        value
        for entry in annotation.get("result") or []
        if entry.get("from_name") == control.name
        for value in entry.get("value", {}).get(key, [])
    ]
