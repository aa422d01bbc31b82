"""Routes of the task table, its views, columns and bulk actions."""

from dataclasses import replace
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from postil.accounts.access import actor, needs
from postil.accounts.permissions import Permission
from postil.core.errors import Invalid
from postil.datamanager import (
    access,
    actions,
    calls,
    catalog,
    documents,
    listing,
    schemas,
    sentences,
    shapes,
    value_counts,
)
from postil.datamanager.api_projects import router as projects_router
from postil.datamanager.models import View
from postil.infra.http import bool_param, check_if_match, etag, int_param, page_of, read_body
from postil.infra.picking import names_asked
from postil.infra.shapes import JsonObject
from postil.projects.access import get_project

router = Router(tags=["Data Manager"])
router.add_router("", projects_router)


@router.get("/tasks/", operation_id="api_tasks_list")
@needs(Permission.TASK_VIEW, lent=True)
def list_tasks(request: HttpRequest) -> Annotated[HttpResponse, shapes.TaskPage]:
    """List tasks of a project or a view: one page, with filters and ordering."""
    page, size = page_of(request, default_size=listing.DEFAULT_PAGE_SIZE)
    asked = listing.read_asked(request.GET.dict(), read_body(request))
    body = listing.task_page(
        actor(request),
        replace(asked, only_annotated=bool_param(request, "only_annotated")),
        page=page,
        size=size,
        full=request.GET.get("fields") == "all",
        resolve=bool_param(request, "resolve_uri", default=True),
        fields=names_asked(request, "include") or None,
        omitted=names_asked(request, "omit"),
        quick=request.GET.get("totals") == "quick",
    )
    return HttpResponse(body, content_type="application/json")


@router.get("/dm/totals/", operation_id="api_dm_totals_read")
@needs(Permission.TASK_VIEW)
def read_totals(request: HttpRequest) -> shapes.Totals:
    """Count the tasks of a project or a view that filters let through, and what hangs on them."""
    return listing.totals_json(actor(request), listing.read_asked(request.GET.dict(), read_body(request)))


@router.get("/dm/columns/", operation_id="api_dm_columns_list")
@needs(Permission.TASK_VIEW)
def list_columns(request: HttpRequest, project: int, every: bool = False) -> shapes.Columns:
    """List the columns of a project's task table; `every` also those that other programs do not expect."""
    who = actor(request)
    return {"columns": catalog.columns_json(access.scope_of(who, get_project(who, project)), every=every)}


@router.get("/dm/values/", operation_id="api_dm_values_list")
@needs(Permission.TASK_VIEW)
def list_values(request: HttpRequest, project: int, column: str, search: str = "") -> shapes.Values:
    """List the most frequent values of a column, with how often they occur."""
    who = actor(request)
    return value_counts.values_of(access.scope_of(who, get_project(who, project)), column, search).as_json()


@router.post("/dm/explain/", operation_id="api_dm_explain_create")
@needs(Permission.TASK_VIEW)
def explain(request: HttpRequest, payload: schemas.ExplainIn) -> shapes.Explained:
    """Say in a sentence which tasks filters let through, and what is wrong with them."""
    who = actor(request)
    scope = access.scope_of(who, get_project(who, payload.project))
    return sentences.explained(payload.filters, payload.ordering, scope)


@router.get("/dm/position/", operation_id="api_dm_position_read")
@needs(Permission.TASK_VIEW)
def read_position(request: HttpRequest, task: int) -> shapes.Position:
    """Say at which place of the table, from 0 on, a task stands; null when filters leave it out."""
    asked = listing.read_asked(request.GET.dict(), read_body(request))
    return {"index": listing.position_of(actor(request), asked, task)}


@router.get("/dm/project/", operation_id="api_dm_project_read")
@needs(Permission.PROJECT_VIEW)
def read_project(request: HttpRequest, project: int) -> shapes.TableProject:
    """Return the project as the task table needs it."""
    who = actor(request)
    return documents.project_for_table(who, get_project(who, project))


@router.get("/dm/views/", operation_id="api_dm_views_list", response=list[schemas.ViewOut])
@needs(Permission.VIEW_VIEW)
def list_views(request: HttpRequest) -> list[dict[str, Any]]:
    """List the views of a project, or of all projects that one may see."""
    views = access.views_for(actor(request), int_param(request, "project"))
    return [schemas.view_json(view) for view in views]


@router.post("/dm/views/", response={201: schemas.ViewOut}, operation_id="api_dm_views_create")
@needs(Permission.VIEW_CHANGE)
def create_view(request: HttpRequest, payload: schemas.ViewIn) -> Status[Any]:
    """Add a view."""
    who = actor(request)
    project = get_project(who, payload.project, Permission.VIEW_CHANGE)
    view = actions.create_view(who=who, project=project, data=payload.data, is_private=payload.is_private)
    return Status(201, schemas.view_json(view))


