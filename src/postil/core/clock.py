"""The one place that reads the time, so that tests can hold it still."""

import time
from datetime import UTC, datetime


def now() -> datetime:
    """Return the current moment in UTC."""
    return datetime.now(UTC)


def monotonic_s() -> float:
    """Return seconds for measuring durations; never goes back."""
    return time.monotonic()


def iso(moment: datetime) -> str:
    """Return `2026-11-21T02:25:28.204497Z`, the form of every timestamp in the API."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
