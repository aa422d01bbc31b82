"""Number: a number within bounds."""

from postil.labeling.spec import Attr, TagSpec, Value
from postil.labeling.tags.common import ANSWER, HOTKEY, NAME, to_name

NUMBER = TagSpec(
    name="Number",
    kind="classification",
    family="number",
    doc="Asks for a number.",
    attrs={
        "name": NAME,
        "toName": to_name("any object"),
        "min": Attr("number", doc="Smallest number."),
        "max": Attr("number", doc="Largest number."),
        "step": Attr("number", 1, "Distance of allowed numbers, counted from min or 0."),
        "defaultValue": Attr("number", doc="Stored at submission when nothing was entered."),
        "slider": Attr("boolean", default=False, doc="Shows a slider."),
        "hotkey": HOTKEY,
        **ANSWER,
    },
    targets=("*",),
    result_type="number",
    value={"number": Value("number")},
)
