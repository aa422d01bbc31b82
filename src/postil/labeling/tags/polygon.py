"""Polygon and PolygonLabels: outlines on images."""

from postil.labeling.spec import TagSpec, Value
from postil.labeling.tags.common import (
    LABEL_CHILDREN,
    LABEL_WORDS,
    LABELS,
    NAME,
    SMART,
    SNAP,
    point_style,
    shape_style,
    to_name,
)

DRAWING = {**shape_style(width=2), **point_style(), "snap": SNAP, **SMART}
OUTLINE: dict[str, Value] = {
    "points": Value("points", maximum=100),
    "closed": Value("boolean", required=False),
}

POLYGON = TagSpec(
    name="Polygon",
    kind="shape",
    family="polygon",
    doc="Draws polygons without labels of their own.",
    attrs={"name": NAME, "toName": to_name("Image"), **DRAWING},
    targets=("Image",),
    targets_enforced=True,
    result_type="polygon",
    units="percent",
    value=OUTLINE,
)

POLYGON_LABELS = TagSpec(
    name="PolygonLabels",
    kind="labels",
    family="polygon",
    doc="Draws labeled polygons.",
    attrs={"name": NAME, "toName": to_name("Image"), **LABELS, **DRAWING},
    children=LABEL_CHILDREN,
    targets=("Image",),
    targets_enforced=True,
    result_type="polygonlabels",
    units="percent",
    value={**OUTLINE, "polygonlabels": LABEL_WORDS},
)
