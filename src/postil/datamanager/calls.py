"""Runs bulk actions: finds the action, checks the rights and the selection, hands over the tasks."""

from typing import Any

from postil.accounts.access import Actor, require
from postil.core.errors import Invalid, NotFound, Unprocessable
from postil.datamanager.access import get_view, scope_of
from postil.datamanager.bulk_action import BulkAction, Call, action_json
from postil.datamanager.bulk_actions import ACTIONS
from postil.datamanager.queries import filtered_tasks
from postil.datamanager.request import TaskQuery, read_query
from postil.projects.access import get_project
from postil.projects.models import Project

NO_SELECTION = 'Say which tasks are meant: send selectedItems ({"all": true} means every task), filters or a view.'


def find_action(action_id: str | None) -> BulkAction:
    """Return the action; raises `Unprocessable` without an id and `NotFound` for an unknown one."""
    if not action_id:
        raise Unprocessable('No action id "None", use ?id=<action-id>')
    if action_id not in ACTIONS:
        raise NotFound(f"There is no action {action_id!r}.")
    return ACTIONS.get(action_id)


def listed_actions(who: Actor) -> list[dict[str, Any]]:
    """Return the actions that this person may use, in their order."""
    actions = [action for _, action in ACTIONS.items() if action.is_listed]
    allowed = [action for action in actions if all(who.may(permission) for permission in action.permissions)]
    return [action_json(action) for action in sorted(allowed, key=lambda action: action.order)]


def action_form(who: Actor, action: BulkAction, project: Project) -> list[dict[str, Any]]:
    """Return the fields that the page asks before it runs the action."""
    for permission in action.permissions:
        require(who, permission)
    return action.form(who, project) if action.form is not None else []


def run_action(who: Actor, action: BulkAction, *, project_id: int | None, view_id: int | None, body: Any) -> Any:
    """Run an action on the tasks that the body and the view mean; returns its answer."""
    for permission in action.permissions:
        require(who, permission)
    body = body if isinstance(body, dict) else {}
    project, query, is_named = _question(who, project_id, view_id, body)
    if action.is_destructive and not is_named:
        raise Invalid.field("selectedItems", NO_SELECTION)
    scope = scope_of(who, project, query.display_types)
    tasks = filtered_tasks(query, scope)
    return action.run(Call(who, project, tasks, body, is_everything=not query.is_restricted or _is_all(query)))


def _is_all(query: TaskQuery) -> bool:
    has_filters = isinstance(query.filters, dict) and bool(query.filters.get("items"))
    return not has_filters and query.selection is not None and query.selection.is_all and not query.selection.ids


def _question(
    who: Actor, project_id: int | None, view_id: int | None, body: dict[str, Any]
) -> tuple[Project, TaskQuery, bool]:
    """Return the project, which tasks are meant, and whether anybody said so."""
    if view_id is None:
        if project_id is None:
            raise Invalid.field("project", "This field is required.")
        query = read_query(body)
        return get_project(who, project_id), query, query.is_restricted
    view = get_view(who, view_id)
    if project_id is not None and project_id != view.project_id:
        raise Invalid.field("view", f"View {view_id} does not belong to project {project_id}.")
    stored = view.data if isinstance(view.data, dict) else {}
    # What the page shows right now counts more than what the view has saved.
    return view.project, read_query({**stored, "selectedItems": None, **_said(body)}), True


def _said(body: dict[str, Any]) -> dict[str, Any]:
    return {key: body[key] for key in ("filters", "ordering", "selectedItems") if body.get(key) is not None}
