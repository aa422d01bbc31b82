"""List: cards to read or to rank."""

from postil.labeling.spec import Attr, TagSpec
from postil.labeling.tags.common import NAME

LIST = TagSpec(
    name="List",
    kind="object",
    family="list",
    doc="Shows items as cards; a Ranker puts them in order.",
    attrs={
        "name": NAME,
        "value": Attr("field", required=True, doc="Task field with a list of {id, title, body, html}."),
        "title": Attr("string", "", "Heading of the list."),
    },
)
