"""Work about labels that is left for later."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CollectFacts:
    """Look at the annotations of a project that nobody looked at yet."""

    project_id: int
