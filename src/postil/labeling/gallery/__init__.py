"""Ready-made label configs to begin a project with.

One template is two files in the folder of its group: `<name>.toml` says what a person reads and holds a few tasks for
the preview, `<name>.xml` is the config. Pictures and media are served under `/static/samples/`.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
SAMPLES_URL = "/static/samples/"

# Folder and title, in the order in which groups are shown.
GROUPS = {
    "computer-vision": "Computer Vision",
    "natural-language-processing": "Natural Language Processing",
    "audio-speech-processing": "Audio/Speech Processing",
    "conversational-ai": "Conversational AI",
    "ranking-scoring": "Ranking & Scoring",
    "structured-data-parsing": "Structured Data Parsing",
    "time-series-analysis": "Time Series Analysis",
    "videos": "Videos",
    "generative-ai": "Generative AI",
    "community-contributions": "Community Contributions",
}


@dataclass(frozen=True, slots=True)
class Template:
    """One entry of the gallery. `sample_data` are the data of a few tasks that `config` can show."""

    id: str
    title: str
    group: str
    order: int
    image: str
    details: str
    config: str
    sample_data: tuple[dict[str, Any], ...]

    def record(self) -> dict[str, Any]:
        """Return the template as the API gives it."""
        return {
            "id": self.id,
            "title": self.title,
            "group": self.group,
            "type": "community",
            "order": self.order,
            "image": self.image,
            "details": self.details,
            "config": self.config,
            "sample_data": list(self.sample_data),
        }


def groups() -> tuple[str, ...]:
    """Return the titles of the groups, in their order."""
    return tuple(GROUPS.values())


@cache
def templates() -> tuple[Template, ...]:
    """Return all templates, by group and by order within it."""
    found = [_read(path, group) for folder, group in GROUPS.items() for path in (FOLDER / folder).glob("*.toml")]
    order = list(GROUPS.values())
    return tuple(sorted(found, key=lambda each: (order.index(each.group), each.order, each.title)))


def _read(path: Path, group: str) -> Template:
    head = tomllib.loads(path.read_text(encoding="utf-8"))
    return Template(
        id=path.stem,
        title=head["title"],
        group=group,
        order=head["order"],
        image=f"{SAMPLES_URL}pictures/{head['picture']}.svg",
        details=head["details"],
        config=path.with_suffix(".xml").read_text(encoding="utf-8"),
        sample_data=tuple(head["sample_data"]),
    )
