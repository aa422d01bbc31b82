"""What happened to labels of the library."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LabelLinkCreated:
    project_id: int
    link_id: int


@dataclass(frozen=True, slots=True)
class LabelLinkUpdated:
    project_id: int
    link_id: int


@dataclass(frozen=True, slots=True)
class LabelLinkDeleted:
    project_id: int
    link_id: int
