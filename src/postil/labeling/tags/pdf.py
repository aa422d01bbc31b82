"""Pdf and OcrLabels: documents, and boxes on their pages."""

from postil.labeling.spec import Attr, TagSpec, Value
from postil.labeling.tags.common import LABEL_CHILDREN, LABEL_WORDS, LABELS, NAME, ROTATION, to_name

PAGE_FRACTION = Value("number", minimum=0, maximum=1)

PDF = TagSpec(
    name="Pdf",
    kind="object",
    family="pdf",
    doc="Shows a PDF document.",
    attrs={"name": NAME, "value": Attr("field", required=True, doc="Task field with the URL.")},
)

OCR_LABELS = TagSpec(
    name="OcrLabels",
    kind="labels",
    family="pdf",
    doc="Draws labeled boxes on the pages of a PDF and takes the text in them.",
    attrs={"name": NAME, "toName": to_name("Pdf"), **LABELS},
    children=LABEL_CHILDREN,
    targets=("Pdf",),
    result_type="ocrlabels",
    units="fraction of page",
    value={
        "x": PAGE_FRACTION,
        "y": PAGE_FRACTION,
        "width": PAGE_FRACTION,
        "height": PAGE_FRACTION,
        "rotation": ROTATION,
        "pageIndex": Value("integer", minimum=1),
        "ocrtext": Value("any", required=False),
        "ocrlabels": LABEL_WORDS,
    },
)
