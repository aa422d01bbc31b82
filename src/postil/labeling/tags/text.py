"""Text: plain text. Its regions are made by `Labels`."""

from postil.labeling.spec import Attr, TagSpec
from postil.labeling.tags.common import NAME

RICH_TEXT = {
    "valueType": Attr("enum", "text", "Whether the field holds the text or a URL to load.", values=("text", "url")),
    "saveTextResult": Attr(
        "enum",
        "none",
        "Whether results carry the covered text; none means yes for text and no for url.",
        values=("none", "no", "yes"),
    ),
    "encoding": Attr(
        "enum", "none", "How to decode the value before it is shown.", values=("none", "base64", "base64unicode")
    ),
    "selectionEnabled": Attr("boolean", default=True, doc="Lets selections make regions."),
    "highlightColor": Attr("color", doc="One color for all highlights instead of the labels' colors."),
    "showLabels": Attr("boolean", doc="Shows the label behind each highlight; unset follows the user's setting."),
    "granularity": Attr(
        "enum", "symbol", "Unit to which a selection is widened.", values=("symbol", "word", "sentence", "paragraph")
    ),
    "resolver": Attr("string", doc="csv|column=NAME|separator=;|headless: loads a CSV and shows one cell of it."),
}

TEXT = TagSpec(
    name="Text",
    kind="object",
    family="text",
    doc="Shows plain text.",
    attrs={
        "name": NAME,
        "value": Attr("template", required=True, doc="Task field, or text with fields in it."),
        **RICH_TEXT,
    },
)
