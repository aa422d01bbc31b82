"""When the work will be done, from what was done each day."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# Two weeks tell the pace; fewer than three days tell nothing.
DAYS = 14
FEWEST_DAYS = 3
# Eight of ten such intervals hold the true pace.
SPREAD = 1.28
FURTHEST_DAYS = 3650


@dataclass(frozen=True, slots=True)
class Forecast:
    """A pace, the likely end, and an interval for it; None where the end is out of sight."""

    per_day: float
    likely: date
    early: date
    late: date | None


def forecast(done: Sequence[int], remaining: int, today: date) -> Forecast | None:
    """Return when `remaining` answers will be given; `done` counts those of each day, the last one yesterday.

    Days before the first answer do not count. None where nothing remains, or too little is known.
    """
    recent = list(done[-DAYS:])
    while recent and recent[0] == 0:
        recent.pop(0)
    if remaining <= 0 or len(recent) < FEWEST_DAYS:
        return None
    pace = sum(recent) / len(recent)
    variance = sum((count - pace) ** 2 for count in recent) / (len(recent) - 1)
    margin = SPREAD * math.sqrt(variance / len(recent))
    likely = _after(today, remaining, pace)
    early = _after(today, remaining, pace + margin)
    if likely is None or early is None:
        return None
    return Forecast(round(pace, 1), likely, early, _after(today, remaining, pace - margin))


def _after(today: date, remaining: int, pace: float) -> date | None:
    if pace <= 0 or remaining / pace > FURTHEST_DAYS:
        return None
    return today + timedelta(days=math.ceil(remaining / pace))
