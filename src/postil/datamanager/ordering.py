"""Reads `ordering`: a list of columns, the first one counts most; equal tasks stay in the order of their ids."""

from typing import Any

from django.db.models import F
from django.db.models.expressions import OrderBy

from postil.core.errors import Invalid
from postil.datamanager.column import Order, Scope
from postil.datamanager.data_column import DataColumn
from postil.datamanager.filters import find_column

PREFIX = "tasks:"
MAX_KEYS = 10


def split_key(key: str) -> tuple[str, bool]:
    """Return the column and whether it goes downwards, of `tasks:x`, `-tasks:x`, `tasks:-x`, `x` or `-x`."""
    descending = key.startswith("-")
    name = key.removeprefix("-").removeprefix(PREFIX)
    if name.startswith("-"):
        return name[1:], True
    return name, descending


def compile_ordering(ordering: Any, scope: Scope) -> Order:
    """Return how to sort; raises `Invalid` for an unknown column."""
    if ordering in (None, ""):
        ordering = []
    if isinstance(ordering, str):
        ordering = [ordering]
    if not isinstance(ordering, list) or not all(isinstance(key, str) for key in ordering):
        raise Invalid.field("ordering", 'A list of columns is needed, such as ["tasks:id"].')
    if len(ordering) > MAX_KEYS:
        raise Invalid.field("ordering", f"At most {MAX_KEYS} columns can be given.")
    found: Order = []
    downwards = False
    for key in ordering:
        name, downwards = split_key(key)
        if name == "id":
            return [*found, OrderBy(F("id"), descending=downwards)]
        found += find_column(name, scope).order(scope, descending=downwards)
    return [*found, OrderBy(F("id"))]


def first_key_is_indexed(ordering: Any, scope: Scope) -> bool:
    """Whether tasks are sorted first by a key of the data, for which there may be an index."""
    keys = [ordering] if isinstance(ordering, str) else ordering
    return bool(keys) and isinstance(find_column(split_key(keys[0])[0], scope), DataColumn)
