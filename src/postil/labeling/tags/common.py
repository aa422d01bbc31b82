"""Attributes and value keys that several families share."""

from collections.abc import Mapping

from postil.labeling.spec import Attr, Value

NAME = Attr("name", required=True, doc="Unique name of the tag inside the config.")
OPTIONAL_NAME = Attr("name", doc="Unique name of the tag inside the config.")
HOTKEY = Attr("string", doc="Keys joined by +, alternatives by comma. Assigned automatically when left out.")
SYNC = Attr("string", doc="Name of another media tag, or of a group, that plays in step.")
STYLE = Attr("css", doc="Inline CSS declarations.")
CLASS_NAME = Attr("string", default="", doc="CSS class of the element.")
ID_ATTR = Attr("string", default="", doc="HTML id of the element.")


def to_name(what: str) -> Attr:
    """Return the link of a control to the tag it labels."""
    return Attr(
        "targets",
        required=True,
        doc=f"Name of the tag it labels: {what}. May be left out when the config has exactly one object tag.",
    )


LABELS: Mapping[str, Attr] = {
    "choice": Attr("enum", "single", "Whether a region takes one label or several.", values=("single", "multiple")),
    "maxUsages": Attr("integer", doc="How often each label may be used in one annotation.", spellings=("maxUsage",)),
    "showInline": Attr("boolean", default=True, doc="Labels flow in a line; false puts each on its own row."),
    "value": Attr("field", default="", doc="Task field with a list of further labels, added after the written ones."),
    "allowEmpty": Attr("boolean", default=False, doc="Offers a blank label, which makes a region without labels."),
}

VISIBLE_WHEN: Mapping[str, Attr] = {
    "visibleWhen": Attr(
        "enum",
        doc="Shows the tag only while this holds.",
        values=("region-selected", "no-region-selected", "choice-selected", "choice-unselected"),
    ),
    "whenTagName": Attr("target", doc="Looks only at the control of this name."),
    "whenLabelValue": Attr("string", doc="Looks only at regions with one of these labels (comma list)."),
    "whenChoiceValue": Attr("string", doc="Looks only at these choices (comma list of values or aliases)."),
    "whenRole": Attr("string", doc="Looks only at chat messages of these roles (comma list)."),
}

ANSWER: Mapping[str, Attr] = {
    "required": Attr("boolean", default=False, doc="Refuses submission while there is no answer."),
    "requiredMessage": Attr("string", doc="What the refusal says."),
    "perRegion": Attr("boolean", default=False, doc="The answer belongs to the selected region."),
    "perItem": Attr("boolean", default=False, doc="The answer belongs to the shown page of a multi-page image."),
    "whenLabelValue": Attr("string", doc="With perRegion: only for regions with one of these labels (comma list)."),
}

SMART: Mapping[str, Attr] = {
    "smart": Attr("boolean", default=True, doc="Offers a variant of the tool that prompts a model."),
    "smartOnly": Attr("boolean", default=False, doc="Offers only the variant that prompts a model."),
}

SNAP = Attr("enum", "none", "Snaps points to the pixels of the image.", values=("pixel", "none"))
CAN_ROTATE = Attr("boolean", default=True, doc="Shows the rotation handle.")


def fraction(default: float | None, doc: str) -> Attr:
    """Return an attribute that takes a number from 0 to 1."""
    return Attr("number", default, doc, minimum=0, maximum=1)


def shape_style(
    *, opacity: float = 0.2, width: int = 1, fill: str | None = "#f48a42", stroke: str = "#f48a42"
) -> dict[str, Attr]:
    """Return the attributes that say how a shape is drawn."""
    return {
        "opacity": fraction(opacity, "Opacity of the fill."),
        "fillColor": Attr("color", fill, "Fill color where the label has none."),
        "strokeColor": Attr("color", stroke, "Color of the outline where the label has none."),
        "strokeWidth": Attr("integer", width, "Width of the outline in pixels.", minimum=0),
        "fillOpacity": fraction(None, "Opacity of the fill alone; wins over opacity."),
    }


def point_style() -> dict[str, Attr]:
    """Return the attributes that say how the vertices of a shape are drawn."""
    return {
        "pointSize": Attr("enum", "small", "Size of the vertex handles.", values=("small", "medium", "large")),
        "pointStyle": Attr("enum", "circle", "Shape of the vertex handles.", values=("rectangle", "circle")),
    }


PERCENT = Value("number", minimum=0, maximum=100)
UP_TO_100 = Value("number", maximum=100)
ROTATION = Value("number", required=False, maximum=360)
LABEL_WORDS = Value("labels")
OPTIONAL_LABEL_WORDS = Value("labels", required=False)
TEXT = Value("text", required=False)  # the covered text; a list where a TextArea answered
LABEL_CHILDREN = ("Label", "Header", "View", "HyperText")
