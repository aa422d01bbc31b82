"""Routes of projects."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from postil.accounts.access import actor, needs
from postil.accounts.documents import user_simple
from postil.accounts.permissions import Permission
from postil.infra.http import paginate
from postil.infra.picking import names_asked, picked
from postil.infra.shapes import Page
from postil.projects import access, actions, documents, lists, queries, schemas, shapes
from postil.projects.api_configs import router as configs_router
from postil.projects.api_trash import router as trash_router
from postil.projects.models import Project
from postil.projects.ports import Queue
from postil.projects.trash import entry_of, restore_entry

router = Router(tags=["Projects"])
router.add_router("", configs_router)
router.add_router("", trash_router)
DEFAULT_PAGE = 30


@router.get("/projects/", operation_id="api_projects_list")
@needs(Permission.PROJECT_VIEW, lent=True)
def list_projects(
    request: HttpRequest, page: str = "", page_size: str = "", ids: str = "", title: str = ""
) -> Page[shapes.ProjectOrPart]:
    """List projects: pinned ones first, then the newest."""
    who = actor(request)
    include = names_asked(request, "include")
    found = lists.asked_for(queries.visible_projects(who).select_related("created_by"), request)

    def shown(rows: list[Project]) -> list[shapes.ProjectOrPart]:
        return picked(request, [*documents.projects_json(rows, who.user, include)])

    return paginate(request, found, shown, default_size=DEFAULT_PAGE)


@router.post("/projects/", response={201: Any}, operation_id="api_projects_create")
@needs(Permission.PROJECT_CREATE)
def create_project(request: HttpRequest, payload: schemas.ProjectIn) -> Status[shapes.Project]:
    """Make a project."""
    project = actions.create_project(who=actor(request), fields=payload.fields())
    return Status(201, documents.project_json(project, Queue(), with_counters=False))


@router.get("/projects/counts/", operation_id="api_projects_counts_list")
@needs(Permission.PROJECT_VIEW)
def list_counts(request: HttpRequest, page: str = "", page_size: str = "", ids: str = "") -> Page[shapes.ProjectCounts]:
    """List the counters of projects."""
    found = lists.asked_for(queries.visible_projects(actor(request)), request)

    def shown(rows: list[Project]) -> list[shapes.ProjectCounts]:
        return picked(request, [documents.counts_json(row) for row in rows])

    return paginate(request, found, shown, default_size=DEFAULT_PAGE)


@router.get("/projects/{int:project_id}/", operation_id="api_projects_read")
@needs(Permission.PROJECT_VIEW, lent=True)
def read_project(request: HttpRequest, project_id: int, include: str = "") -> shapes.ProjectOrPart:
    """Return one project."""
    who = actor(request)
    project = access.get_project(who, project_id)
    return picked(request, documents.one_project_json(project, who.user, names_asked(request, "include")))


@router.api_operation(["PATCH", "PUT"], "/projects/{int:project_id}/", operation_id="api_projects_update")
@needs(Permission.PROJECT_CHANGE)
def update_project(request: HttpRequest, project_id: int, payload: schemas.ProjectIn) -> shapes.Project:
    """Change what is sent; everything else stays."""
    who = actor(request)
    project = access.get_project(who, project_id, Permission.PROJECT_CHANGE)
    changed = actions.update_project(who=who, project=project, fields=payload.fields())
    return documents.one_project_json(changed, who.user)


@router.delete("/projects/{int:project_id}/", response={204: None}, operation_id="api_projects_delete")
@needs(Permission.PROJECT_DELETE)
def delete_project(request: HttpRequest, project_id: int) -> Status[Any]:
    """Put the project into the trash."""
    who = actor(request)
    actions.delete_project(who=who, project=access.get_project(who, project_id, Permission.PROJECT_DELETE))
    return Status(204, None)


@router.post("/projects/{int:project_id}/archive/", operation_id="api_projects_archive")
@needs(Permission.PROJECT_CHANGE)
def archive_project(request: HttpRequest, project_id: int) -> shapes.Project:
    """Put a project aside: it leaves the list, and nobody labels in it until it is taken up again."""
    who = actor(request)
    project = access.get_project(who, project_id, Permission.PROJECT_CHANGE)
    return documents.one_project_json(actions.archive_project(who=who, project=project), who.user)


@router.post("/projects/{int:project_id}/unarchive/", operation_id="api_projects_unarchive")
@needs(Permission.PROJECT_CHANGE)
def unarchive_project(request: HttpRequest, project_id: int) -> shapes.Project:
    """Take up a project again that was put aside."""
    who = actor(request)
    project = access.get_project(who, project_id, Permission.PROJECT_CHANGE)
    return documents.one_project_json(actions.archive_project(who=who, project=project, is_archived=False), who.user)


@router.post("/projects/{int:project_id}/restore/", operation_id="api_projects_restore")
@needs(Permission.TRASH)
def restore_project(request: HttpRequest, project_id: int) -> shapes.Project:
    """Bring a project back from the trash."""
    who = actor(request)
    restore_entry(who=who, entry=entry_of(access.get_trashed_project(who, project_id)))
    return documents.one_project_json(access.get_project(who, project_id), who.user)


@router.get("/projects/{int:project_id}/members/", operation_id="api_projects_members_list")
@needs(Permission.PROJECT_VIEW)
def list_members(request: HttpRequest, project_id: int) -> list[shapes.ProjectMember]:
    """List who was added to the project."""
    project = access.get_project(actor(request), project_id)
    return lists.members_json(project)


@router.post("/projects/{int:project_id}/members/", response={201: Any}, operation_id="api_projects_members_create")
@needs(Permission.PROJECT_CHANGE)
def add_member(request: HttpRequest, project_id: int, payload: schemas.MemberIn) -> Status[shapes.ProjectMember]:
    """Let a member of the organization work in the project."""
    who = actor(request)
    project = access.get_project(who, project_id, Permission.PROJECT_CHANGE)
    member = actions.add_member(who=who, project=project, user_id=payload.user)
    return Status(
        201, {"user": user_simple(member.user), "role": lists.roles_of(project, [member.user_id])[member.user_id]}
    )


@router.delete(
    "/projects/{int:project_id}/members/{int:user_id}/",
    response={204: None},
    operation_id="api_projects_members_delete",
)
@needs(Permission.PROJECT_CHANGE)
def remove_member(request: HttpRequest, project_id: int, user_id: int) -> Status[Any]:
    """Take the project away from a person; their work stays."""
    who = actor(request)
    project = access.get_project(who, project_id, Permission.PROJECT_CHANGE)
    actions.remove_member(who=who, project=project, user_id=user_id)
    return Status(204, None)
