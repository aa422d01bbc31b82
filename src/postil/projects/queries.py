"""Reads of projects."""

from django.db.models import F, QuerySet

from postil.accounts.access import Actor
from postil.accounts.enums import Role
from postil.projects.models import Project, ProjectMember, TrashEntry


def visible_projects(who: Actor) -> QuerySet[Project]:
    """Return the projects that `who` may see: all of the organization for managers and above, else those one is in.

    A lent key sees its one project, if its lender does.
    """
    return _within_reach(Project.objects.all(), who)


def trashed_projects(who: Actor) -> QuerySet[Project]:
    """Return the projects in the trash that `who` could see before."""
    return _within_reach(Project.all_objects.exclude(deleted_at=None), who)


def _within_reach(projects: QuerySet[Project], who: Actor) -> QuerySet[Project]:
    projects = projects.filter(organization=who.organization)
    if who.only_project is not None:
        projects = projects.filter(pk=who.only_project)
    if who.role.covers(Role.MANAGER):
        return projects
    return projects.filter(pk__in=ProjectMember.objects.filter(user=who.user).values("project"))


def in_default_order(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Order projects as the list shows them: pinned ones first, then the newest."""
    return projects.order_by(F("pinned_at").desc(nulls_last=True), "-created_at", "-pk")


def members_of(project: Project) -> QuerySet[ProjectMember]:
    """Return who was added to the project, in the order of joining."""
    return ProjectMember.objects.filter(project=project).select_related("user").order_by("pk")


def trash_entries(who: Actor) -> QuerySet[TrashEntry]:
    """Return what lies in the trash of the projects that `who` may see, newest first."""
    projects = _within_reach(Project.all_objects.all(), who)
    entries = TrashEntry.objects.filter(organization=who.organization, project__in=projects, erasing_at=None)
    return entries.select_related("project", "deleted_by").order_by("-pk")
