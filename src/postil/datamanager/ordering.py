"""Reads `ordering`: a list of columns, the first one counts most; equal tasks stay in the order of their ids."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.db.models.expressions import OrderBy

from postil.core.errors import Invalid
from postil.datamanager.beforehand import ready_index
from postil.datamanager.column import Order, Scope
from postil.datamanager.data_column import DataColumn, data_order
from postil.datamanager.filters import find_column
from postil.datamanager.indexed_data import COPIED, COPIED_OWNER
from postil.datamanager.models import ColumnIndex
from postil.infra.column_index import index_order
from postil.infra.db import is_postgres
from postil.infra.value_index import entry_order

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


def by_entries(ordering: Any, scope: Scope) -> tuple[ColumnIndex, Sequence[Any]] | None:
    """Return the index of the first key, if it is a key of the data that has one, and how it is sorted by that."""
    keys = [ordering] if isinstance(ordering, str) else ordering
    if not keys:
        return None
    name, downwards = split_key(keys[0])
    column = find_column(name, scope)
    if not isinstance(column, DataColumn) or scope.display_types.get(column.id) == "Number":
        return None
    made = ready_index(scope, column.id, is_downwards=downwards)
    if made is None:
        return None
    if is_postgres():
        first = data_order(COPIED, column.path, descending=downwards)
        return made, [index_order(COPIED_OWNER), *first, *compile_ordering(keys[1:], scope)]
    rest = compile_ordering(keys[1:], scope) if len(keys) > 1 else []
    return made, [*entry_order(is_downwards=downwards, with_mark=not rest), *rest]
