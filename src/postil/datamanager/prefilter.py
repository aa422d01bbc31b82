"""A cheap look at a task's whole data before the exact one: whatever it lets fall cannot match.

Task data is kept as the text that was sent. A run of plain letters and digits inside what is looked for stands in that
text as it is, so its absence settles the matter without parsing anything.
"""

import re

from postil.datamanager.column import Condition
from postil.datamanager.operators import positive

# What an encoder might write differently (quotes, slashes, other scripts) ends a run.
_RUN = re.compile(r"[A-Za-z0-9 _-]+")
# Numbers are written in more than one way: 100 and 1e2, Infinity.
_WORDLIKE = re.compile(r"[a-df-zA-DF-Z]")
_BRANCHES = re.compile(r"[|\\]|\(\?")
_QUANTIFIED = re.compile(r".[?*{]", re.DOTALL)
_SPECIAL = re.compile(r"[.^$+()\[\]{}?*]|\[[^\]]*\]")
_LEAST = 3


def sure_text(condition: Condition) -> str | None:
    """Return text, in any case, that the data of every matching task holds; None when nothing is sure."""
    operator, negated = positive(condition.operator)
    if negated or not isinstance(condition.value, str):
        return None
    if operator in ("equal", "contains", "starts_with", "ends_with"):
        return _longest(_RUN.findall(condition.value))
    if operator == "regex":
        return _of_pattern(condition.value)
    return None


def _of_pattern(pattern: str) -> str | None:
    """Return the longest run that every match holds; a pattern with branches, groups or escapes promises none."""
    if _BRANCHES.search(pattern):
        return None
    plain = re.sub(r"\[[^\]]*\][?*+]?(\{[^}]*\})?", "\0", pattern)
    if "(" in plain:
        return None
    plain = re.sub(r"\{[^}]*\}", "{", plain)
    plain = _QUANTIFIED.sub("\0", plain)
    return _longest(_RUN.findall(_SPECIAL.sub("\0", plain)))


def _longest(runs: list[str]) -> str | None:
    usable = [run for run in runs if len(run) >= _LEAST and _WORDLIKE.search(run)]
    return max(usable, key=len) if usable else None
