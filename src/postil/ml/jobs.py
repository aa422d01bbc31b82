"""Work that model servers are asked for later."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StartTraining:
    """Ask the servers of a project to train."""

    project_id: int
