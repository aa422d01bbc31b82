"""Work that the data manager leaves for later."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PrepareColumn:
    """Make the index of a `ColumnIndex` row."""

    index_id: int


@dataclass(frozen=True)
class RunBulkAction:
    """Go on with a `BulkRun` where it stands."""

    run_id: int
    title: str = ""


@dataclass(frozen=True)
class UndoBulkAction:
    """Take back what a `BulkRun` did."""

    run_id: int


@dataclass(frozen=True)
class CopyTasks:
    """Bring the tasks of one project into another, as a `ProjectCopy` says."""

    copy_id: int


@dataclass(frozen=True)
class PrepareSearch:
    """Read the words of a project that full-text search does not know yet."""

    project_id: int
