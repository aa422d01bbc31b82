"""The only way from a person and an id to a view."""

from django.db.models import QuerySet

from postil.accounts.access import Actor
from postil.accounts.enums import Role
from postil.accounts.models import Membership
from postil.accounts.permissions import Permission
from postil.core.errors import Forbidden, NotFound
from postil.datamanager.column import Scope
from postil.datamanager.models import View
from postil.datamanager.queries import seen_by, views_of
from postil.projects.access import get_project
from postil.projects.models import Project
from postil.projects.queries import visible_projects


def get_view(who: Actor, view_id: int, can: Permission | None = None) -> View:
    """Return the view if `who` may see its project; to others it does not exist."""
    try:
        views = View.objects.select_related("project").filter(seen_by(who.user))
        view = views.get(pk=view_id, project__organization=who.organization)
    except View.DoesNotExist:
        raise NotFound("No View matches the given query.") from None
    try:
        view.project = get_project(who, view.project_id, can)
    except NotFound:
        raise NotFound("No View matches the given query.") from None
    return view


def author_of(user_id: int, organization_id: int) -> Actor:
    """Return who asked for something that a job does, with the role of now; raises `Forbidden` if they left."""
    members = Membership.objects.select_related("user", "organization").filter(deleted_at=None, user__is_active=True)
    member = members.filter(user_id=user_id, organization_id=organization_id).first()
    if member is None:
        raise Forbidden("The person who asked for this is no longer a member.")
    return Actor(member.user, member.organization, Role(member.role), kind="system", key_id="job", ip="")


def get_trashed_view(who: Actor, view_id: int) -> View:
    """Return a view that lies in the trash of a project that `who` may change."""
    view = View.all_objects.exclude(deleted_at=None).select_related("trash").filter(pk=view_id).first()
    if view is None:
        raise NotFound("No View matches the given query.")
    get_project(who, view.project_id, Permission.VIEW_CHANGE)
    return view


def scope_of(who: Actor, project: Project, display_types: dict[str, str] | None = None) -> Scope:
    """Return whose eyes look at the project's tasks."""
    return Scope(
        project=project,
        user=who.user,
        sees_all_annotations=who.may(Permission.ANNOTATION_VIEW_ALL),
        display_types=display_types or {},
    )


def views_for(who: Actor, project_id: int | None) -> QuerySet[View]:
    """Return the views of one project, or of all projects that this person may see."""
    if project_id is not None:
        return views_of(get_project(who, project_id), who.user)
    seen = View.objects.filter(seen_by(who.user), project__in=visible_projects(who))
    return seen.order_by("project_id", "order", "pk")
