"""Brush, BrushLabels and MagicWand: masks on images, stored as RLE."""

from postil.labeling.spec import Attr, TagSpec, Value
from postil.labeling.tags.common import LABEL_CHILDREN, LABEL_WORDS, LABELS, NAME, SMART, fraction, to_name

DRAWING = {"strokeWidth": Attr("integer", 15, "Width of a new brush in screen pixels.", minimum=0), **SMART}
MASK: dict[str, Value] = {
    "format": Value("string", values=("rle",)),
    "rle": Value("bytes"),
}

BRUSH = TagSpec(
    name="Brush",
    kind="shape",
    family="brush",
    doc="Paints masks without labels of their own.",
    attrs={"name": NAME, "toName": to_name("Image"), **DRAWING},
    targets=("Image",),
    result_type="brush",
    units="rle",
    value=MASK,
)

BRUSH_LABELS = TagSpec(
    name="BrushLabels",
    kind="labels",
    family="brush",
    doc="Paints labeled masks.",
    attrs={"name": NAME, "toName": to_name("Image"), **LABELS, **DRAWING},
    children=LABEL_CHILDREN,
    targets=("Image",),
    targets_enforced=True,
    result_type="brushlabels",
    units="rle",
    value={**MASK, "brushlabels": LABEL_WORDS},
)

MAGIC_WAND = TagSpec(
    name="MagicWand",
    kind="shape",
    family="brush",
    doc="Fills areas of like color. Takes its labels from Labels on the same image.",
    aliases=("Magicwand",),
    attrs={
        "name": NAME,
        "toName": to_name("Image"),
        "opacity": fraction(0.6, "Opacity of the preview."),
        "blurRadius": Attr("integer", 5, "Radius that smooths the border.", minimum=0),
        "defaultThreshold": Attr("integer", 15, "Tolerance of a click without drag.", minimum=0),
    },
    targets=("Image",),
    result_type="magicwand",
    units="rle",
    value=MASK,
)
