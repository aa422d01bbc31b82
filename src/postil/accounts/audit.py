"""The audit log: one row an act, written in its transaction."""

from typing import Any

from postil.accounts.access import Actor
from postil.accounts.models import AuditRow, Organization, User


def record(
    who: Actor | None,
    action: str,
    *,
    object_type: str = "",
    object_id: object = "",
    project_id: int | None = None,
    organization: Organization | None = None,
    details: dict[str, Any] | None = None,
    user: User | None = None,
    ip: str = "",
) -> None:
    """Write one row. Without an actor `user` and `ip` may say who it was about (a failed log-in, the command line).

    `details` must hold no secret and no task text.
    """
    if who is not None:
        user, ip, organization = who.user, who.ip, organization or who.organization
    AuditRow.objects.create(
        actor=user,
        actor_kind=f"{who.kind} {who.key_id}".strip() if who is not None else "system",
        ip=ip,
        action=action,
        object_type=object_type,
        object_id=str(object_id),
        project_id=project_id,
        organization=organization,
        details=details or {},
    )
