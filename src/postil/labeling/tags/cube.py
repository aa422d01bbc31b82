"""Cube and CubeLabels: boxes in perspective. Their results are kept as they are."""

from postil.labeling.spec import TagSpec
from postil.labeling.tags.common import (
    CAN_ROTATE,
    LABEL_CHILDREN,
    LABELS,
    NAME,
    OPTIONAL_LABEL_WORDS,
    SMART,
    shape_style,
    to_name,
)

CUBE = TagSpec(
    name="Cube",
    kind="shape",
    family="cube",
    doc="Draws boxes in perspective without labels of their own.",
    edition="enterprise",
    attrs={
        "name": NAME,
        "toName": to_name("Image"),
        **shape_style(opacity=0.6, fill=None),
        "canRotate": CAN_ROTATE,
        **SMART,
    },
    targets=("Image",),
    result_type="cube",
)

CUBE_LABELS = TagSpec(
    name="CubeLabels",
    kind="labels",
    family="cube",
    doc="Draws labeled boxes in perspective.",
    edition="enterprise",
    attrs={"name": NAME, "toName": to_name("Image"), **LABELS},
    children=LABEL_CHILDREN,
    targets=("Image",),
    result_type="cubelabels",
    value={"cubelabels": OPTIONAL_LABEL_WORDS},
)
