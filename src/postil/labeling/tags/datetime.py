"""DateTime: a date, a time, a month or a year."""

from postil.labeling.spec import Attr, TagSpec, Value
from postil.labeling.tags.common import ANSWER, HOTKEY, NAME, to_name

DATE_TIME = TagSpec(
    name="DateTime",
    kind="classification",
    family="datetime",
    doc="Asks for a date or a time.",
    attrs={
        "name": NAME,
        "toName": to_name("any object"),
        "only": Attr("list", doc="Parts to ask for (comma list).", values=("date", "time", "month", "year")),
        "format": Attr("format", doc="How the answer is stored, as in strftime; ISO 8601 otherwise."),
        "min": Attr("string", "2000", "Earliest date, or first year offered."),
        "max": Attr("string", "current", "Latest date, or last year offered."),
        "step": Attr("string", doc="Accepted; has no effect."),
        "defaultValue": Attr("string", doc="Accepted; has no effect."),
        "hotkey": HOTKEY,
        **ANSWER,
    },
    targets=("*",),
    result_type="datetime",
    value={"datetime": Value("string")},
)
