"""What existing annotations would lose under a new config."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from postil.labeling.config import Control, LabelConfig
from postil.labeling.results import OLD_TYPES, allowed_types, fits_target
from postil.labeling.values import offered_words


@dataclass(frozen=True, slots=True)
class Break:
    """Answers that a new config would no longer know. `count` is how often they are used."""

    kind: Literal["links", "labels"]
    message: str
    count: int

    def as_dict(self) -> dict[str, str | int]:
        """Return the form the API gives."""
        return {"kind": self.kind, "message": self.message, "count": self.count}


def check_compatible(
    new: LabelConfig,
    *,
    triples: Mapping[tuple[str, str, str], int],
    labels: Mapping[str, Mapping[str, int]],
    old: LabelConfig | None = None,
) -> list[Break]:
    """Return what `new` breaks, broken links first; an empty list means that everything still fits.

    `triples` counts (from_name, to_name, type), `labels` counts words by control. With `old`, what did not fit
    before the change either is not blamed on it.
    """
    return [*_broken_links(new, triples, old), *_broken_labels(new, labels, old)]


def split_triple(text: str) -> tuple[str, str, str]:
    """Return the parts of `from|to|type`, the form of the project summary."""
    from_name, _, rest = text.partition("|")
    to_name, _, kind = rest.rpartition("|")
    return from_name, to_name, kind


def knows_triple(config: LabelConfig, triple: tuple[str, str, str]) -> bool:
    """Whether results with this from_name, to_name and type fit the config."""
    from_name, to_name, kind = triple
    control = config.find_control(from_name)
    if control is None or not fits_target(config, control, to_name):
        return False
    return OLD_TYPES.get(kind, kind) in allowed_types(config, control)


def _broken_links(
    new: LabelConfig, triples: Mapping[tuple[str, str, str], int], old: LabelConfig | None
) -> list[Break]:
    lines = []
    count = 0
    for triple, used in triples.items():
        if used <= 0 or knows_triple(new, triple) or (old is not None and not knows_triple(old, triple)):
            continue
        count += used
        lines.append(f"{used} with from_name={triple[0]}, to_name={triple[1]}, type={triple[2]}")
    if not lines:
        return []
    head = "Created annotations are incompatible with provided labeling schema, we found:"
    return [Break("links", "\n".join([head, *lines]), count)]


def _broken_labels(new: LabelConfig, labels: Mapping[str, Mapping[str, int]], old: LabelConfig | None) -> list[Break]:
    breaks = []
    for name, words in labels.items():
        control = new.find_control(name)
        if control is None:
            continue  # told as a broken link
        before = old.find_control(name) if old is not None else None
        gone = {
            word: used
            for word, used in words.items()
            if used > 0
            and not _offers(new, control, word)
            and not (old and not (before and _offers(old, before, word)))
        }
        if not gone:
            continue
        lines = [f"{word} ({used} annotation{'' if used == 1 else 's'})" for word, used in gone.items()]
        message = "\n".join(
            [
                "These labels still exist in annotations or drafts:",
                *lines,
                f'Please add labels to tag with name="{name}".',
            ]
        )
        breaks.append(Break("labels", message, sum(gone.values())))
    return breaks


def _offers(config: LabelConfig, control: Control, word: str) -> bool:
    words = offered_words(config, control)
    return words is None or word in words
