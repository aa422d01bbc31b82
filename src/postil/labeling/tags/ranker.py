"""Ranker and Bucket: items in order, or in groups."""

from postil.labeling.spec import Attr, TagSpec, Value
from postil.labeling.tags.common import NAME, to_name

RANKER = TagSpec(
    name="Ranker",
    kind="classification",
    family="ranker",
    doc="Asks to put the items of a List in order, or into buckets.",
    attrs={
        "name": NAME,
        "toName": to_name("List"),
        "collapsible": Attr("boolean", default=True, doc="Lets items be folded."),
    },
    children=("Bucket",),
    targets=("List",),
    result_type="ranker",
    value={"ranker": Value("object")},
)

BUCKET = TagSpec(
    name="Bucket",
    kind="label",
    family="ranker",
    doc="A column of a Ranker.",
    attrs={
        "name": NAME,
        "title": Attr("string", doc="Heading of the column."),
        "default": Attr("boolean", default=False, doc="Holds all items at first."),
    },
    parents=("Ranker",),
)
