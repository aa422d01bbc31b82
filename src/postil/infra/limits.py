"""Bounds on how often somebody may ask: a bucket of requests per key, refilled evenly, in the memory of the process."""

import math
import threading
from dataclasses import dataclass

from postil.core.clock import monotonic_s
from postil.core.errors import TooManyRequests

MAX_KEYS = 20_000


@dataclass(slots=True)
class _Bucket:
    left: float
    at_s: float


class Buckets:
    """One bucket for each key."""

    def __init__(self) -> None:
        self._buckets: dict[str, _Bucket] = {}
        self._lock = threading.Lock()

    def take(self, key: str, per_minute: int) -> None:
        """Take one request from the bucket of `key`; raises `TooManyRequests` when it is empty. 0 means no bound."""
        if per_minute <= 0:
            return
        moment = monotonic_s()
        with self._lock:
            bucket = self._buckets.get(key)
            if bucket is None:
                self._make_room()
                self._buckets[key] = _Bucket(per_minute - 1, moment)
                return
            rate = per_minute / 60
            bucket.left = min(per_minute, bucket.left + (moment - bucket.at_s) * rate)
            bucket.at_s = moment
            if bucket.left < 1:
                raise TooManyRequests(retry_after_s=max(1, math.ceil((1 - bucket.left) / rate)))
            bucket.left -= 1

    def give_back(self, key: str) -> None:
        """Undo one `take`, for a request that turned out to be no stranger's."""
        with self._lock:
            if key in self._buckets:
                self._buckets[key].left += 1

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._buckets.clear()

    def _make_room(self) -> None:
        if len(self._buckets) >= MAX_KEYS:
            for key in sorted(self._buckets, key=lambda name: self._buckets[name].at_s)[: MAX_KEYS // 2]:
                del self._buckets[key]


requests = Buckets()
