"""Accounts: making, changing, ending them."""

from typing import TypedDict

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from postil.accounts import audit
from postil.accounts.access import Actor
from postil.accounts.enums import Role
from postil.accounts.models import LegacyToken, LentKey, Membership, Organization, PersonalToken, User, UserSession
from postil.core.clock import now
from postil.core.errors import Forbidden, Invalid

EMAIL_TAKEN = "user with this email address already exists."
MAX_PASSWORD = 128


class UserFields(TypedDict, total=False):
    """What a person may change of an account."""

    username: str
    first_name: str
    last_name: str
    phone: str
    allow_newsletters: bool | None


def check_password_rules(password: str, user: User, *, field: str = "password") -> None:
    """Raise `Invalid` if a password is too short, too long, common, or like the person's name or mail."""
    if len(password) > MAX_PASSWORD:
        raise Invalid.field(field, f"Ensure this field has no more than {MAX_PASSWORD} characters.")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(fields={field: list(error.messages)}) from None


@transaction.atomic
def create_account(
    *, organization: Organization, role: Role, email: str, password: str | None, fields: UserFields | None = None
) -> User:
    """Make an account and its membership; without a password nobody can log in to it. Writes no audit row.

    Raises `Invalid` for a taken address or a weak password.
    """
    user = User(email=email.strip(), active_organization=organization, **(fields or {}))
    if password is not None:
        check_password_rules(password, user)
        user.set_password(password)
    else:
        user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise Invalid.field("email", EMAIL_TAKEN) from None
    Membership.objects.create(organization=organization, user=user, role=role)
    return user


@transaction.atomic
def add_user(*, who: Actor, email: str, password: str | None, role: Role | None, fields: UserFields) -> User:
    """Make an account in the organization of `who`, with a role that is not above their own."""
    given = role or Role(who.organization.default_role)
    if not who.role.covers(given):
        raise Forbidden("You cannot give a role above your own.")
    user = create_account(organization=who.organization, role=given, email=email, password=password, fields=fields)
    audit.record(who, "user.created", object_type="user", object_id=user.pk, details={"role": given.value})
    return user


@transaction.atomic
def update_user(*, who: Actor, user: User, fields: UserFields) -> User:
    """Change names and the like."""
    if not fields:
        return user
    for name, value in fields.items():
        setattr(user, name, value)
    user.save(update_fields=list(fields))
    if user.pk != who.user.pk:
        audit.record(who, "user.changed", object_type="user", object_id=user.pk, details={"fields": sorted(fields)})
    return user


@transaction.atomic
def change_email(*, who: Actor, user: User, email: str) -> None:
    """Give an account another address; all its sessions and tokens end."""
    old = user.email
    user.email = email
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
    except IntegrityError:
        raise Invalid.field("email", EMAIL_TAKEN) from None
    end_access(user)
    audit.record(who, "user.email_changed", object_type="user", object_id=user.pk, details={"from": old, "to": email})


@transaction.atomic
def change_password(*, who: Actor, old_password: str, new_password: str) -> None:
    """Change one's own password; all sessions and tokens of the account end."""
    user = User.objects.select_for_update().get(pk=who.user.pk)
    if not user.check_password(old_password):
        raise Invalid.field("old_password", "This is not your current password.")
    check_password_rules(new_password, user, field="new_password")
    set_password(user=user, password=new_password)
    audit.record(who, "user.password_changed", object_type="user", object_id=user.pk)
    who.user.password = user.password


@transaction.atomic
def reset_password(*, who: Actor, user: User, password: str) -> None:
    """Give another person a new password; all sessions and tokens of the account end."""
    if user.pk == who.user.pk:
        raise Forbidden("Change your own password with the one that you have.")
    check_password_rules(password, user)
    set_password(user=user, password=password)
    audit.record(who, "user.password_reset", object_type="user", object_id=user.pk)


def set_password(*, user: User, password: str) -> None:
    """Store a password and end all sessions and tokens; the caller has checked the right and the rules."""
    user.set_password(password)
    user.save(update_fields=["password"])
    end_access(user)


def end_access(user: User) -> None:
    """End all sessions and tokens of an account at once, and the keys of model servers that it brought."""
    end_own_access(user)
    LentKey.objects.filter(user=user).delete()


def end_own_access(user: User) -> None:
    """End all sessions and tokens that a person has."""
    UserSession.objects.filter(user=user).delete()
    LegacyToken.objects.filter(user=user).delete()
    PersonalToken.objects.filter(user=user, revoked_at=None).update(revoked_at=now())


def default_role() -> Role:
    """Return the role of new members of a new organization; raises `Invalid` for a setting that is no role."""
    word = settings.CONFIG.default_role.strip().lower()
    if word not in Role.values or word == Role.OWNER:
        raise Invalid("POSTIL_DEFAULT_ROLE: say annotator, reviewer, manager or administrator.")
    return Role(word)
