"""`postil user …`"""

import os
import sys
from getpass import getpass

from postil.cli.environment import load_config, load_django
from postil.cli.errors import CommandError, out
from postil.cli.upgrade import bring_up_to_date
from postil.infra.config import database_settings


def create(email: str, password: str | None, *, role: str, first_name: str, last_name: str) -> None:
    """Make an account and say its role."""
    _prepare()
    from postil.cli import first_steps

    secret = ask_password(password)
    user = first_steps.make_account(email, secret, role=role, first_name=first_name, last_name=last_name)
    membership = user.memberships.get()
    out.print(f"Made {user.email}, {membership.role}.")


def reset_password(email: str, password: str | None) -> None:
    """Store a new password; sessions and tokens end."""
    _prepare()
    from postil.accounts import audit
    from postil.accounts.actions.people import check_password_rules, set_password
    from postil.accounts.models import User

    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise CommandError(f"Nobody has the address {email}.")
    secret = ask_password(password)
    check_password_rules(secret, user)
    set_password(user=user, password=secret)
    audit.record(
        None, "user.password_reset", object_type="user", object_id=user.pk, organization=user.active_organization
    )
    out.print(f"{user.email} has a new password; all their sessions and tokens ended.")


def ask_password(given: str | None) -> str:
    """Return the password: the option, `POSTIL_PASSWORD`, or what a person types twice."""
    known = given or os.environ.get("POSTIL_PASSWORD")
    if known:
        return known
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass("Password: ")
    if first != getpass("Once more: "):
        raise CommandError("The two passwords differ.")
    return first


def _prepare() -> None:
    bring_up_to_date(database_settings(load_config()))
    load_django()
