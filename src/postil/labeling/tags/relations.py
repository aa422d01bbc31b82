"""Relations and Relation: the words given to links between regions."""

from postil.labeling.spec import Attr, TagSpec
from postil.labeling.tags.common import OPTIONAL_NAME

RELATIONS = TagSpec(
    name="Relations",
    kind="relations",
    family="relations",
    doc="Offers labels for links between regions.",
    attrs={
        "name": OPTIONAL_NAME,
        "toName": Attr("targets", doc="Accepted; relations belong to no single object."),
        "choice": Attr("enum", "multiple", "Whether a link takes one label or several.", values=("single", "multiple")),
    },
    children=("Relation",),
    targets=("*",),
    result_type="relation",
)

RELATION = TagSpec(
    name="Relation",
    kind="label",
    family="relations",
    doc="One label for links.",
    attrs={
        "value": Attr("string", required=True, doc="Text of the label."),
        "background": Attr("color", "#fff", "Color of the label."),
    },
    parents=("Relations",),
)
