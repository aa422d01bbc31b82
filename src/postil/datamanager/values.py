"""Reads the values of filter items; every refusal names the column."""

import json
import math
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from postil.core.clock import now
from postil.core.errors import Invalid, quoted

TRUE_WORDS = frozenset({"true", "1", "yes", "on", "t", "y"})
FALSE_WORDS = frozenset({"false", "0", "no", "off", "f", "n", ""})
MAX_LIST = 10_000
# Databases search for patterns up to about five times this size.
MAX_TEXT = 10_000
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_RELATIVE = re.compile(r"(?P<start>now|today)(\s*(?P<sign>[+-])\s*(?P<count>\d{1,5})(?P<unit>[mhdw]))?", re.ASCII)


def refuse(column: str, why: str) -> Invalid:
    """Return the error for a filter item that cannot be understood."""
    return Invalid(fields={"filters": [f'Filter on "{column}": {why}']})


def identifier(value: Any, column: str) -> int:
    """Return the id of a row."""
    found = number(value, column)
    if not isinstance(found, int) or not 0 <= found < 2**63:
        raise refuse(column, f"{quoted(value)} is not an id.")
    return found


def boolean(value: Any, column: str) -> bool:
    """Return true or false from a boolean, a number or its word."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise refuse(column, f"{quoted(value)} is neither true nor false.")


def number(value: Any, column: str) -> int | float:
    """Return a number from a number or its text; true and false are not numbers."""
    if isinstance(value, str):
        try:
            value = int(value) if value.strip().lstrip("+-").isdecimal() else float(value)
        except ValueError:
            raise refuse(column, f"{quoted(value)} is not a number.") from None
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        raise refuse(column, f"{quoted(value)} is not a number.")
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    # Beyond 64 bits a driver would fail; a float compares the same way there.
    return float(value) if isinstance(value, float) or abs(value) >= 2**63 else value


def moment(value: Any, column: str) -> datetime:
    """Return a time from ISO 8601 text, UTC without a zone; or from `now-7d`, `today-1w`, told from this moment."""
    if isinstance(value, str):
        relative = _RELATIVE.fullmatch(value.strip())
        if relative is not None:
            return _told_from_now(relative)
        try:
            found = datetime.fromisoformat(value.strip())
        except ValueError:
            found = None
        if found is not None:
            return found if found.tzinfo else found.replace(tzinfo=UTC)
    raise refuse(column, f"{quoted(value)} is not a date and time such as 2026-11-21T08:00:00Z.")


def _told_from_now(words: re.Match[str]) -> datetime:
    start = now()
    if words["start"] == "today":
        start = start.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if words["count"] is None:
        return start
    distance = timedelta(**{_UNITS[words["unit"]]: int(words["count"])})
    return start - distance if words["sign"] == "-" else start + distance


def text(value: Any, column: str) -> str:
    """Return the text to look for; numbers and booleans are written as JSON writes them."""
    if value is None:
        raise refuse(column, "a value is needed.")
    if isinstance(value, str):
        if "\x00" in value:
            raise refuse(column, "the value holds a NUL character.")
        if len(value) > MAX_TEXT:
            raise refuse(column, f"a text of more than {MAX_TEXT:,} characters cannot be looked for.")
        return value
    return json.dumps(value, ensure_ascii=False)


def items(value: Any, column: str) -> list[Any]:
    """Return a list from a list, or from text with commas between its parts."""
    if isinstance(value, str):
        value = [part.strip() for part in value.split(",") if part.strip()]
    if not isinstance(value, list):
        value = [value]
    if len(value) > MAX_LIST:
        raise refuse(column, f"at most {MAX_LIST} values can be listed.")
    return list(value)


def bounds(value: Any, column: str) -> tuple[Any, Any]:
    """Return `min` and `max` of a range; one of them may be missing or empty."""
    if not isinstance(value, dict) or ("min" not in value and "max" not in value):
        raise refuse(column, 'a range is written {"min": …, "max": …}.')
    low, high = (None if value.get(end) == "" else value.get(end) for end in ("min", "max"))
    return low, high


def compact_json(value: Any, column: str) -> str:
    """Return a JSON value, or text that holds one, as results are stored; other text is returned as it is."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return text(value, column)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
