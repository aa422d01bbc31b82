"""What `--init` asks for."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class FirstProject:
    """The project that `--init` asks for."""

    title: str
    label_config: Path | None
    description: str
