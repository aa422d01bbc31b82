"""All tags by name. The one place where a tag is registered."""

from collections.abc import Iterator
from functools import cache

from postil.core.registry import Registry
from postil.labeling.spec import TagSpec

TAGS: Registry[TagSpec] = Registry(
    "postil.labeling.tags",
    {
        "Audio": "postil.labeling.tags.audio:AUDIO",
        "Bitmask": "postil.labeling.tags.bitmask:BITMASK",
        "BitmaskLabels": "postil.labeling.tags.bitmask:BITMASK_LABELS",
        "Brush": "postil.labeling.tags.brush:BRUSH",
        "BrushLabels": "postil.labeling.tags.brush:BRUSH_LABELS",
        "Bucket": "postil.labeling.tags.ranker:BUCKET",
        "Channel": "postil.labeling.tags.timeseries:CHANNEL",
        "Chat": "postil.labeling.tags.chat:CHAT",
        "Choice": "postil.labeling.tags.choices:CHOICE",
        "Choices": "postil.labeling.tags.choices:CHOICES",
        "Collapse": "postil.labeling.tags.layout:COLLAPSE",
        "Cube": "postil.labeling.tags.cube:CUBE",
        "CubeLabels": "postil.labeling.tags.cube:CUBE_LABELS",
        "DateTime": "postil.labeling.tags.datetime:DATE_TIME",
        "Dialog": "postil.labeling.tags.custom:DIALOG",
        "Ellipse": "postil.labeling.tags.ellipse:ELLIPSE",
        "EllipseLabels": "postil.labeling.tags.ellipse:ELLIPSE_LABELS",
        "Filter": "postil.labeling.tags.layout:FILTER",
        "Header": "postil.labeling.tags.layout:HEADER",
        "HyperText": "postil.labeling.tags.hypertext:HYPERTEXT",
        "HyperTextLabels": "postil.labeling.tags.hypertext:HYPERTEXT_LABELS",
        "Image": "postil.labeling.tags.image:IMAGE",
        "KeyPoint": "postil.labeling.tags.keypoint:KEY_POINT",
        "KeyPointLabels": "postil.labeling.tags.keypoint:KEY_POINT_LABELS",
        "Label": "postil.labeling.tags.labels:LABEL",
        "Labels": "postil.labeling.tags.labels:LABELS_TAG",
        "List": "postil.labeling.tags.list:LIST",
        "MagicWand": "postil.labeling.tags.brush:MAGIC_WAND",
        "Markdown": "postil.labeling.tags.layout:MARKDOWN",
        "MultiChannel": "postil.labeling.tags.timeseries:MULTI_CHANNEL",
        "Number": "postil.labeling.tags.number:NUMBER",
        "Object3D": "postil.labeling.tags.custom:OBJECT_3D",
        "OcrLabels": "postil.labeling.tags.pdf:OCR_LABELS",
        "Pairwise": "postil.labeling.tags.pairwise:PAIRWISE",
        "Panel": "postil.labeling.tags.layout:PANEL",
        "ParagraphLabels": "postil.labeling.tags.paragraphs:PARAGRAPH_LABELS",
        "Paragraphs": "postil.labeling.tags.paragraphs:PARAGRAPHS",
        "Pdf": "postil.labeling.tags.pdf:PDF",
        "Polygon": "postil.labeling.tags.polygon:POLYGON",
        "PolygonLabels": "postil.labeling.tags.polygon:POLYGON_LABELS",
        "Ranker": "postil.labeling.tags.ranker:RANKER",
        "Rating": "postil.labeling.tags.rating:RATING",
        "ReactCode": "postil.labeling.tags.custom:REACT_CODE",
        "Rectangle": "postil.labeling.tags.rectangle:RECTANGLE",
        "RectangleLabels": "postil.labeling.tags.rectangle:RECTANGLE_LABELS",
        "Relation": "postil.labeling.tags.relations:RELATION",
        "Relations": "postil.labeling.tags.relations:RELATIONS",
        "Repeater": "postil.labeling.tags.layout:REPEATER",
        "Shortcut": "postil.labeling.tags.textarea:SHORTCUT",
        "Style": "postil.labeling.tags.layout:STYLE_TAG",
        "Table": "postil.labeling.tags.table:TABLE",
        "Taxonomy": "postil.labeling.tags.taxonomy:TAXONOMY",
        "Text": "postil.labeling.tags.text:TEXT",
        "TextArea": "postil.labeling.tags.textarea:TEXT_AREA",
        "TimeSeries": "postil.labeling.tags.timeseries:TIME_SERIES",
        "TimeSeriesLabels": "postil.labeling.tags.timeseries:TIME_SERIES_LABELS",
        "TimelineLabels": "postil.labeling.tags.video:TIMELINE_LABELS",
        "Vector": "postil.labeling.tags.vector:VECTOR",
        "VectorLabels": "postil.labeling.tags.vector:VECTOR_LABELS",
        "Video": "postil.labeling.tags.video:VIDEO",
        "VideoRectangle": "postil.labeling.tags.video:VIDEO_RECTANGLE",
        "VideoVector": "postil.labeling.tags.video:VIDEO_VECTOR",
        "VideoVectorLabels": "postil.labeling.tags.video:VIDEO_VECTOR_LABELS",
        "View": "postil.labeling.tags.layout:VIEW",
    },
    check=lambda plugin: isinstance(plugin, TagSpec),
)


def all_specs() -> Iterator[TagSpec]:
    """Yield every tag, sorted by name."""
    for name in TAGS:
        yield TAGS.get(name)


@cache
def _spellings() -> dict[str, TagSpec]:
    return {spelling.lower(): spec for spec in all_specs() for spelling in (spec.name, *spec.aliases)}


def find_spec(written: str) -> TagSpec | None:
    """Return the tag that `written` names in any capitals, or by an old name; `None` if there is none."""
    return _spellings().get(written.lower())


@cache
def result_specs() -> dict[str, TagSpec]:
    """Return the tags that make results, by result type."""
    return {spec.result_type: spec for spec in all_specs() if spec.result_type}
