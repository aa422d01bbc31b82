"""TextArea and Shortcut: free text."""

from postil.labeling.spec import Attr, TagSpec, Value
from postil.labeling.tags.common import ANSWER, HOTKEY, NAME, VISIBLE_WHEN, to_name

TEXT_AREA = TagSpec(
    name="TextArea",
    kind="classification",
    family="textarea",
    doc="Asks for text.",
    attrs={
        "name": NAME,
        "toName": to_name("any object"),
        "value": Attr("template", doc="Text that stands in the input at first."),
        "placeholder": Attr("string", doc="Prompt while the input is empty."),
        "maxSubmissions": Attr("integer", doc="Largest number of entries.", minimum=0),
        "editable": Attr("boolean", default=False, doc="Lets entries be edited."),
        "transcription": Attr("boolean", default=False, doc="Accepted for old configs; has no effect."),
        "skipDuplicates": Attr("boolean", default=False, doc="Refuses a text that was entered before."),
        "displayMode": Attr(
            "enum", "tag", "Where the input stands: in the page, or under each region.", values=("tag", "region-list")
        ),
        "rows": Attr("integer", 1, "Height in lines; 1 makes a single-line input.", minimum=1),
        "showSubmitButton": Attr("boolean", doc="Shows a button that adds the entry; unset: if rows is not 1."),
        "allowSubmit": Attr("boolean", default=True, doc="Whether Enter or the button makes an entry."),
        "label": Attr("string", "", "Old form of a caption."),
        **ANSWER,
        **VISIBLE_WHEN,
    },
    children=("Shortcut",),
    targets=("*",),
    result_type="textarea",
    value={"text": Value("texts")},
)

SHORTCUT = TagSpec(
    name="Shortcut",
    kind="label",
    family="textarea",
    doc="A button that inserts text into its TextArea.",
    attrs={
        "value": Attr("template", required=True, doc="Text that is inserted."),
        "alias": Attr("string", doc="Text of the button."),
        "hotkey": HOTKEY,
        "background": Attr("color", "#333333", "Color of the button."),
    },
    parents=("TextArea",),
)
