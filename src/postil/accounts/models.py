"""People, organizations, and the keys to them."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower

from postil.accounts.enums import Role
from postil.infra.db import JsonField


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail in any case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person with this e-mail, whatever its case."""
        return self.alias(lower_email=Lower("email")).get(lower_email=(username or "").strip().lower())


class Organization(models.Model):
    """A wall: nothing of one organization is visible in another."""

    title = models.CharField(max_length=1000)
    contact_info = models.EmailField(null=True, blank=True)
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    default_role = models.CharField(max_length=16, choices=Role.choices, default=Role.ANNOTATOR)
    is_api_token_enabled = models.BooleanField(default=True)
    is_legacy_token_enabled = models.BooleanField(default=True)
    session_idle_minutes = models.IntegerField(default=4320)
    session_max_minutes = models.IntegerField(default=11520)
    # LS: GET /api/invite answers with one standing link. Its token is signed from this number; a new number ends it.
    invite_number = models.IntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.title


class User(AbstractBaseUser):
    """A person with an account."""

    email = models.EmailField(max_length=254)
    username = models.CharField(max_length=256, blank=True, default="")
    first_name = models.CharField(max_length=256, blank=True, default="")
    last_name = models.CharField(max_length=256, blank=True, default="")
    phone = models.CharField(max_length=256, blank=True, default="")
    avatar = models.CharField(max_length=256, blank=True, default="")
    custom_hotkeys = JsonField(default=dict)
    preferences = JsonField(default=dict)
    active_organization = models.ForeignKey(Organization, null=True, on_delete=models.SET_NULL, related_name="+")
    allow_newsletters = models.BooleanField(null=True)
    is_active = models.BooleanField(default=True)
    deleted_at = models.DateTimeField(null=True)
    last_activity = models.DateTimeField(auto_now_add=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_email")]

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        """Return first and last name."""
        return f"{self.first_name} {self.last_name}".strip()


class LiveMembershipManager(models.Manager["Membership"]):
    """Members who were not removed."""

    def get_queryset(self) -> models.QuerySet["Membership"]:
        """Leave out removed members."""
        return super().get_queryset().filter(deleted_at=None)


class Membership(models.Model):
    """A person's place in an organization. Removing keeps the row, so that work keeps its author."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.ANNOTATOR)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True)

    objects = LiveMembershipManager()
    all_objects: ClassVar[models.Manager["Membership"]] = models.Manager()

    class Meta:
        base_manager_name = "all_objects"
        constraints = [models.UniqueConstraint(fields=["organization", "user"], name="one_membership")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.organization_id}: {self.role}"


class Invitation(models.Model):
    """A link that makes one account (or several, the standing link) with a role."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.ANNOTATOR)
    email = models.EmailField(blank=True, default="")
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.role} {self.email}"


class LegacyToken(models.Model):
    """`Authorization: Token <40 hex>`. Only a hash is stored; `session` binds a token to the life of a session."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="legacy_tokens")
    key_hash = models.CharField(max_length=64, unique=True)
    prefix = models.CharField(max_length=8)
    session = models.ForeignKey("accounts.UserSession", null=True, on_delete=models.CASCADE, related_name="tokens")
    known_ips = JsonField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(session=None), name="one_lasting_legacy_token")
        ]

    def __str__(self) -> str:
        return f"{self.prefix}… of {self.user_id}"


class PersonalToken(models.Model):
    """A refresh token (JWT), known by its `jti`; access tokens carry the same `jti` as parent and end with it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="personal_tokens")
    jti = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200, blank=True, default="")
    # LS: the list shows header and payload without the signature; they hold no secret.
    unsigned = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    known_ips = JsonField(default=list)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name or self.jti} of {self.user_id}"


class LentKey(models.Model):
    """The key of a model server: it reaches one project, in the name of who connected the server.

    It ends with the connection or the account's rights, not when the person logs out.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="lent_keys")
    project_id = models.BigIntegerField()  # projects are not known here
    name = models.CharField(max_length=200)
    key_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    known_ips = JsonField(default=list)
    last_used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name}: project {self.project_id}"


class UserSession(AbstractBaseSession):
    """A session on the server. The key in the row is the hash of the one in the cookie."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    created_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField(auto_now_add=True)
    ip = models.CharField(max_length=64, blank=True, default="")
    agent = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["expire_date"])]

    def __str__(self) -> str:
        return f"session of {self.user_id}"


class FailedLogin(models.Model):
    """A wrong guess, counted per account and per address."""

    email = models.CharField(max_length=254, db_index=True)
    ip = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.email} {self.at}"


class AuditRow(models.Model):
    """Who did what, written in the transaction of the act; rows are never changed."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    actor_kind = models.CharField(max_length=64, blank=True, default="")
    ip = models.CharField(max_length=64, blank=True, default="")
    action = models.CharField(max_length=64, db_index=True)
    object_type = models.CharField(max_length=32, blank=True, default="")
    object_id = models.CharField(max_length=64, blank=True, default="")
    project_id = models.BigIntegerField(null=True, db_index=True)
    organization = models.ForeignKey(Organization, null=True, on_delete=models.CASCADE, related_name="+")
    details = JsonField(default=dict)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; refuses to change one."""
        if self.pk:
            raise TypeError("Audit rows are never changed.")
        super().save(*args, **kwargs)
