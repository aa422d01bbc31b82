"""On whose behalf a command acts, and on which project."""

from postil.accounts.access import Actor, actor_of
from postil.accounts.models import User
from postil.cli.errors import CommandError
from postil.cli.first_steps import first_owner
from postil.projects.models import Project
from postil.projects.queries import visible_projects


def find_who(email: str) -> Actor:
    """Return the named person as actor, or the first owner."""
    if not email:
        return actor_of(first_owner())
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise CommandError(f"Nobody has the address {email}.")
    return actor_of(user)


def find_project(who: Actor, name: str) -> Project:
    """Return the project with this id or title; raises `CommandError` when there is none or more than one."""
    projects = visible_projects(who)
    if name.isdecimal() and (by_id := projects.filter(pk=int(name)).first()):
        return by_id
    titled = list(projects.filter(title=name)[:2])
    if not titled:
        raise CommandError(f"There is no project {name!r}.")
    if len(titled) > 1:
        raise CommandError(f"Several projects are called {name!r}; give the id.")
    return titled[0]
