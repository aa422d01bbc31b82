"""Paragraphs and ParagraphLabels: dialogues, and spans in them."""

from postil.labeling.spec import Attr, TagSpec, Value
from postil.labeling.tags.common import LABEL_CHILDREN, LABEL_WORDS, LABELS, NAME, SYNC, TEXT, to_name

PARAGRAPHS = TagSpec(
    name="Paragraphs",
    kind="object",
    family="paragraphs",
    doc="Shows a dialogue: one row a phrase, with its speaker.",
    attrs={
        "name": NAME,
        "value": Attr("field", required=True, doc="Task field with a list of phrases."),
        "valueType": Attr("enum", "json", "Whether the field holds the list or a URL of it.", values=("json", "url")),
        "audioUrl": Attr("field", doc="Task field with the URL of the recording."),
        "sync": SYNC,
        "showPlayer": Attr("boolean", default=False, doc="Shows a player above the phrases."),
        "saveTextResult": Attr("enum", "yes", "Whether results carry the covered text.", values=("none", "no", "yes")),
        "layout": Attr("enum", "none", "dialogue colors phrases by speaker.", values=("none", "dialogue")),
        "nameKey": Attr("string", "author", "Key of the speaker in a phrase."),
        "textKey": Attr("string", "text", "Key of the words in a phrase."),
        "contextScroll": Attr("boolean", default=False, doc="Sorts phrases by start and follows the playback."),
        "highlightColor": Attr("color", doc="One color for all highlights."),
        "showLabels": Attr("boolean", default=False, doc="Shows the label behind each highlight."),
    },
)

PARAGRAPH_LABELS = TagSpec(
    name="ParagraphLabels",
    kind="labels",
    family="paragraphs",
    doc="Labels spans of a dialogue.",
    attrs={"name": NAME, "toName": to_name("Paragraphs"), **LABELS},
    children=LABEL_CHILDREN,
    targets=("Paragraphs",),
    result_type="paragraphlabels",
    units="phrase",
    value={
        "start": Value("position", minimum=0),
        "end": Value("position", minimum=0),
        "startOffset": Value("integer", required=False, minimum=0),
        "endOffset": Value("integer", required=False, minimum=0),
        "text": TEXT,
        "paragraphlabels": LABEL_WORDS,
    },
)
