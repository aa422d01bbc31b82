"""Work that exports leave for later."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MakeExport:
    """Write a snapshot; with `export_type` also its conversion."""

    export_id: int
    organization_id: int
    user_id: int
    export_type: str = ""
    raw_cells: bool = False


@dataclass(frozen=True)
class ConvertExport:
    """Convert a snapshot into another format."""

    converted_id: int
    organization_id: int
    user_id: int
    raw_cells: bool = False
