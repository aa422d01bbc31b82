"""Labels and Label: the words given to regions."""

from postil.labeling.spec import Attr, TagSpec
from postil.labeling.tags.common import HOTKEY, LABEL_WORDS, LABELS, NAME, shape_style, to_name

LABEL = TagSpec(
    name="Label",
    kind="label",
    family="labels",
    doc="One label of a labels group.",
    attrs={
        "value": Attr("template", required=True, doc="Text of the label; stored unless there is an alias."),
        "alias": Attr("string", doc="Stored instead of value."),
        "showAlias": Attr("boolean", default=False, doc="Shows the alias after the value."),
        "aliasStyle": Attr("css", "opacity: 0.6", "Style of the shown alias."),
        "selected": Attr("boolean", default=False, doc="Active when the annotation opens."),
        "hint": Attr("string", doc="Tooltip."),
        "hotkey": HOTKEY,
        "background": Attr("color", doc="Color of the button and of its regions; otherwise made from the text."),
        "selectedColor": Attr("color", "#ffffff", "Color of the text while active."),
        "size": Attr("string", "medium", "Size of the text."),
        "maxUsages": Attr("integer", doc="How often the label may be used; wins over the group.", minimum=0,
                          spellings=("maxUsage",)),
        "granularity": Attr(
            "enum",
            doc="Unit to which text selections are widened while active.",
            values=("symbol", "word", "sentence", "paragraph"),
        ),
        "html": Attr("html", doc="Rich content of the button."),
        "groupCanContain": Attr("string", doc="Labels whose regions may be nested under this one (comma list)."),
        "category": Attr("integer", doc="Index used by the COCO and YOLO exports."),
    },
    parents=("Labels", "*Labels"),
)  # fmt: skip

LABELS_TAG = TagSpec(
    name="Labels",
    kind="labels",
    family="labels",
    doc="Labels regions: spans of text and sound by itself, shapes together with a shape tag.",
    attrs={
        "name": NAME,
        "toName": to_name("Text, HyperText, Audio, Image or Video"),
        **LABELS,
        **shape_style(),
        "groupDepth": Attr("integer", doc="How deep regions may be nested in the outliner.", minimum=0),
    },
    children=("Label", "Header", "View", "Text", "HyperText"),
    targets=("Text", "HyperText", "Audio", "Image", "Video"),
    result_type="labels",
    units="region of the object",
    value={"labels": LABEL_WORDS},
)
