"""Who asks, and whether they may: the declaration that every route carries.

    @router.post("/projects/", response={201: ProjectOut})
    @needs(Permission.PROJECT_CREATE)
    def create_project(request, payload): who = actor(request) ...

`needs` checks credentials, the role and the rate before the body is read, and answers repeated POSTs with the same
`Idempotency-Key` from memory. `public` marks the few routes that strangers may call. A lent key (that of a model
server) opens nothing but the routes that say so (`lent=True`), and there sees nothing but its one project.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja.decorators import decorate_view

from postil.accounts import queries
from postil.accounts.enums import Role
from postil.accounts.models import Invitation, Membership, Organization, User
from postil.accounts.permissions import LEAST_ROLE, Permission, may
from postil.core.errors import Forbidden, NotFound, Unauthenticated
from postil.infra import limits
from postil.infra.bodies import give_empty_object
from postil.infra.failures import answer_to
from postil.infra.http import client_ip
from postil.infra.idempotency import answer_once
from postil.infra.prepared import Slot
from postil.infra.slow_bodies import KNOWN
from postil.infra.waiting import serve_a_script

View = TypeVar("View", bound=Callable[..., Any])
Run = Callable[..., HttpResponseBase]
LENT = "The key of a model server reads its own project and writes predictions there; nothing else is open to it."
LOOPBACK = frozenset({"127.0.0.1", "::1", ""})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: the person, their organization and role at this moment, and how they proved it."""

    user: User
    organization: Organization
    role: Role
    kind: str  # session, token, jwt, system
    key_id: str
    ip: str
    only_project: int | None = None  # all that a lent key reaches

    def may(self, permission: Permission) -> bool:
        """Whether the role has this right."""
        return may(self.role, permission)


@dataclass(frozen=True, slots=True)
class Reach:
    """What of an actor changes the SQL that asks what they see."""

    role: Role
    is_lent: bool


def reach_of(who: Actor) -> Reach:
    """Return the shape of querysets that were prepared with `anybody`."""
    return Reach(who.role, who.only_project is not None)


def anybody(reach: Reach) -> Actor:
    """Return a stand-in for everybody of this reach, to prepare querysets with; `slots_of` tells who it is."""
    user, organization = cast("User", Slot("user")), cast("Organization", Slot("organization"))
    only = cast("int", Slot("only_project")) if reach.is_lent else None
    return Actor(user, organization, reach.role, "prepared", "", "", only)


def slots_of(who: Actor) -> dict[str, int]:
    """Return the values for a queryset that was prepared with `anybody`."""
    only = {} if who.only_project is None else {"only_project": who.only_project}
    return {"user": who.user.pk, "organization": who.organization.pk, **only}


def actor(request: HttpRequest, *, lent: bool = False) -> Actor:
    """Return who asks; raises `Unauthenticated` without valid credentials. Costs one statement, once per request.

    A lent key is refused, unless the route lets it in with `lent` before anything else asks who this is.
    """
    known = getattr(request, "postil_actor", None)
    if isinstance(known, Actor):
        return known
    found = _port[-1](request)
    if found.only_project is not None and not lent:
        raise Forbidden(LENT)
    request.postil_actor = found  # type: ignore[attr-defined] # remembered for this request
    request.META[KNOWN] = True
    return found


def is_browser(request: HttpRequest, who: Actor) -> bool:
    """Whether a person waits in front of a page: programs log in, too, but name no language."""
    return who.kind == "session" and "HTTP_ACCEPT_LANGUAGE" in request.META


def maybe_actor(request: HttpRequest) -> Actor | None:
    """Return who asks, or None for a stranger and for a lent key."""
    try:
        return actor(request)
    except (Unauthenticated, Forbidden):
        return None


def _nobody(_request: HttpRequest) -> Actor:
    raise Unauthenticated


_port: list[Callable[[HttpRequest], Actor]] = [_nobody]


def authenticate_with(function: Callable[[HttpRequest], Actor]) -> None:
    """Set what finds the actor of a request; `apps.ready` wires `authentication.authenticate`."""
    _port[:] = [function]


def actor_of(user: User, *, kind: str = "system", ip: str = "") -> Actor:
    """Return a person as actor outside of a request (a job, the command line); raises `Forbidden` for no member."""
    organization = user.active_organization
    members = Membership.objects.filter(user=user, organization=organization)
    role = members.values_list("role", flat=True).first() if user.is_active else None
    if organization is None or role is None:
        raise Forbidden
    return Actor(user, organization, Role(role), kind, "", ip)


def require(who: Actor, permission: Permission) -> None:
    """Raise `Forbidden` if the role does not have this right."""
    if not may(who.role, permission):
        raise Forbidden(
            f"Your role ({who.role.value}) may not do this; it needs {LEAST_ROLE[permission].value} or above."
        )


