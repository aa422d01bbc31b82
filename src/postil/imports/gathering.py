"""Reads sources to their end: good tasks go to the spool, bad ones become errors with their place."""

from collections.abc import Iterable

from postil.core.errors import Invalid
from postil.core.result import ItemError
from postil.formats.importer import TaskItem
from postil.imports.checking import Checker
from postil.imports.sources import Source
from postil.imports.spool import TaskSpool
from postil.infra.jobs import Run

MAX_TASKS = 1_000_000
MAX_MESSAGES = 100
STOP_AFTER_ERRORS = 10_000
MAX_KEYS = 1_000
MAX_REASON = 2_000


class Gathering:
    """One reading of all sources. `messages` are the first errors as the import's answer words them."""

    def __init__(self, *, checker: Checker | None, spool: TaskSpool, run: Run, allowed_uploads: frozenset[int]) -> None:
        self._checker = checker
        self._spool = spool
        self._run = run
        self._allowed_uploads = allowed_uploads
        self._named = False
        self.messages: list[str] = []
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
                self._run.progress(self._spool.count + self.error_count)
                if self.error_count >= STOP_AFTER_ERRORS:
                    return

    def _take(self, source: Source, index: int, item: TaskItem) -> None:
        problems = self._checker.prepare(item) if self._checker is not None else []
        for problem in problems:
            self._refuse(source, index, ItemError(item.where, problem.reason, problem.field))
        if problems or self.error_count:
            # Nothing will be stored any more: the rest is read for its errors only.
            return
        if self._spool.count >= MAX_TASKS:
            raise Invalid.items([f"At most {MAX_TASKS} tasks can be imported at once. Split the import."])
        if source.upload_id is not None:
            item.file_upload_id = source.upload_id
        elif item.file_upload_id not in self._allowed_uploads:
            item.file_upload_id = None
        if len(source.keys) < MAX_KEYS:
            source.keys.update(dict.fromkeys(item.data))
        self._spool.add(item)

    def _refuse(self, source: Source, index: int, error: ItemError) -> None:
        is_whole_file = error.where == "file" or error.where.startswith("line ")
        if not source.name and is_whole_file:
            # The body itself is broken, not one of its items.
            sentence = f"{error.where}: {error.reason}" if error.where != "file" else f"the body {error.reason}"
            raise Invalid(
                f"JSON parse error - {sentence}", fields={"non_field_errors": [f"JSON parse error: {sentence}"]}
            )
        self.error_count += 1
        place = f"{source.name[:80]}, {error.where}" if self._named and source.name else error.where
        self._run.item_error(ItemError(place[:200], error.reason[:MAX_REASON], error.field[:200]))
        if len(self.messages) >= MAX_MESSAGES:
            return
        field = f"`{error.field}` " if error.field else ""
        reason = error.reason[:MAX_REASON]
        if error.where == "file":
            self.messages.append(f"Failed to parse input file {source.name[:200]}: {field}{reason}")
        elif error.where.startswith("item "):
            self.messages.append(f"Error at item {index}: {field}{reason}")
        else:
            column = f", column `{error.field}`" if error.field else ""
            self.messages.append(f"Error at item {index}: {place}{column}: {reason}")
