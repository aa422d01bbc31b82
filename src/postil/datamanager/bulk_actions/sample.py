"""Draws a random sample of the selected tasks and keeps it as a view, to work on it or to give it to somebody."""

import random
from typing import Any

from postil.accounts.access import Actor
from postil.accounts.permissions import Permission
from postil.core.errors import Invalid
from postil.datamanager.actions import create_view
from postil.datamanager.bulk_action import BulkAction, Call, selected_ids
from postil.datamanager.values import MAX_LIST
from postil.projects.models import Project

LONGEST_TITLE = 100


def _number(call: Call, name: str, default: int | None, most: int) -> int:
    text = str(call.parameters.get(name, default if default is not None else "")).strip()
    if not text.isascii() or not text.isdecimal() or len(text) > 18 or not int(text) <= most:
        raise Invalid.field(name, f"Give a number from 0 to {most:,}.")
    return int(text)


def _draw(call: Call) -> dict[str, Any]:
    """Make a view of so many tasks; the same seed draws the same ones of the same selection."""
    count, seed = _number(call, "count", None, MAX_LIST), _number(call, "seed", 1, 2**53)
    title = call.parameters.get("title") or f"Sample of {count}"
    if not isinstance(title, str) or len(title) > LONGEST_TITLE:
        raise Invalid.field("title", f"Give a title of at most {LONGEST_TITLE} characters.")
    if not count:
        raise Invalid.field("count", "Draw at least one task.")
    ids = selected_ids(call)
    drawn = sorted(random.Random(seed).sample(ids, min(count, len(ids))))  # noqa: S311 -- a sample, no secret
    if not drawn:
        raise Invalid.field("selectedItems", "There are no tasks to draw from.")
    item = {"filter": "filter:tasks:id", "operator": "in_list", "type": "Number", "value": drawn}
    data = {"title": title, "filters": {"conjunction": "and", "items": [item]}}
    view = create_view(who=call.who, project=call.project, data=data)
    return {"processed_items": len(drawn), "view": view.pk, "detail": f"Drew {len(drawn)} tasks into a view"}


def _form(_who: Actor, _project: Project) -> list[dict[str, Any]]:
    fields = [
        {"type": "number", "name": "count", "label": "How many tasks", "value": 100},
        {"type": "number", "name": "seed", "label": "Seed", "value": 1,
         "help": "The same seed draws the same tasks again"},
        {"type": "input", "name": "title", "label": "Name of the view", "placeholder": "Sample of 100"},
    ]  # fmt: skip
    return [{"columnCount": 1, "fields": fields}]


SAMPLE_TASKS = BulkAction(
    id="sample_tasks",
    title="Draw a Random Sample",
    order=97,
    permissions=(Permission.VIEW_CHANGE,),
    run=_draw,
    text="A random sample of the selected tasks becomes a view. The tasks stay as they are.",
    is_destructive=False,
    form=_form,
)
