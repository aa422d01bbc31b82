"""HyperText and HyperTextLabels: HTML, and spans in it."""

from postil.labeling.spec import Attr, TagSpec, Value
from postil.labeling.tags.common import LABEL_CHILDREN, LABEL_WORDS, LABELS, NAME, OPTIONAL_NAME, TEXT, to_name
from postil.labeling.tags.text import RICH_TEXT

HYPERTEXT = TagSpec(
    name="HyperText",
    kind="object",
    family="hypertext",
    doc="Shows HTML, from the task or written inside the tag.",
    attrs={
        "name": OPTIONAL_NAME,
        "value": Attr("template", required=True, doc="Task field with HTML; HTML inside the tag wins."),
        **RICH_TEXT,
        "inline": Attr("boolean", default=False, doc="Shows the HTML in the page instead of in a frame."),
        "clickableLinks": Attr("boolean", default=False, doc="Lets links open."),
    },
)

GLOBAL_OFFSETS = Value(
    "object",
    required=False,
    fields={"start": Value("integer", minimum=0), "end": Value("integer", minimum=0)},
)

HYPERTEXT_LABELS = TagSpec(
    name="HyperTextLabels",
    kind="labels",
    family="hypertext",
    doc="Labels spans of HTML.",
    attrs={"name": NAME, "toName": to_name("HyperText"), **LABELS},
    children=LABEL_CHILDREN,
    targets=("HyperText",),
    targets_enforced=True,
    result_type="hypertextlabels",
    units="xpath",
    value={
        "start": Value("string"),
        "end": Value("string"),
        "startOffset": Value("integer", required=False, minimum=0),
        "endOffset": Value("integer", required=False, minimum=0),
        "globalOffsets": GLOBAL_OFFSETS,
        "text": TEXT,
        "hypertextlabels": LABEL_WORDS,
    },
)
