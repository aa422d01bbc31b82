"""The only way from a person and an id to a project."""

from postil.accounts.access import Actor, anybody, reach_of, require, slots_of
from postil.accounts.enums import Role
from postil.accounts.permissions import Permission
from postil.core.errors import Forbidden, NotFound
from postil.infra.prepared import PreparedRows, Slot
from postil.projects import queries
from postil.projects.models import Project, TrashEntry

NO_PROJECT = "No Project matches the given query."

_PROJECT = PreparedRows[Project](lambda reach: queries.visible_projects(anybody(reach)).filter(pk=Slot("project")))


def get_project(who: Actor, project_id: int, can: Permission | None = None) -> Project:
    """Return the project if `who` may see it; to others it does not exist.

    With `can`, raises `Forbidden` if the role does not have this right.
    """
    project = _PROJECT.first(reach_of(who), project=project_id, **slots_of(who))
    if project is None:
        raise NotFound(NO_PROJECT)
    if can is not None:
        require(who, can)
    return project


def require_open(who: Actor, project: Project) -> None:
    """Raise `Forbidden` if the project is put aside and `who` is one of those who label in it."""
    if project.archived_at is not None and not who.role.covers(Role.MANAGER):
        raise Forbidden("This project is archived: it can be read, but not labeled.")


def get_trashed_project(who: Actor, project_id: int) -> Project:
    """Return a project that lies in the trash."""
    try:
        return queries.trashed_projects(who).get(pk=project_id)
    except Project.DoesNotExist:
        raise NotFound(NO_PROJECT) from None


def get_trash_entry(who: Actor, entry_id: int) -> TrashEntry:
    """Return one act of deleting in a project that `who` may see."""
    try:
        return queries.trash_entries(who).get(pk=entry_id)
    except TrashEntry.DoesNotExist:
        raise NotFound("This is not in the trash (any more).") from None