def needs(
    permission: Permission, *, waits: bool = False, per_minute: int = 0, lent: bool = False
) -> Callable[[View], View]:
    """Declare that a route needs a right.

    `waits`: the handler waits for a job, so it must not run inside the transaction of an `Idempotency-Key`.
    `per_minute`: a bound of its own for costly routes, per person.
    `lent`: the keys of model servers open this route, too; what it shows must be narrowed by `visible_projects`.
    """

    def guard(run: Run) -> Run:
        @wraps(run)
        def guarded(request: HttpRequest, **path: Any) -> HttpResponseBase:
            try:
                who = counted_actor(request, lent=lent, per_minute=per_minute)
                if not is_browser(request, who):
                    serve_a_script()
                require(who, permission)
                give_empty_object(request)
                return answer_once(request, who.user.pk, lambda: run(request, **path), waits=waits)
            except Exception as error:
                return answer_to(request, error)

        return guarded

    def declare(view: View) -> View:
        view.postil_permission = permission  # type: ignore[attr-defined] # read by `declared`
        view.postil_lent = lent  # type: ignore[attr-defined] # read by `is_lent_to_servers`
        return decorate_view(guard)(view)

    return declare


def public(view: View) -> View:
    """Declare that strangers may call a route; they are bounded per address."""

    def guard(run: Run) -> Run:
        @wraps(run)
        def guarded(request: HttpRequest, **path: Any) -> HttpResponseBase:
            try:
                take_anonymous(request)
                give_empty_object(request)
                return run(request, **path)
            except Exception as error:
                return answer_to(request, error)

        return guarded

    view.postil_permission = None  # type: ignore[attr-defined] # read by `declared`
    return decorate_view(guard)(view)


def declared(view: Callable[..., Any]) -> tuple[bool, Permission | None]:
    """Return whether a handler says what it needs, and the right (None: public)."""
    return hasattr(view, "postil_permission"), getattr(view, "postil_permission", None)


def is_lent_to_servers(view: Callable[..., Any]) -> bool:
    """Whether the keys of model servers open this route."""
    return bool(getattr(view, "postil_lent", False))


def is_same_machine(request: HttpRequest) -> bool:
    """Whether a request comes from a process on this machine and not through a proxy: its owner bounds it."""
    return request.META.get("REMOTE_ADDR", "") in LOOPBACK and "HTTP_X_FORWARDED_FOR" not in request.META


def take_anonymous(request: HttpRequest) -> None:
    """Count a request of a stranger; raises `TooManyRequests`."""
    if not is_same_machine(request):
        limits.requests.take(f"ip:{client_ip(request)}", settings.CONFIG.anonymous_requests_per_minute)


def counted_actor(request: HttpRequest, *, lent: bool = False, what: str = "", per_minute: int = 0) -> Actor:
    """Return who asks, and count it: for the key, or for the address of a stranger; raises `TooManyRequests`.

    `what` is counted by itself: a page with many pictures must not use up the requests of the person who looks at it.
    """
    try:
        who = actor(request, lent=lent)
    except Unauthenticated:
        take_anonymous(request)
        raise
    if is_same_machine(request):
        return who
    limits.requests.take(f"{what}{who.kind}:{who.key_id}", settings.CONFIG.requests_per_minute)
    if per_minute and settings.CONFIG.requests_per_minute:
        limits.requests.take(f"{who.user.pk}:{request.path_info}", per_minute)
    return who


def get_user(who: Actor, user_id: int) -> User:
    """Return oneself, or for those who may see members anybody who is or was one; to others nobody else exists."""
    if user_id == who.user.pk:
        return who.user
    if not who.may(Permission.MEMBER_VIEW):
        raise NotFound
    user = queries.users_of(who.organization).filter(pk=user_id).first()
    if user is None:
        raise NotFound
    return user


def get_membership(who: Actor, organization_id: int, user_id: int, *, removed: bool = False) -> Membership:
    """Return a member of one's organization; with `removed` also one who left."""
    check_organization(who, organization_id)
    members = Membership.all_objects if removed else Membership.objects
    membership = members.select_related("user").filter(organization=organization_id, user=user_id).first()
    if membership is None or (user_id != who.user.pk and not who.may(Permission.MEMBER_VIEW)):
        raise NotFound("Member not found")
    return membership


def check_organization(who: Actor, organization_id: int) -> None:
    """Raise `NotFound` for any organization but one's own."""
    if organization_id != who.organization.pk:
        raise NotFound


def get_invitation(who: Actor, invitation_id: int) -> Invitation:
    """Return an invitation of one's organization that nobody used."""
    invitation = queries.open_invitations(who.organization).filter(pk=invitation_id).first()
    if invitation is None:
        raise NotFound
    return invitation


def give_back_anonymous(request: HttpRequest) -> None:
    """Undo `take_anonymous` for a request that proved to be no stranger's."""
    limits.requests.give_back(f"ip:{client_ip(request)}")
