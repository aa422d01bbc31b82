"""Reads sources to their end: good tasks go to the spool, bad ones become errors with their place."""

from collections.abc import Iterable
from typing import Any

from postil.core.errors import Invalid
from postil.core.result import ItemError
from postil.formats.importer import TaskItem
from postil.imports.checking import Checker
from postil.imports.sources import Source
from postil.imports.spool import TaskSpool
from postil.infra.jobs import Run

MAX_TASKS = 1_000_000
MAX_MESSAGES = 100
MAX_ENTRIES = 1_000
PROGRESS_EVERY = 50
STOP_AFTER_ERRORS = 10_000
MAX_KEYS = 1_000
MAX_REASON = 2_000
NO_JSON = "is not valid JSON"  # how the reader words it
EMPTY = "holds an empty list"


class Gathering:
    """One reading of all sources. `messages` are the first errors as the import's answer words them.

    `entries` are the same with an empty object for each good item of a single source, as long as there are few items.
    """

    def __init__(self, *, checker: Checker | None, spool: TaskSpool, run: Run, allowed_uploads: frozenset[int]) -> None:
        self._checker = checker
        self._spool = spool
        self._run = run
        self._allowed_uploads = allowed_uploads
        self._named = False
        self.messages: list[str] = []
        self.entries: list[str | dict[str, Any]] = []
        self.error_count = 0

    def read(self, sources: Iterable[Source]) -> None:
        """Read everything; raises `Invalid` for a body that is no JSON and for too many tasks."""
        sources = list(sources)
        self._named = len(sources) > 1
        for source in sources:
            for index, item in enumerate(source.items):
                if isinstance(item, ItemError):
                    self._refuse(source, index, item)
                else:
                    self._take(source, index, item)
                if index % PROGRESS_EVERY == 0:
                    self._run.progress(self._spool.count + self.error_count)
                    if self.error_count >= STOP_AFTER_ERRORS:
                        return

    def _take(self, source: Source, index: int, item: TaskItem) -> None:
        problems = self._checker.prepare(item) if self._checker is not None else []
        for problem in problems:
            self._refuse(source, index, ItemError(item.where, problem.reason, problem.field))
        if not problems and not self._named and len(self.entries) < MAX_ENTRIES:
            self.entries.append({})
        if problems or self.error_count:
            # Nothing will be stored any more: the rest is read for its errors only.
            return
        if self._spool.count >= MAX_TASKS:
            raise Invalid.items([f"At most {MAX_TASKS} tasks can be imported at once. Split the import."])
        if source.upload_id is not None:
            item.file_upload_id = source.upload_id
        elif item.file_upload_id not in self._allowed_uploads:
            item.file_upload_id = None
        shape = tuple(item.data)
        if shape not in source.shapes and len(source.keys) < MAX_KEYS:
            source.shapes.add(shape)
            source.keys.update(dict.fromkeys(shape))
        self._spool.add(item)

    def _refuse(self, source: Source, index: int, error: ItemError) -> None:
        is_broken = error.where == "file" or error.reason.startswith(NO_JSON)
        if not source.name and (is_broken or error.where.startswith("line ")):
            # The body itself is broken, not one of its items.
            place = "the body" if error.where == "file" else error.where
            if error.reason.startswith(EMPTY):
                raise Invalid.items([f"{place} {error.reason}"])
            raise Invalid(
                f"JSON parse error - {place} {error.reason}", fields={"non_field_errors": [f"{place} {error.reason}"]}
            )
        self.error_count += 1
        place = f"{source.name[:80]}, {error.where}" if self._named and source.name else error.where
        self._run.item_error(ItemError(place[:200], error.reason[:MAX_REASON], error.field[:200]))
        if len(self.messages) < MAX_MESSAGES:
            self.messages.append(_sentence(source, index, place, error, is_broken=is_broken))
            self.entries.append(self.messages[-1])

    def found(self) -> list[str | dict[str, Any]]:
        """Return what the answer lists: the first errors and, where they fit, the good items between them."""
        listed: list[str | dict[str, Any]] = [*self.messages] if len(self.entries) >= MAX_ENTRIES else [*self.entries]
        more = self.error_count - len(self.messages)
        if more > 0:
            last = max(place for place, entry in enumerate(listed) if entry)
            listed[last] = f"{listed[last]} (and {more} more errors)"
        return listed


def _sentence(source: Source, index: int, place: str, error: ItemError, *, is_broken: bool) -> str:
    """Return the error as the import's answer words it."""
    reason = error.reason[:MAX_REASON]
    if is_broken:
        where = "" if error.where == "file" else f"{error.where} "
        return f"Failed to parse input file {source.name[:200]}: {where}{reason}"
    if error.where.startswith("item "):
        field = f"`{error.field}` " if error.field else ""
        return f"Error at item {index}: {field}{reason}"
    column = f", column `{error.field}`" if error.field else ""
    return f"Error at item {index}: {place}{column}: {reason}"
