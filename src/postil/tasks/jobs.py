"""Work that tasks leave for later."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReviseOverlap:
    """Give the tasks of a project the overlap of its settings; `reach` is a value of `overlap.Reach`."""

    project_id: int
    reach: str
