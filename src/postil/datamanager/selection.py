"""Reads `selectedItems`: which of the filtered tasks are meant."""

from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import Q

from postil.core.errors import Invalid, quoted
from postil.infra.expressions import IsAmong

SHAPE = 'selectedItems is written {"all": true, "excluded": [ids]} or {"all": false, "included": [ids]}.'
MAX_IDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Selection:
    """All tasks but some, or just some."""

    is_all: bool
    ids: tuple[int, ...]

    def predicate(self) -> Q:
        """Return what tasks must fulfil; an empty list of included tasks selects none."""
        if self.is_all:
            return ~Q(IsAmong("id", self.ids)) if self.ids else Q()
        return Q(IsAmong("id", self.ids)) if self.ids else Q(pk__in=[])


def read_selection(value: Any) -> Selection | None:
    """Return what was selected, or None when nothing was said; raises `Invalid` for another shape."""
    if value is None or value == "":
        return None
    if isinstance(value, str | bytes):
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError:
            raise Invalid.field("selectedItems", SHAPE) from None
        if value is None:
            return None
    if not isinstance(value, dict) or not isinstance(value.get("all"), bool):
        raise Invalid.field("selectedItems", SHAPE)
    is_all = value["all"]
    ids = value.get("excluded" if is_all else "included") or []
    if not isinstance(ids, list) or len(ids) > MAX_IDS:
        raise Invalid.field("selectedItems", SHAPE)
    return Selection(is_all, tuple(_task_id(part) for part in ids))


def _task_id(value: Any) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
        raise Invalid.field("selectedItems", f"{quoted(value)} is not the id of a task.")
    return value
