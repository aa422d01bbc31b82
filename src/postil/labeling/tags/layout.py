"""Tags that arrange and decorate: they make no results."""

from postil.labeling.spec import Attr, TagSpec
from postil.labeling.tags.common import CLASS_NAME, ID_ATTR, NAME, STYLE, VISIBLE_WHEN

VIEW = TagSpec(
    name="View",
    kind="visual",
    family="layout",
    doc="Holds other tags and arranges them.",
    attrs={
        "display": Attr("enum", "block", "inline puts it beside its neighbors.", values=("block", "inline")),
        "style": STYLE,
        "className": CLASS_NAME,
        "idAttr": ID_ATTR,
        **VISIBLE_WHEN,
    },
    children=("*",),
)

HEADER = TagSpec(
    name="Header",
    kind="visual",
    family="layout",
    doc="Shows a heading.",
    attrs={
        "value": Attr("template", "", "Text, with task fields in it; text inside the tag works too.", required=True),
        "size": Attr("integer", 4, "1 is the largest, 5 the smallest."),
        "style": STYLE,
        "underline": Attr("boolean", default=False, doc="Underlines the heading."),
    },
)

STYLE_TAG = TagSpec(
    name="Style",
    kind="visual",
    family="layout",
    doc="Holds CSS for the page of this config.",
)

MARKDOWN = TagSpec(
    name="Markdown",
    kind="visual",
    family="layout",
    doc="Shows Markdown.",
    attrs={
        "value": Attr("template", "", "Markdown, or a task field; text inside the tag works too.", required=True),
        "style": STYLE,
        "className": CLASS_NAME,
        "idAttr": ID_ATTR,
        **VISIBLE_WHEN,
    },
)

COLLAPSE = TagSpec(
    name="Collapse",
    kind="visual",
    family="layout",
    doc="Holds panels that fold.",
    attrs={
        "accordion": Attr("boolean", default=True, doc="Keeps at most one panel open."),
        "bordered": Attr("boolean", default=False, doc="Draws a border."),
        "open": Attr("boolean", default=False, doc="Opens all panels at first."),
        "size": Attr("integer", 4, "Accepted; has no effect."),
        "style": STYLE,
    },
    children=("Panel",),
)

PANEL = TagSpec(
    name="Panel",
    kind="visual",
    family="layout",
    doc="One foldable panel.",
    attrs={
        "value": Attr("template", "", "Heading; panels without one are numbered."),
        "open": Attr("boolean", doc="Open at first; wins over the Collapse."),
    },
    children=("*",),
    parents=("Collapse",),
)

FILTER = TagSpec(
    name="Filter",
    kind="visual",
    family="layout",
    doc="A search box that hides labels or choices which do not match.",
    attrs={
        "name": NAME,
        "toName": Attr("targets", required=True, doc="Name of a labels group or of Choices."),
        "placeholder": Attr("string", "Quick Filter", "Prompt of the box."),
        "minLength": Attr("integer", 3, "Filters from this many characters on.", minimum=0),
        "caseSensetive": Attr(
            "boolean", default=False, doc="Tells capitals from small letters.", spellings=("caseSensitive",)
        ),
        "cleanup": Attr("boolean", default=True, doc="Empties the box after Enter picked a match."),
        "style": STYLE,
        "hotkey": Attr("string", doc="Keys that focus the box."),
    },
)

REPEATER = TagSpec(
    name="Repeater",
    kind="structure",
    family="layout",
    doc="Repeats its content for each element of a list.",
    attrs={
        "on": Attr("field", required=True, doc="Task field with the list."),
        "indexFlag": Attr("string", "{{idx}}", "Placeholder that becomes the index in all attributes inside."),
        "mode": Attr("enum", "list", "All elements at once, or one a page.", values=("list", "pagination")),
    },
    children=("*",),
)
