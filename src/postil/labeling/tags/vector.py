"""Vector and VectorLabels: paths, curves and skeletons on images."""

from postil.labeling.spec import Attr, TagSpec, Value
from postil.labeling.tags.common import (
    LABEL_CHILDREN,
    LABEL_WORDS,
    LABELS,
    NAME,
    SMART,
    SNAP,
    UP_TO_100,
    point_style,
    shape_style,
    to_name,
)

PATH = {
    "closable": Attr("boolean", default=False, doc="Lets paths be closed."),
    "curves": Attr("boolean", default=False, doc="Lets points be Bezier points."),
    "skeleton": Attr("boolean", default=False, doc="Lets paths branch: new points grow from the active one."),
    "minPoints": Attr("integer", doc="Smallest number of points.", minimum=0),
    "maxPoints": Attr("integer", doc="Largest number of points.", minimum=0),
    "pointSizeEnabled": Attr("integer", 5, "Size of the points while selected."),
    "pointSizeDisabled": Attr("integer", 3, "Size of the points otherwise."),
}

HANDLE = Value("object", required=False, fields={"x": Value("number"), "y": Value("number")})
VERTICES = Value(
    "list",
    item=Value(
        "object",
        fields={
            "x": UP_TO_100,
            "y": UP_TO_100,
            "id": Value("string", required=False),
            "prevPointId": Value("any", required=False),
            "isBezier": Value("boolean", required=False),
            "controlPoint1": HANDLE,
            "controlPoint2": HANDLE,
            "disconnected": Value("boolean", required=False),
            "isBranching": Value("boolean", required=False),
        },
    ),
)
STROKE: dict[str, Value] = {"vertices": VERTICES, "closed": Value("boolean", required=False)}


def drawing(opacity: float) -> dict[str, Attr]:
    """Return the attributes of the drawing tool."""
    return {**shape_style(opacity=opacity, width=2), **point_style(), "snap": SNAP, **PATH, **SMART}


VECTOR = TagSpec(
    name="Vector",
    kind="shape",
    family="vector",
    doc="Draws paths without labels of their own.",
    attrs={"name": NAME, "toName": to_name("Image"), **drawing(0.2)},
    targets=("Image",),
    targets_enforced=True,
    result_type="vector",
    units="percent",
    value=STROKE,
)

VECTOR_LABELS = TagSpec(
    name="VectorLabels",
    kind="labels",
    family="vector",
    doc="Draws labeled paths.",
    attrs={"name": NAME, "toName": to_name("Image"), **LABELS, **drawing(1)},
    children=LABEL_CHILDREN,
    targets=("Image",),
    targets_enforced=True,
    result_type="vectorlabels",
    units="percent",
    value={**STROKE, "vectorlabels": LABEL_WORDS},
)
