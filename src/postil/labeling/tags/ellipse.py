"""Ellipse and EllipseLabels: ellipses on images."""

from postil.labeling.spec import TagSpec, Value
from postil.labeling.tags.common import (
    CAN_ROTATE,
    LABEL_CHILDREN,
    LABEL_WORDS,
    LABELS,
    NAME,
    ROTATION,
    SMART,
    UP_TO_100,
    shape_style,
    to_name,
)

DRAWING = {**shape_style(), "canRotate": CAN_ROTATE, **SMART}
RADIUS = Value("number", maximum=50)
OVAL: dict[str, Value] = {
    "x": UP_TO_100,  # the center, not a corner
    "y": UP_TO_100,
    "radiusX": RADIUS,
    "radiusY": RADIUS,
    "rotation": ROTATION,
}

ELLIPSE = TagSpec(
    name="Ellipse",
    kind="shape",
    family="ellipse",
    doc="Draws ellipses without labels of their own.",
    attrs={"name": NAME, "toName": to_name("Image"), **DRAWING},
    targets=("Image",),
    result_type="ellipse",
    units="percent",
    value=OVAL,
)

ELLIPSE_LABELS = TagSpec(
    name="EllipseLabels",
    kind="labels",
    family="ellipse",
    doc="Draws labeled ellipses.",
    attrs={"name": NAME, "toName": to_name("Image"), **LABELS, **DRAWING},
    children=LABEL_CHILDREN,
    targets=("Image",),
    result_type="ellipselabels",
    units="percent",
    value={**OVAL, "ellipselabels": LABEL_WORDS},
)
