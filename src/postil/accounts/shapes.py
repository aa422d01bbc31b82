"""What people, organizations and tokens look like in the API."""

from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from postil.infra.shapes import IdAndTitle, Json, JsonObject, Moment, one_of

RoleName = Annotated[str, one_of("owner", "administrator", "manager", "reviewer", "annotator")]


class UserSimple(TypedDict):
    """A person in short: in projects, annotations, exports."""

    id: int
    first_name: str
    last_name: str
    email: str
    avatar: str | None


class UserWithInitials(UserSimple):
    """A person who is named on the page of a task."""

    initials: str


class OrganizationMeta(TypedDict):
    """Title and contact of the active organization."""

    title: str
    email: str


class Hotkey(TypedDict):
    """A key of one's own for something; null or not active means none."""

    key: str | None
    active: NotRequired[bool]


class User(TypedDict):
    """A person."""

    id: int
    first_name: str
    last_name: str
    username: str
    email: str
    last_activity: Moment
    custom_hotkeys: dict[str, Hotkey]
    avatar: str | None
    initials: str
    phone: str
    active_organization: int | None
    active_organization_meta: OrganizationMeta
    allow_newsletters: bool | None
    date_joined: Moment


class Whoami(User):
    """The caller with their rights."""

    permissions: list[str]
    role: RoleName


class MemberUser(User):
    """A person as a member, with projects if they were asked for."""

    created_projects: list[IdAndTitle] | None
    contributed_to_projects: list[IdAndTitle] | None


class Member(TypedDict):
    """A member in the list of an organization."""

    id: int
    organization: int
    user: MemberUser
    role: RoleName
    created_at: Moment
    created_projects: list[IdAndTitle] | None
    contributed_to_projects: list[IdAndTitle] | None


class MemberDetail(TypedDict):
    """One member with counts of their work; `user` is an id."""

    user: int
    organization: int
    role: RoleName
    contributed_projects_count: int
    annotations_count: int
    created_at: Moment
    created_projects: list[IdAndTitle] | None
    contributed_to_projects: list[IdAndTitle] | None


class OrganizationBrief(TypedDict):
    """An organization in a list."""

    id: int
    title: str
    contact_info: str | None
    created_at: Moment


class Organization(TypedDict):
    """An organization."""

    id: int
    title: str
    token: str
    created_at: Moment
    updated_at: Moment
    contact_info: str | None
    created_by: int | None
    users: list[int]
    default_role: RoleName


class Invitation(TypedDict):
    """An invitation without its secret."""

    id: int
    role: RoleName
    email: str
    expires_at: Moment
    created_at: Moment


class NewInvitation(Invitation):
    """An invitation with its link, which is shown this once."""

    token: str
    url: str


class StandingInvitation(TypedDict):
    """The link for everybody."""

    token: str
    invite_url: str


class InvitationCheck(TypedDict):
    """What an invitation leads to."""

    organization: str
    role: RoleName
    email: str


class SessionPolicy(TypedDict):
    """How long sessions last, in minutes."""

    max_session_age: int
    max_time_between_activity: int
    created_at: Moment
    updated_at: Moment


class AccessToken(TypedDict):
    """A personal access token; `token` is whole only in the answer to its creation."""

    token: str
    id: int
    name: str
    created_at: Moment
    expires_at: Moment
    last_used_at: Moment | None


class Session(TypedDict):
    """A browser in which somebody is logged in; `agent` is what the browser calls itself."""

    id: str
    created_at: Moment
    last_seen_at: Moment
    ip: str
    agent: str
    is_current: bool


class Access(TypedDict):
    """An access token for five minutes."""

    access: str


class Refresh(TypedDict):
    """A personal access token."""

    refresh: str


class Token(TypedDict):
    """A legacy token."""

    token: str


class TokenSettings(TypedDict):
    """Which kinds of tokens work."""

    api_tokens_enabled: bool
    legacy_api_tokens_enabled: bool


class LegacyToken(TypedDict):
    """Whether there is a lasting legacy token, and how it begins."""

    exists: bool
    prefix: str
    created_at: Moment | None
    last_used_at: Moment | None


class Setup(TypedDict):
    """Whether the server waits for its first owner."""

    needs_owner: bool
    needs_code: bool
    open_signup: bool
    product: str
    version: str


class Hotkeys(TypedDict):
    """Hotkeys by `section:action`."""

    custom_hotkeys: dict[str, Hotkey]


class Tour(TypedDict):
    """How far somebody is in a tour of the interface."""

    name: str
    state: str
    interaction_data: JsonObject
    steps: list[Json]


class AuditActor(TypedDict):
    """Who did it."""

    id: int
    email: str


class AuditEntry(TypedDict):
    """One act in the audit log."""

    id: int
    at: Moment
    actor: AuditActor | None
    actor_kind: str
    ip: str
    action: str
    object_type: str
    object_id: str
    project: int | None
    organization: int | None
    details: JsonObject
