"""Logging in and out. Guessing is slowed per account and per address; unknown account and wrong password look alike."""

import math
from datetime import datetime, timedelta

from django.contrib.auth import authenticate, login, logout
from django.db import transaction
from django.http import HttpRequest

from postil.accounts import audit
from postil.accounts.access import Actor, actor_of
from postil.accounts.actions.people import end_own_access
from postil.accounts.models import FailedLogin, Membership, User, UserSession
from postil.accounts.sessions import SESSION_ID_SIZE, stored_key
from postil.core.clock import now
from postil.core.errors import Invalid, NotFound, TooManyRequests
from postil.infra.http import client_ip

WINDOW = timedelta(minutes=15)
FREE_TRIES = 5
BLOCKED_AFTER = 20
FREE_OF_ADDRESS = 20  # many people may work behind one address
FIRST_WAIT_S = 5
LONGEST_WAIT_S = 120
NO_SESSION = "There is no such session."
WRONG = "The e-mail or the password is not right."


def log_in(request: HttpRequest, *, email: str, password: str) -> User:
    """Check the password and give the request a new session; raises `Invalid` or `TooManyRequests`."""
    email, ip = email.strip()[:254], client_ip(request)
    check_guessing(email, ip)
    user = authenticate(request, username=email, password=password) if password else None
    if not isinstance(user, User) or not is_member(user):
        note_failure(email, ip)
        raise Invalid(WRONG)
    start_session(request, user)
    return user


def is_member(user: User) -> bool:
    """Whether a person belongs to their active organization at this moment."""
    return Membership.objects.filter(user=user, organization=user.active_organization_id).exists()


@transaction.atomic
def start_session(request: HttpRequest, user: User) -> None:
    """Give the request a new session of this person, and a new CSRF token."""
    if request.session.session_key is not None:
        request.session.flush()
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session.save()
    UserSession.objects.filter(session_key=stored_key(request.session.session_key or "")).update(
        ip=client_ip(request), agent=request.META.get("HTTP_USER_AGENT", "")[:300]
    )
    FailedLogin.objects.filter(email=_spelled(user.email)).delete()
    audit.record(None, "session.started", user=user, ip=client_ip(request), organization=user.active_organization)


@transaction.atomic
def log_out(request: HttpRequest, who: Actor) -> None:
    """End the sessions of this person everywhere, and all their tokens."""
    logout(request)
    end_own_access(who.user)
    audit.record(who, "session.ended")


@transaction.atomic
def end_session(who: Actor, session_id: str) -> None:
    """End one of the person's sessions, with the tokens bound to it; raises `NotFound` if it is not theirs."""
    if len(session_id) != SESSION_ID_SIZE:
        raise NotFound(NO_SESSION)
    _, ended = UserSession.objects.filter(user=who.user, session_key__startswith=session_id).delete()
    if not ended:
        raise NotFound(NO_SESSION)
    audit.record(who, "session.ended", details={"session": session_id})


@transaction.atomic
def end_other_sessions(who: Actor) -> None:
    """End the person's sessions except the one that asks; tokens that are bound to none go on."""
    others = UserSession.objects.filter(user=who.user)
    if who.kind == "session":
        others = others.exclude(session_key__startswith=who.key_id)
    count = others.count()
    others.delete()
    audit.record(who, "session.others_ended", details={"count": count})


def actor_of_new(request: HttpRequest, user: User) -> Actor:
    """Return the person of a session that was just started as actor."""
    return actor_of(user, kind="session", ip=client_ip(request))


def check_guessing(email: str, ip: str) -> None:
    """Raise `TooManyRequests` while an account or address has failed too often of late."""
    recent = FailedLogin.objects.filter(at__gt=now() - WINDOW).order_by("-at")
    by_account = list(recent.filter(email=_spelled(email)).values_list("at", flat=True)[:BLOCKED_AFTER])
    by_address = list(recent.filter(ip=ip).values_list("at", flat=True)[: FREE_OF_ADDRESS + BLOCKED_AFTER])
    until = max(_free_at(by_account, FREE_TRIES), _free_at(by_address, FREE_OF_ADDRESS))
    if len(by_account) >= BLOCKED_AFTER:
        until = by_account[0] + WINDOW
    seconds_left = (until - now()).total_seconds()
    if seconds_left > 0:
        text = "Too many failed attempts. Wait a little and try again."
        raise TooManyRequests(text, retry_after_s=math.ceil(seconds_left))


def _spelled(email: str) -> str:
    """Return an address as it is counted: every spelling that finds the same account is the same."""
    return email.strip().lower()[:254]


def _free_at(newest_first: list[datetime], free_tries: int) -> datetime:
    """Return when the next try is allowed: each failure after the free ones doubles the wait."""
    over = len(newest_first) - free_tries
    if over < 0:
        return now()
    wait_s = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** min(over, 10))
    return newest_first[0] + timedelta(seconds=wait_s)


@transaction.atomic
def note_failure(email: str, ip: str) -> None:
    """Count a wrong guess."""
    FailedLogin.objects.create(email=_spelled(email), ip=ip)
    user = User.objects.filter(email__iexact=email).first()
    organization = user.active_organization if user is not None else None
    audit.record(None, "session.failed", user=user, ip=ip, organization=organization)


def forget_failures() -> None:
    """Delete failures that do not count any more."""
    FailedLogin.objects.filter(at__lt=now() - WINDOW).delete()
