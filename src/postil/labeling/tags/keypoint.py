"""KeyPoint and KeyPointLabels: points on images."""

from postil.labeling.spec import Attr, TagSpec, Value
from postil.labeling.tags.common import (
    LABEL_CHILDREN,
    LABEL_WORDS,
    LABELS,
    NAME,
    SMART,
    SNAP,
    UP_TO_100,
    fraction,
    to_name,
)

DRAWING = {
    "opacity": fraction(0.9, "Opacity of the point."),
    "fillColor": Attr("color", "#8bad00", "Fill color where the label has none."),
    "strokeColor": Attr("color", "#8bad00", "Color of the outline where the label has none."),
    "strokeWidth": Attr("integer", 2, "Size of a new point in screen pixels.", minimum=0),
    "snap": SNAP,
    **SMART,
}
POINT: dict[str, Value] = {"x": UP_TO_100, "y": UP_TO_100, "width": Value("number", required=False, maximum=100)}

KEY_POINT = TagSpec(
    name="KeyPoint",
    kind="shape",
    family="keypoint",
    doc="Sets points without labels of their own.",
    attrs={"name": NAME, "toName": to_name("Image"), **DRAWING},
    targets=("Image",),
    result_type="keypoint",
    units="percent",
    value=POINT,
)

KEY_POINT_LABELS = TagSpec(
    name="KeyPointLabels",
    kind="labels",
    family="keypoint",
    doc="Sets labeled points.",
    attrs={"name": NAME, "toName": to_name("Image"), **LABELS, **DRAWING},
    children=LABEL_CHILDREN,
    targets=("Image",),
    targets_enforced=True,
    result_type="keypointlabels",
    units="percent",
    value={**POINT, "keypointlabels": LABEL_WORDS},
)
