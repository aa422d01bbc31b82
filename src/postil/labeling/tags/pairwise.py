"""Pairwise: which of two objects is better."""

from postil.labeling.spec import Attr, TagSpec, Value
from postil.labeling.tags.common import NAME

PAIRWISE = TagSpec(
    name="Pairwise",
    kind="classification",
    family="pairwise",
    doc="Asks which of two objects is better.",
    attrs={
        "name": NAME,
        "toName": Attr("targets", required=True, doc="Two different names, separated by a comma: left,right."),
        "selectionStyle": Attr("css", doc="Style of the chosen side."),
        "leftClass": Attr("string", doc="Accepted; has no effect."),
        "rightClass": Attr("string", doc="Accepted; has no effect."),
    },
    targets=("*",),
    result_type="pairwise",
    value={"selected": Value("string", values=("left", "right"))},
)
