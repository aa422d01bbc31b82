"""Table: an object, a list or CSV as rows."""

from postil.labeling.spec import Attr, TagSpec
from postil.labeling.tags.common import NAME

TABLE = TagSpec(
    name="Table",
    kind="object",
    family="table",
    doc="Shows an object, a list or CSV as a table.",
    attrs={
        "name": NAME,
        "value": Attr("field", required=True, doc="Task field with an object, a list, JSON, CSV or a URL."),
        "valueType": Attr("string", "json", "json, or csv with options such as csv|separator=;|headless|url."),
    },
)
