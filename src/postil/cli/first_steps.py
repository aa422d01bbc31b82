"""What the first start makes: the owner, a project, the one-time code."""

from django.db import transaction

from postil.accounts import setup_code
from postil.accounts.access import actor_of
from postil.accounts.actions import joining, people, tokens
from postil.accounts.models import User
from postil.cli.errors import CommandError, out
from postil.cli.first_project import FirstProject
from postil.infra.config import Config
from postil.projects.actions import ProjectFields, create_project
from postil.projects.models import Project

TOKEN_LENGTHS = range(16, 129)


@transaction.atomic
def make_owner(config: Config) -> None:
    """Make the first owner if the environment names one; for an account that exists only the token is set."""
    if not config.username:
        return
    if config.user_token and len(config.user_token) not in TOKEN_LENGTHS:
        raise CommandError("The user token must have 16 to 128 characters.")
    user = User.objects.filter(email__iexact=config.username).first()
    if user is None:
        if not joining.needs_owner():
            raise CommandError(
                f"{config.username} has no account here, and there is an owner already. Use `postil user create`."
            )
        if not config.password:
            raise CommandError("The first owner needs a password: give --password or POSTIL_PASSWORD.")
        user = joining.create_first_owner(email=config.username, password=config.password)
        out.print(f"Made the owner {user.email}.")
    if config.user_token:
        tokens.set_legacy_token(user=user, key=config.user_token)


def make_project(wanted: FirstProject) -> None:
    """Make the project unless one with this title exists."""
    owner = first_owner()
    who = actor_of(owner)
    if Project.objects.filter(organization=who.organization, title=wanted.title).exists():
        return
    fields: ProjectFields = {"title": wanted.title, "description": wanted.description}
    if wanted.label_config is not None:
        fields["label_config"] = wanted.label_config.read_text(encoding="utf-8")
    project = create_project(who=who, fields=fields)
    out.print(f"Made project {project.pk}: {project.title}")


def first_owner() -> User:
    """Return the owner; raises `CommandError` when there is none yet."""
    owner = User.objects.filter(memberships__role="owner", is_active=True).order_by("pk").first()
    if owner is None:
        raise CommandError("There is no owner yet: give --username and --password, or use `postil user create`.")
    return owner


def print_setup_code(config: Config) -> None:
    """Print a new one-time code for the welcome page when strangers could reach it."""
    if config.is_loopback or not joining.needs_owner():
        return
    out.print(f"Nobody has an account yet. The welcome page asks for this code: [bold]{setup_code.new_code()}[/bold]")


def make_account(email: str, password: str, *, role: str, first_name: str, last_name: str) -> User:
    """Make an account; the first one owns a new organization."""
    from postil.accounts.enums import Role

    fields: people.UserFields = {"first_name": first_name, "last_name": last_name}
    if joining.needs_owner():
        return joining.create_first_owner(email=email, password=password, fields=fields)
    if role not in Role.values:
        raise CommandError(f"{role!r} is no role; use one of {', '.join(Role.values)}.")
    return people.add_user(who=actor_of(first_owner()), email=email, password=password, role=Role(role), fields=fields)
