"""What happened to projects."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProjectCreated:
    project_id: int
    organization_id: int


@dataclass(frozen=True, slots=True)
class ProjectUpdated:
    project_id: int
    organization_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProjectDeleted:
    project_id: int
    organization_id: int
