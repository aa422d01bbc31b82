"""Export formats by name. The contract is `formats/exporter.py`."""

from collections.abc import Iterator
from dataclasses import dataclass

from postil.core.registry import Registry
from postil.formats.exporter import Exporter, is_exporter
from postil.labeling.config import LabelConfig

EXPORTERS: Registry[Exporter] = Registry(
    "postil.exporters",
    {
        "ASR_MANIFEST": "postil.formats.exporters.asr:AsrManifest",
        "BRUSH_TO_COCO": "postil.formats.exporters.brush_coco:BrushToCoco",
        "BRUSH_TO_NUMPY": "postil.formats.exporters.brush:BrushToNumpy",
        "BRUSH_TO_PNG": "postil.formats.exporters.brush:BrushToPng",
        "COCO": "postil.formats.exporters.coco:Coco",
        "COCO_WITH_IMAGES": "postil.formats.exporters.coco:CocoWithImages",
        "CONLL2003": "postil.formats.exporters.conll:Conll2003",
        "CSV": "postil.formats.exporters.csv:Csv",
        "JSON": "postil.formats.exporters.json:Json",
        "JSON_MIN": "postil.formats.exporters.json_min:JsonMin",
        "TSV": "postil.formats.exporters.csv:Tsv",
        "VOC": "postil.formats.exporters.voc:Voc",
        "YOLO": "postil.formats.exporters.yolo:Yolo",
        "YOLO_OBB": "postil.formats.exporters.yolo:YoloObb",
        "YOLO_OBB_WITH_IMAGES": "postil.formats.exporters.yolo:YoloObbWithImages",
        "YOLO_WITH_IMAGES": "postil.formats.exporters.yolo:YoloWithImages",
    },
    check=is_exporter,
)
ORDER = (
    "JSON", "JSON_MIN", "CSV", "TSV", "CONLL2003", "COCO", "COCO_WITH_IMAGES", "VOC", "YOLO", "YOLO_WITH_IMAGES",
    "YOLO_OBB", "YOLO_OBB_WITH_IMAGES", "BRUSH_TO_NUMPY", "BRUSH_TO_PNG", "ASR_MANIFEST", "BRUSH_TO_COCO",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormatChoice:
    """One line of the list a person chooses from. Formats that do not suit the config still work when asked for."""

    name: str
    exporter: Exporter
    suits: bool


def choices(config: LabelConfig) -> Iterator[FormatChoice]:
    """Yield every format, those that suit `config` first."""
    names = sorted(EXPORTERS, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))
    found = [FormatChoice(name, EXPORTERS.get(name), EXPORTERS.get(name).suits(config)) for name in names]
    yield from sorted(found, key=lambda choice: not choice.suits)
