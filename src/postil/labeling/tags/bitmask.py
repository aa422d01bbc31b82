"""Bitmask and BitmaskLabels: pixel-exact masks on images, stored as PNG."""

from postil.labeling.spec import TagSpec, Value
from postil.labeling.tags.brush import DRAWING
from postil.labeling.tags.common import LABEL_CHILDREN, LABEL_WORDS, LABELS, NAME, to_name

PICTURE: dict[str, Value] = {"imageDataURL": Value("data_url")}

BITMASK = TagSpec(
    name="Bitmask",
    kind="shape",
    family="bitmask",
    doc="Paints pixel-exact masks without labels of their own.",
    attrs={"name": NAME, "toName": to_name("Image"), **DRAWING},
    targets=("Image",),
    result_type="bitmask",
    units="png",
    value=PICTURE,
)

BITMASK_LABELS = TagSpec(
    name="BitmaskLabels",
    kind="labels",
    family="bitmask",
    doc="Paints labeled, pixel-exact masks.",
    attrs={"name": NAME, "toName": to_name("Image"), **LABELS, **DRAWING},
    children=LABEL_CHILDREN,
    targets=("Image",),
    targets_enforced=True,
    result_type="bitmasklabels",
    units="png",
    value={**PICTURE, "bitmasklabels": LABEL_WORDS},
)
