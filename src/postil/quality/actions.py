"""Declaring a state by hand."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from postil.accounts import audit
from postil.accounts.access import Actor
from postil.core.errors import Invalid
from postil.projects.models import Project
from postil.quality.enums import BY_HAND, Kind
from postil.quality.models import StateTransition


@dataclass(frozen=True, slots=True)
class Subject:
    """What is declared to be in another state."""

    kind: Kind
    id: int
    project: Project
    state: str


@transaction.atomic
def declare_state(*, who: Actor, subject: Subject, name: str, data: dict[str, Any]) -> StateTransition:
    """Note that somebody declared a state; raises `Invalid` for a transition that cannot be asked for."""
    allowed = BY_HAND[subject.kind]
    if name not in allowed:
        words = ", ".join(allowed) or "none; its states follow the work"
        raise Invalid.field("transition_name", f"{name!r} cannot be asked for. Possible for a {subject.kind}: {words}.")
    reason = data.get("reason")
    row = StateTransition.objects.create(
        project=subject.project,
        kind=subject.kind,
        object_id=subject.id,
        state=allowed[name],
        previous_state=subject.state,
        name=name,
        reason=reason if isinstance(reason, str) else "",
        data=data,
        triggered_by=who.user,
    )
    audit.record(
        who,
        "state.declared",
        object_type=subject.kind,
        object_id=subject.id,
        project_id=subject.project.pk,
        details={"state": row.state},
    )
    return row
