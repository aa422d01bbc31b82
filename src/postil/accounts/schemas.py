"""What the account routes take: Label Studio's names where it has them."""

from typing import Annotated, Any

from ninja import Field
from pydantic import AfterValidator, EmailStr, StringConstraints

from postil.accounts.enums import Role
from postil.infra.bodies import Body

Name = Annotated[str, StringConstraints(max_length=256)]
Password = Annotated[str, StringConstraints(max_length=128)]
Minutes = Annotated[int, Field(ge=1, le=525_600)]


def _plain_text(text: str) -> str:
    if any(ord(letter) < 32 for letter in text):
        raise ValueError("Control characters are not allowed.")
    return text


Line = Annotated[str, StringConstraints(max_length=1000), AfterValidator(_plain_text)]
ShortLine = Annotated[str, StringConstraints(max_length=200), AfterValidator(_plain_text)]


class LogInIn(Body):
    email: Annotated[str, StringConstraints(max_length=254)]
    password: Annotated[str, StringConstraints(max_length=1000)]


class SignUpIn(Body):
    email: EmailStr
    password: Password
    token: Annotated[str, StringConstraints(max_length=200)] = ""
    first_name: Name = ""
    last_name: Name = ""


class SetupIn(Body):
    email: EmailStr
    password: Password
    first_name: Name = ""
    last_name: Name = ""
    organization_title: ShortLine = ""
    code: Annotated[str, StringConstraints(max_length=100)] = ""


class PasswordIn(Body):
    old_password: Annotated[str, StringConstraints(max_length=1000)]
    new_password: Password


class NewPasswordIn(Body):
    password: Password


class EmailIn(Body):
    email: EmailStr


class UserIn(Body):
    email: EmailStr
    username: Name = ""
    first_name: Name = ""
    last_name: Name = ""
    phone: Name = ""
    password: Password | None = None
    role: Role | None = None
    allow_newsletters: bool | None = None


class UserPatch(Body):
    username: Name = ""
    first_name: Name = ""
    last_name: Name = ""
    phone: Name = ""
    allow_newsletters: bool | None = None
    email: str | None = None


class OrganizationPatch(Body):
    title: Line = ""
    contact_info: EmailStr | None = None
    default_role: Role = Role.ANNOTATOR


class RoleIn(Body):
    role: Role


class InvitationIn(Body):
    role: Role | None = None
    email: EmailStr | None = None
    expires_in_days: int | None = None


class TokenIn(Body):
    name: ShortLine = ""
    expires_in_days: int | None = None


class RefreshIn(Body):
    refresh: Annotated[str, StringConstraints(max_length=4000)]


class TokenSettingsIn(Body):
    api_tokens_enabled: bool | None = None
    legacy_api_tokens_enabled: bool | None = None


class SessionPolicyPatch(Body):
    max_session_age: Minutes | None = None
    max_time_between_activity: Minutes | None = None


class HotkeysIn(Body):
    custom_hotkeys: Any = None


class TourIn(Body):
    state: Annotated[str, StringConstraints(max_length=32)] | None = None
    interaction_data: dict[str, Any] | None = None
