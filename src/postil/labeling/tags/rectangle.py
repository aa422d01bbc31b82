"""Rectangle and RectangleLabels: boxes on images."""

from postil.labeling.spec import TagSpec, Value
from postil.labeling.tags.common import (
    CAN_ROTATE,
    LABEL_CHILDREN,
    LABEL_WORDS,
    LABELS,
    NAME,
    PERCENT,
    ROTATION,
    SMART,
    SNAP,
    shape_style,
    to_name,
)

DRAWING = {**shape_style(), "canRotate": CAN_ROTATE, "snap": SNAP, **SMART}
BOX: dict[str, Value] = {"x": PERCENT, "y": PERCENT, "width": PERCENT, "height": PERCENT, "rotation": ROTATION}

RECTANGLE = TagSpec(
    name="Rectangle",
    kind="shape",
    family="rectangle",
    doc="Draws boxes without labels of their own.",
    attrs={"name": NAME, "toName": to_name("Image"), **DRAWING},
    targets=("Image",),
    result_type="rectangle",
    units="percent",
    value=BOX,
)

RECTANGLE_LABELS = TagSpec(
    name="RectangleLabels",
    kind="labels",
    family="rectangle",
    doc="Draws labeled bounding boxes.",
    attrs={"name": NAME, "toName": to_name("Image"), **LABELS, **DRAWING},
    children=LABEL_CHILDREN,
    targets=("Image",),
    targets_enforced=True,
    result_type="rectanglelabels",
    units="percent",
    value={**BOX, "rectanglelabels": LABEL_WORDS},
)
