"""Export formats by name. The contract is `formats/exporter.py`."""

from collections.abc import Iterator
from dataclasses import dataclass

from postil.core.registry import Registry
from postil.formats.exporter import Exporter, is_exporter
from postil.labeling.config import LabelConfig

EXPORTERS: Registry[Exporter] = Registry(
    "postil.exporters",
    {
        "COCO": "postil.formats.exporters.coco:Coco",
        "COCO_WITH_IMAGES": "postil.formats.exporters.coco:CocoWithImages",
        "CSV": "postil.formats.exporters.csv:Csv",
        "JSON": "postil.formats.exporters.json:Json",
        "JSON_MIN": "postil.formats.exporters.json_min:JsonMin",
        "TSV": "postil.formats.exporters.csv:Tsv",
    },
    check=is_exporter,
)
ORDER = ("JSON", "JSON_MIN", "CSV", "TSV", "COCO", "COCO_WITH_IMAGES")


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
