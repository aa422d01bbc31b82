"""What happened to people; for the packages above."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MemberRemoved:
    """A person left an organization; their work stays."""

    organization_id: int
    user_id: int


@dataclass(frozen=True)
class RoleChanged:
    """A member has another role now."""

    organization_id: int
    user_id: int
    role: str
