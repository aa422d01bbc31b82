"""Rating: stars."""

from postil.labeling.spec import Attr, TagSpec, Value
from postil.labeling.tags.common import ANSWER, HOTKEY, NAME, to_name

RATING = TagSpec(
    name="Rating",
    kind="classification",
    family="rating",
    doc="Asks for a number of stars.",
    attrs={
        "name": NAME,
        "toName": to_name("any object"),
        "maxRating": Attr("integer", 5, "Number of stars.", minimum=1),
        "defaultValue": Attr("integer", 0, "Shown before a choice is made; not stored.", minimum=0),
        "icon": Attr("string", "star", "Accepted; the star is always shown."),
        "size": Attr("enum", "medium", "Size of the stars.", values=("small", "medium", "large")),
        "hotkey": HOTKEY,
        **ANSWER,
    },
    targets=("*",),
    result_type="rating",
    value={"rating": Value("integer", minimum=0)},
)
