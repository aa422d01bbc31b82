"""People and organizations for tests."""

from itertools import count
from typing import Any

from postil.accounts.models import LegacyToken, Membership, Organization, User
from postil.core.ids import digest, new_secret

PASSWORD = "correct horse battery"
_numbers = count(1)


def make_organization(*, title: str = "Acme", **fields: Any) -> Organization:
    return Organization.objects.create(title=title, **fields)


def make_user(
    *,
    organization: Organization | None,
    role: str = "annotator",
    email: str = "",
    password: str = PASSWORD,
    **fields: Any,
) -> User:
    """Make a person with a usable password who is a member of `organization`."""
    user = User(email=email or f"person{next(_numbers)}@example.com", active_organization=organization, **fields)
    user.set_password(password)
    user.save()
    if organization is not None:
        Membership.objects.create(organization=organization, user=user, role=role)
    return user


def token_of(user: User) -> str:
    """Make a new lasting legacy token for a person and return it."""
    key = new_secret()
    LegacyToken.objects.update_or_create(
        user=user, session=None, defaults={"key_hash": digest(key), "prefix": key[:8], "known_ips": ["127.0.0.1"]}
    )
    return key
