"""Label Studio's shape of state histories."""

from typing import Any

from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

from postil.accounts.documents import user_simple
from postil.core.clock import iso
from postil.core.errors import Invalid
from postil.infra.bodies import Body
from postil.labeling.distribution import distributions
from postil.quality import shapes
from postil.quality.queries import Step


class TransitionIn(Body):
    transition_name: str
    transition_data: dict[str, Any] | None = None


def step_json(step: Step) -> shapes.StateRecord:
    """Return one state of a history."""
    return {
        "id": step.id,
        "state": step.state,
        "previous_state": step.previous,
        "transition_name": step.name,
        "triggered_by": user_simple(step.by) if step.by else None,
        "reason": step.reason,
        "context_data": {},
        "created_at": iso(step.at),
    }


def distributions_json(results: list[Any]) -> shapes.Agreement:
    """Return how the answers in some results are spread."""
    shown: dict[str, shapes.Distribution] = {}
    for name, found in distributions(results).items():
        shown[name] = {"type": found.type, "labels": dict(found.labels)}
        if found.numbers:
            shown[name]["average"], shown[name]["count"] = found.average, len(found.numbers)
    return {"total_annotations": len(results), "distributions": shown}


def asked_for(steps: list[Step], request: HttpRequest) -> list[Step]:
    """Return the steps that the query asks for, in its order (`ordering=id`: oldest first)."""
    wanted = request.GET
    keys = {"state": "state", "previous_state": "previous", "transition_name": "name"}
    for name, attribute in keys.items():
        if name in wanted:
            steps = [step for step in steps if getattr(step, attribute) == wanted[name]]
    if "triggered_by" in wanted:
        steps = [step for step in steps if step.by is not None and str(step.by.pk) == wanted["triggered_by"]]
    for name in ("created_at_from", "created_at_to"):
        if name in wanted:
            moment = parse_datetime(wanted[name].replace(" ", "+"))
            if moment is None:
                raise Invalid.field(name, "Give a time as YYYY-MM-DDTHH:MM:SSZ.")
            is_from = name.endswith("from")
            steps = [step for step in steps if (step.at >= moment if is_from else step.at <= moment)]
    return steps if wanted.get("ordering", "-id").startswith("-") else steps[::-1]
