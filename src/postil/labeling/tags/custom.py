"""Tags whose look is outside this product: their configs and results are kept."""

from postil.labeling.spec import Attr, TagSpec, Value
from postil.labeling.tags.common import CLASS_NAME, NAME, OPTIONAL_NAME, STYLE

REACT_CODE = TagSpec(
    name="ReactCode",
    kind="object+control",
    family="custom",
    doc="Runs an interface of its own in a frame. Results are kept as they are.",
    edition="enterprise",
    aliases=("CustomInterface",),
    attrs={
        "name": NAME,
        "toName": Attr("targets", doc="Its own name."),
        "data": Attr("field", doc="Task field handed to the code; left out: the whole task."),
        "inputs": Attr("string", doc="JSON schema of the data."),
        "outputs": Attr("string", doc="Fields, or JSON schema, of the results."),
        "style": STYLE,
        "className": CLASS_NAME,
    },
    targets=("*",),
    result_type="reactcode",
    value={"reactcode": Value("any")},
)

DIALOG = TagSpec(
    name="Dialog",
    kind="visual",
    family="custom",
    doc="Old tag that lists messages to read. Paragraphs does more.",
    attrs={
        "name": OPTIONAL_NAME,
        "value": Attr("field", required=True, doc="Task field with a list of {name, text, date, hint}."),
    },
)

OBJECT_3D = TagSpec(
    name="Object3D",
    kind="object",
    family="custom",
    doc="Names a three-dimensional scene. Shown as a notice.",
    edition="enterprise",
    attrs={"name": NAME, "value": Attr("field", required=True, doc="Task field with the URL.")},
)
