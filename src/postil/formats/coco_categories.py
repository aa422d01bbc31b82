"""Which number a label gets in a COCO file."""

from itertools import count
from typing import Any

from postil.labeling.config import LabelConfig


class Categories:
    """Numbers for labels: those of the config at once, those that only results know when they appear.

    Labels with a `category` have that number; the others follow in alphabetical order with the smallest free numbers.
    Labels of key points share one category, `default`, which lists them in the order of `model_index`.
    """

    def __init__(self, config: LabelConfig) -> None:
        words = {word: attrs for control in config.controls.values() for word, attrs in control.labels.items()}
        self.points = _point_order(config)
        self.listed: list[dict[str, Any]] = []
        self._numbers: dict[str, int] = {}
        for word, attrs in words.items():
            written = attrs.get("category", "").strip()
            if written.isdecimal():
                self._add(word, int(written))
        used = set(self._numbers.values())
        free = (number for number in count() if number not in used)
        for word, number in zip(sorted(set(words) - set(self._numbers)), free, strict=False):
            self._add(word, number)
        if self.points:
            self._merge_points()

    def _add(self, word: str, number: int) -> None:
        self._numbers[word] = number
        self.listed.append({"id": number, "name": word})

    def _merge_points(self) -> None:
        self.listed = [each for each in self.listed if each["name"] not in self.points]
        number = max((each["id"] for each in self.listed), default=-1) + 1
        points: dict[str, Any] = {"id": number, "name": "default", "supercategory": "default"}
        self.listed.append({**points, "keypoints": self.points, "skeleton": []})
        self._numbers.update(dict.fromkeys(self.points, number))

    def number(self, word: str) -> int:
        """Return the number of a label; an unknown one gets the next free number."""
        if word not in self._numbers:
            used = {each["id"] for each in self.listed}
            self._add(word, next(number for number in count(len(self.listed)) if number not in used))
        return self._numbers[word]


def _point_order(config: LabelConfig) -> list[str]:
    found = {
        word: attrs.get("model_index", "").strip()
        for control in config.controls.values()
        if control.tag == "KeyPointLabels"
        for word, attrs in control.labels.items()
    }
    last = len(found)
    return sorted(found, key=lambda word: int(found[word]) if found[word].isdecimal() else last)
