"""Housekeeping of accounts: what is over is deleted."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from postil.accounts.actions.sessions import forget_failures
from postil.accounts.models import AuditRow, Invitation, PersonalToken, UserSession
from postil.core.clock import now

KEPT_AFTER_END = timedelta(days=30)


def delete_what_is_over() -> None:
    """Delete ended sessions, tokens and invitations, failures that do not count, and audit rows past their time."""
    moment = now()
    long_ago = moment - KEPT_AFTER_END
    idle = moment - timedelta(hours=settings.CONFIG.session_idle_hours)
    UserSession.objects.filter(Q(expire_date__lt=moment) | Q(last_seen_at__lt=idle)).delete()
    PersonalToken.objects.filter(Q(expires_at__lt=long_ago) | Q(revoked_at__lt=long_ago)).delete()
    Invitation.objects.filter(Q(expires_at__lt=long_ago) | Q(used_at__lt=long_ago)).delete()
    AuditRow.objects.filter(at__lt=moment - timedelta(days=settings.CONFIG.audit_days)).delete()
    forget_failures()