@router.post("/dm/views/order/", response={200: None}, operation_id="api_dm_views_order_create")
@needs(Permission.VIEW_CHANGE)
def order_views(request: HttpRequest, payload: schemas.ViewOrderIn) -> HttpResponse:
    """Put the views of a project into an order."""
    project = get_project(actor(request), payload.project, Permission.VIEW_CHANGE)
    actions.order_views(project=project, ids=payload.ids)
    return HttpResponse(b"", content_type="text/plain")


@router.delete("/dm/views/reset/", response={204: None}, operation_id="api_dm_views_reset_delete")
@needs(Permission.VIEW_CHANGE)
def reset_views(request: HttpRequest) -> Status[Any]:
    """Put all views of a project into the trash."""
    who = actor(request)
    project_id = listing.read_asked(request.GET.dict(), read_body(request)).project_id
    if project_id is None:
        raise Invalid.field("project", "This field may not be null.")
    actions.reset_views(who=who, project=get_project(who, project_id, Permission.VIEW_CHANGE))
    return Status(204, None)


@router.get("/dm/views/{int:view_id}/", response=schemas.ViewOut, operation_id="api_dm_views_read")
@needs(Permission.VIEW_VIEW)
def read_view(request: HttpRequest, view_id: int, response: HttpResponse) -> dict[str, Any]:
    """Return one view; its `ETag` names its revision."""
    view = access.get_view(actor(request), view_id)
    response["ETag"] = etag(view.revision)
    return schemas.view_json(view)


@router.api_operation(
    ["PATCH", "PUT"], "/dm/views/{int:view_id}/", response=schemas.ViewOut, operation_id="api_dm_views_update"
)
@needs(Permission.VIEW_CHANGE)
def update_view(
    request: HttpRequest, view_id: int, payload: schemas.ViewPatch, response: HttpResponse
) -> dict[str, Any]:
    """Change a view; what the request does not name stays. `If-Match` refuses a view that somebody saved meanwhile."""
    who = actor(request)
    view = access.get_view(who, view_id, Permission.VIEW_CHANGE)

    def may_change(stored: View) -> None:
        check_if_match(request, stored.revision, lambda: schemas.view_json(stored))

    if payload.data is not None or payload.is_private is not None:
        view = actions.update_view(
            who=who, view=view, data=payload.data, is_private=payload.is_private, may_change=may_change
        )
    response["ETag"] = etag(view.revision)
    return schemas.view_json(view)


@router.delete("/dm/views/{int:view_id}/", response={204: None}, operation_id="api_dm_views_delete")
@needs(Permission.VIEW_CHANGE)
def delete_view(request: HttpRequest, view_id: int) -> Status[Any]:
    """Put a view into the trash."""
    who = actor(request)
    actions.delete_view(who=who, view=access.get_view(who, view_id, Permission.VIEW_CHANGE))
    return Status(204, None)


@router.post("/dm/views/{int:view_id}/restore/", response=schemas.ViewOut, operation_id="api_dm_views_restore")
@needs(Permission.VIEW_CHANGE)
def restore_view(request: HttpRequest, view_id: int) -> dict[str, Any]:
    """Bring a view back from the trash."""
    who = actor(request)
    return schemas.view_json(actions.restore_view(who=who, view=access.get_trashed_view(who, view_id)))


@router.get("/dm/actions/", operation_id="api_dm_actions_list")
@needs(Permission.TASK_VIEW)
def list_actions(request: HttpRequest, project: int) -> list[shapes.Action]:
    """List the bulk actions that one may use."""
    who = actor(request)
    get_project(who, project)
    return calls.listed_actions(who)


@router.post("/dm/actions/", response={200: Any, 202: Any}, operation_id="api_dm_actions_create")
@needs(Permission.TASK_VIEW, waits=True)
def run_action(request: HttpRequest, mode: str = "") -> Status[shapes.ActionAnswer]:
    """Run a bulk action on the selected tasks; with `mode=preview` only count, with `mode=job` let a job do it."""
    action = calls.find_action(request.GET.get("id"))
    body = read_body(request)
    asked = calls.Asked(
        project_id=int_param(request, "project"),
        view_id=int_param(request, "view") or int_param(request, "tabID"),
        body=body if isinstance(body, dict) else {},
        mode=mode,
    )
    return Status(*calls.run_action(actor(request), action, asked))


@router.post("/dm/undo/", response={200: Any, 202: Any}, operation_id="api_dm_undo_create")
@needs(Permission.TASK_CHANGE, waits=True)
def undo_action(request: HttpRequest, payload: schemas.UndoIn) -> Status[JsonObject]:
    """Take back what a bulk action did, by the job that did it."""
    who = actor(request)
    return Status(*calls.undo(who, get_project(who, payload.project), str(payload.job)))


@router.get("/dm/actions/{str:action_id}/form/", operation_id="api_dm_actions_form_read")
@needs(Permission.TASK_VIEW)
def read_action_form(request: HttpRequest, action_id: str, project: int) -> list[shapes.ActionFormRow]:
    """Return the fields that an action asks for."""
    who = actor(request)
    return calls.action_form(who, calls.find_action(action_id), get_project(who, project))
