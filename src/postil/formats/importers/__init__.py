"""Import formats by name. The contract is `formats/importer.py`."""

from postil.core.registry import Registry
from postil.formats.importer import Importer, is_importer

IMPORTERS: Registry[Importer] = Registry(
    "postil.importers",
    {
        "csv": "postil.formats.importers.csv:Csv",
        "html": "postil.formats.importers.html:Html",
        "json": "postil.formats.importers.json:Json",
        "jsonl": "postil.formats.importers.jsonl:JsonLines",
        "tsv": "postil.formats.importers.csv:Tsv",
        "txt": "postil.formats.importers.txt:Txt",
    },
    check=is_importer,
)
