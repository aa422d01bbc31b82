"""Notes when somebody was last here: at most once a minute for each key, and never by making a request wait."""

import threading

from django.db import DatabaseError, transaction

from postil.accounts import audit
from postil.accounts.access import Actor
from postil.accounts.models import LegacyToken, LentKey, PersonalToken, User, UserSession
from postil.core.clock import monotonic_s, now
from postil.infra.db import let_go, without_waiting

EVERY_S = 60.0
MAX_KEYS = 20_000
MAX_ADDRESSES = 50
_noted: dict[str, float] = {}
_lock = threading.Lock()


Token = LegacyToken | PersonalToken | LentKey


def note(who: Actor, *, token: Token | None = None, session: UserSession | None = None) -> None:
    """Write the last moment of activity of a person, token and session, unless that was done a moment ago.

    What a model server does with the key that it was lent is not what the person does.
    """
    is_new_address = token is not None and who.ip not in token.known_ips and len(token.known_ips) < MAX_ADDRESSES
    if not _is_due(f"{who.kind}:{who.key_id}:{who.ip}") and not is_new_address:
        return
    moment = now()
    try:
        with without_waiting(), transaction.atomic():
            if who.only_project is None:
                User.objects.filter(pk=who.user.pk).update(last_activity=moment)
            if session is not None:
                UserSession.objects.filter(pk=session.pk).update(last_seen_at=moment)
            if token is not None:
                _note_token(who, token, is_new_address=is_new_address)
    except DatabaseError as error:  # somebody else writes for long, or writing is impossible: reading goes on
        let_go(error)


def _note_token(who: Actor, token: Token, *, is_new_address: bool) -> None:
    changes: dict[str, object] = {"last_used_at": now()}
    if is_new_address:
        changes["known_ips"] = [*token.known_ips, who.ip]
        audit.record(who, "token.used_from_new_address", object_type="token", object_id=token.pk)
    type(token).objects.filter(pk=token.pk).update(**changes)


def _is_due(key: str) -> bool:
    moment = monotonic_s()
    with _lock:
        last = _noted.get(key)
        if last is not None and moment - last < EVERY_S:
            return False
        if len(_noted) >= MAX_KEYS:
            _noted.clear()
        _noted[key] = moment
        return True


def forget() -> None:
    """Forget who was noted, so that the next request writes again."""
    with _lock:
        _noted.clear()
