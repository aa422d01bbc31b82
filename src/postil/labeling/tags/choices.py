"""Choices and Choice: classification by given words."""

from postil.labeling.spec import Attr, TagSpec, Value
from postil.labeling.tags.common import ANSWER, HOTKEY, NAME, STYLE, VISIBLE_WHEN, to_name

CHOICES = TagSpec(
    name="Choices",
    kind="classification",
    family="choices",
    doc="Asks for one or several of the given choices.",
    attrs={
        "name": NAME,
        "toName": to_name("any object"),
        "choice": Attr(
            "enum",
            "single",
            "One choice that can be cleared, one as radio buttons, or several.",
            values=("single", "single-radio", "multiple"),
        ),
        "layout": Attr(
            "enum", "vertical", "Drop-down, one line, or one below the other.", values=("select", "inline", "vertical")
        ),
        "showInline": Attr("boolean", doc="Old form of layout: true is inline, false is vertical."),
        "value": Attr("field", default="", doc="Task field with a list of further choices."),
        "allowNested": Attr("boolean", default=False, doc="Children of choices make a tree; results are paths."),
        **ANSWER,
        **VISIBLE_WHEN,
    },
    children=("Choice", "View", "Header", "HyperText"),
    targets=("*",),
    result_type="choices",
    value={"choices": Value("choices")},
)

CHOICE = TagSpec(
    name="Choice",
    kind="label",
    family="choices",
    doc="One choice; under another Choice it is its child.",
    attrs={
        "value": Attr("template", required=True, doc="Text of the choice; stored unless there is an alias."),
        "alias": Attr("string", doc="Stored instead of value."),
        "selected": Attr("boolean", default=False, doc="Chosen in new annotations."),
        "hint": Attr("string", doc="Tooltip."),
        "hotkey": HOTKEY,
        "html": Attr("html", doc="Rich content of the choice."),
        "style": STYLE,
        "color": Attr("color", doc="Color of an item of a Taxonomy."),
        "readonly": Attr("boolean", default=False, doc="Cannot be clicked."),
    },
    children=("Choice",),
    parents=("Choices", "Taxonomy", "Choice", "TimeSeriesLabels"),
)
