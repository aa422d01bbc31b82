"""How the answers of several people to one task are spread: how often each word, which average of numbers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from postil.labeling.results import OLD_TYPES
from postil.labeling.tags import result_specs

NUMBERS = ("number", "rating")
PATH = " / "


@dataclass(slots=True)
class Distribution:
    """The answers to one control."""

    type: str
    labels: Counter[str] = field(default_factory=Counter)
    numbers: list[float] = field(default_factory=list)

    @property
    def average(self) -> float | None:
        """The mean of the numbers, if there are any."""
        return sum(self.numbers) / len(self.numbers) if self.numbers else None


def distributions(results: Iterable[object]) -> dict[str, Distribution]:
    """Return the answers in some results by the name of their control, in order of appearance."""
    found: dict[str, Distribution] = {}
    for result in results:
        for item in result if isinstance(result, list) else ():
            if not isinstance(item, dict) or not isinstance(item.get("from_name"), str):
                continue
            kind, value = item.get("type"), item.get("value")
            if isinstance(kind, str) and isinstance(value, dict):
                kind = OLD_TYPES.get(kind, kind)
                _add(found.setdefault(item["from_name"], Distribution(kind)), kind, value)
    return found


def _add(known: Distribution, kind: str, value: dict[str, object]) -> None:
    if kind in NUMBERS:
        number = value.get(kind)
        if isinstance(number, int | float) and not isinstance(number, bool):
            known.numbers.append(float(number))
        return
    spec = result_specs().get(kind)
    words = value.get(spec.label_key if spec and spec.label_key else kind)
    if kind != "textarea" and isinstance(words, list):
        known.labels.update(PATH.join(map(str, word)) if isinstance(word, list) else str(word) for word in words)
