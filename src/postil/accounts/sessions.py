"""The session engine: rows of `UserSession`, whose keys are hashed, loaded with the person and the role at once."""

from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, QuerySet, Subquery

from postil.accounts.models import Membership, UserSession
from postil.core.clock import now
from postil.core.ids import digest
from postil.infra.db import let_go
from postil.infra.prepared import PreparedRows, Slot

KEY_SIZE = 40
# So much of the stored key names a session where people see it.
SESSION_ID_SIZE = 12


def role_of_user(user: str) -> Subquery:
    """Return an expression: the role that `user` (a path to a person) has in their active organization, or null."""
    members = Membership.objects.filter(user=OuterRef(user), organization=OuterRef(f"{user}__active_organization"))
    return Subquery(members.values("role")[:1])


def _session_with_person() -> QuerySet[UserSession]:
    rows = UserSession.objects.select_related("user__active_organization").annotate(role=role_of_user("user"))
    return rows.filter(session_key=Slot("key"))


_SESSION = PreparedRows(_session_with_person)


def stored_key(session_key: str) -> str:
    """Return what the table holds for the key in a cookie."""
    return digest(session_key)[:KEY_SIZE]


class SessionStore(DatabaseStore):
    """A session; `row` is its table row once it was loaded."""

    row: UserSession | None = None

    @classmethod
    def get_model_class(cls) -> type[UserSession]:
        """Return our own table."""
        return UserSession

    def _get_session_from_db(self) -> UserSession | None:
        key = self.session_key
        row = _SESSION.first(key=stored_key(key)) if key else None
        self.row = row if row is not None and row.expire_date > now() else None
        if self.row is None:
            self._session_key = None
        return self.row

    def exists(self, session_key: str) -> bool:
        """Whether there is a session with this key."""
        return UserSession.objects.filter(session_key=stored_key(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> UserSession:
        """Return a new row for this session."""
        return UserSession(
            session_key=stored_key(self._get_or_create_session_key()),  # type: ignore[attr-defined] # not in the stubs
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            user_id=data.get(SESSION_KEY),
        )

    def save(self, must_create: bool = False) -> None:
        """Write the data; a new row only if `must_create`."""
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined] # not in the stubs
        fresh = self.create_model_instance(data)
        if must_create:
            try:
                with transaction.atomic():
                    fresh.save(force_insert=True)
            except IntegrityError as error:
                let_go(error)
                raise CreateError from None
            return
        changed = UserSession.objects.filter(session_key=fresh.session_key).update(
            session_data=fresh.session_data, user_id=fresh.user_id, expire_date=fresh.expire_date
        )
        if not changed:
            raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        """End the session; tokens that were bound to it end, too."""
        key = session_key or self.session_key
        if key:
            UserSession.objects.filter(session_key=stored_key(key)).delete()

    @property
    def password_mark(self) -> str:
        """What the password looked like at log-in: a changed password ends the session."""
        return str(self.get(HASH_SESSION_KEY, ""))
