"""Taxonomy: classification by a tree."""

from postil.labeling.spec import Attr, TagSpec, Value
from postil.labeling.tags.common import ANSWER, NAME, VISIBLE_WHEN, to_name

TAXONOMY = TagSpec(
    name="Taxonomy",
    kind="classification",
    family="taxonomy",
    doc="Asks for items of a tree.",
    attrs={
        "name": NAME,
        "toName": to_name("any object"),
        "value": Attr("field", default="", doc="Task field with a tree of further items."),
        "apiUrl": Attr("template", doc="URL that gives the items."),
        "leafsOnly": Attr("boolean", default=False, doc="Only leaves can be picked.", spellings=("leavesOnly",)),
        "showFullPath": Attr("boolean", default=False, doc="Shows the whole path of picked items."),
        "pathSeparator": Attr("string", " / ", "Stands between the parts of a shown path."),
        "maxUsages": Attr("integer", doc="Largest number of picked items.", minimum=0, spellings=("maxUsage",)),
        "minWidth": Attr("size", doc="Smallest width of the control."),
        "maxWidth": Attr("size", doc="Largest width of the control."),
        "dropdownWidth": Attr("size", doc="Width of the drop-down."),
        "placeholder": Attr("string", "", "Prompt while nothing is picked."),
        "labeling": Attr("boolean", default=False, doc="Picked items label regions of a Text or HyperText."),
        "legacy": Attr("boolean", default=False, doc="Lets annotators add items of their own."),
        **ANSWER,
        **VISIBLE_WHEN,
    },
    children=("Choice",),
    targets=("*",),
    result_type="taxonomy",
    value={"taxonomy": Value("paths")},
)
