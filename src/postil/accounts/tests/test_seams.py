import pytest

from postil.accounts.models import User

pytestmark = pytest.mark.django_db


def test_x(owner, organization):
    assert User.objects.count() == 1
