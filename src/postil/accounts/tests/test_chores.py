"""What is over is deleted, what is not stays."""

from datetime import timedelta

import pytest

from postil.accounts import jwt_tokens
from postil.accounts.chores import delete_what_is_over
from postil.accounts.models import AuditRow, FailedLogin, Invitation, PersonalToken, UserSession
from postil.core.clock import now

pytestmark = pytest.mark.django_db


def test_only_what_is_over_is_deleted(manager, organization):
    moment = now()
    for number, age in enumerate((timedelta(days=1), timedelta(days=500))):
        ended = moment - age
        UserSession.objects.create(session_key=f"k{number}", user=manager, expire_date=moment + timedelta(days=9) - age)
        PersonalToken.objects.create(user=manager, jti=jwt_tokens.new_jti(), unsigned="x", expires_at=ended)
        Invitation.objects.create(organization=organization, token_hash=f"h{number}", expires_at=ended)
        AuditRow.objects.create(action="x")
        AuditRow.objects.filter(action="x").update(action=f"x{number}", at=ended)
        FailedLogin.objects.create(email=f"f{number}", ip="")
    FailedLogin.objects.filter(email="f1").update(at=moment - timedelta(hours=1))
    delete_what_is_over()
    assert list(UserSession.objects.values_list("session_key", flat=True)) == ["k0"]
    assert PersonalToken.objects.count() == 1
    assert list(Invitation.objects.values_list("token_hash", flat=True)) == ["h0"]
    assert list(AuditRow.objects.values_list("action", flat=True)) == ["x0"]
    assert list(FailedLogin.objects.values_list("email", flat=True)) == ["f0"]
