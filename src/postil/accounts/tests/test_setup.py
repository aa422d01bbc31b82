"""The first owner, sign-up and invitations."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from postil.accounts import setup_code
from postil.accounts.actions import people
from postil.accounts.enums import Role
from postil.accounts.models import AuditRow, Invitation, Membership, Organization, User
from postil.accounts.tests.factories import PASSWORD
from postil.core.clock import now
from postil.core.errors import Invalid

pytestmark = pytest.mark.django_db
OWNER = {"email": "ada@example.com", "password": PASSWORD, "first_name": "Ada", "organization_title": "Analytical"}


@pytest.fixture
def bound_to(settings):
    def bind(host):
        settings.CONFIG = replace(settings.CONFIG, host=host)

    return bind


@pytest.fixture
def open_signup(settings):
    settings.CONFIG = replace(settings.CONFIG, open_signup=True)


def test_the_first_visitor_becomes_the_owner_and_nobody_after(client_for):
    client = client_for(None)
    state = client.get("/api/setup/").json
    assert state.pop("version")
    assert state == {"needs_owner": True, "needs_code": False, "open_signup": False, "product": "Postil"}
    made = client.post("/api/setup/", OWNER)
    assert made.status == 201
    assert (made.json["role"], made.json["email"], made.json["first_name"]) == ("owner", "ada@example.com", "Ada")
    organization = Organization.objects.get()
    assert (organization.title, organization.created_by.email) == ("Analytical", "ada@example.com")
    assert client.get("/api/current-user/whoami").json["role"] == "owner"
    again = client_for(None).post("/api/setup/", {**OWNER, "email": "eve@example.com"})
    assert again.status == 409
    assert client_for(None).get("/api/setup/").json["version"] == ""
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"email": None}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "1234567890"}, "password"),
        ({"password": "ada@example.com"}, "password"),
        ({"password": "x" * 129}, "password"),
    ],
)
def test_a_bad_owner_is_refused_and_nothing_is_made(client_for, change, field):
    answer = client_for(None).post("/api/setup/", {**OWNER, **change})
    assert answer.status == 400
    assert list(answer.json["validation_errors"]) == [field]
    assert (User.objects.count(), Organization.objects.count()) == (0, 0)


def test_a_server_that_others_reach_asks_for_the_code_of_the_terminal(client_for, bound_to, tmp_path):
    bound_to("0.0.0.0")
    client = client_for(None)
    assert client.get("/api/setup/").json["needs_code"] is True
    assert client.post("/api/setup/", OWNER).status == 400
    code = setup_code.new_code()
    assert code not in (tmp_path / "setup.code").read_text()
    wrong = client.post("/api/setup/", {**OWNER, "code": "AAAA-BBBB-CCCC"})
    assert list(wrong.json["validation_errors"]) == ["code"]
    assert client.post("/api/setup/", {**OWNER, "code": code.lower().replace("-", " ")}).status == 201
    assert not (tmp_path / "setup.code").exists()


def test_the_code_cannot_be_guessed_for_long(client_for, bound_to):
    bound_to("0.0.0.0")
    setup_code.new_code()
    statuses = [client_for(None).post("/api/setup/", {**OWNER, "code": "X"}).status for _ in range(6)]
    assert statuses == [400] * 5 + [429]


def test_strangers_cannot_sign_up_until_it_is_opened(client_for, owner):
    answer = client_for(None).post("/api/signup/", {"email": "eve@example.com", "password": PASSWORD})
    assert answer.status == 403
    assert User.objects.count() == 1


def test_open_sign_up_gives_the_default_role(client_for, owner, organization, open_signup):
    organization.default_role = "manager"
    organization.save()
    client = client_for(None)
    made = client.post("/api/signup/", {"email": "new@example.com", "password": PASSWORD})
    assert (made.status, made.json["role"], made.json["active_organization"]) == (201, "manager", organization.pk)
    assert client.get("/api/current-user/whoami").json["email"] == "new@example.com"


def test_sign_up_does_not_say_who_has_an_account(client_for, owner, open_signup):
    taken = client_for(None).post("/api/signup/", {"email": "OWNER@example.com", "password": PASSWORD})
    assert taken.status == 400
    assert "already exists" not in str(taken.json)


def test_an_invitation_works_once_with_its_role(client_for, manager, organization):
    made = client_for(manager).post("/api/invitations/", {"role": "reviewer"})
    assert made.status == 201
    assert set(made.json) == {"id", "role", "email", "url", "token", "expires_at", "created_at"}
    token = made.json["token"]
    assert made.json["url"] == f"http://testserver/user/signup/?token={token}"
    assert Invitation.objects.get().token_hash != token
    listed = client_for(manager).get("/api/invitations/").json
    assert [row["id"] for row in listed] == [made.json["id"]]
    assert token not in str(listed)
    stranger = client_for(None)
    check = stranger.get(f"/api/invitations/check/?token={token}")
    assert check.json == {"organization": "Acme", "role": "reviewer", "email": ""}
    joined = stranger.post("/api/signup/", {"token": token, "email": "r@example.com", "password": PASSWORD})
    assert (joined.status, joined.json["role"]) == (201, "reviewer")
    assert stranger.get(f"/api/invitations/check/?token={token}").status == 404
    second = client_for(None).post("/api/signup/", {"token": token, "email": "s@example.com", "password": PASSWORD})
    assert second.status == 403


def test_an_invitation_for_an_address_is_for_it_alone(client_for, manager):
    body = {"email": "only@example.com"}
    token = client_for(manager).post("/api/invitations/", body).json["token"]
    other = {"token": token, "email": "eve@example.com", "password": PASSWORD}
    assert client_for(None).post("/api/signup/", other).status == 400
    assert client_for(None).post("/api/signup/", {**other, "email": "Only@example.com"}).status == 201


def test_an_account_without_password_is_waiting_for_its_invitation(client_for, owner, organization):
    user = people.create_account(organization=organization, role=Role.MANAGER, email="w@example.com", password=None)
    token = client_for(owner).post("/api/invitations/", {"email": "w@example.com"}).json["token"]
    joined = client_for(None).post("/api/signup/", {"token": token, "email": "w@example.com", "password": PASSWORD})
    assert (joined.status, joined.json["id"], joined.json["role"]) == (201, user.pk, "manager")


def test_a_former_member_comes_back_by_an_invitation_for_their_address(client_for, owner, manager, organization):
    client = client_for(owner)
    assert client.delete(f"/api/organizations/{organization.pk}/memberships/{manager.pk}/").status == 204
    link = client.post("/api/invitations/", {}).json["token"]
    body = {"email": manager.email, "password": "a new long password"}
    assert client_for(None).post("/api/signup/", {**body, "token": link}).status == 400
    named = client.post("/api/invitations/", {"email": manager.email, "role": "reviewer"}).json["token"]
    back = client_for(None).post("/api/signup/", {**body, "token": named})
    assert (back.status, back.json["id"], back.json["role"]) == (201, manager.pk, "reviewer")
    assert client.get(f"/api/users/{manager.pk}/").json["email"] == manager.email


def test_an_invitation_takes_over_no_account_that_is_in_use(client_for, owner, manager):
    token = client_for(owner).post("/api/invitations/", {"email": manager.email}).json["token"]
    body = {"token": token, "email": manager.email, "password": "a new long password"}
    assert client_for(None).post("/api/signup/", body).status == 400


def test_old_and_withdrawn_invitations_are_no_more(client_for, manager):
    client = client_for(manager)
    first = client.post("/api/invitations/", {}).json
    Invitation.objects.update(expires_at=now() - timedelta(seconds=1))
    assert client_for(None).get(f"/api/invitations/check/?token={first['token']}").status == 404
    second = client.post("/api/invitations/", {}).json
    assert client.delete(f"/api/invitations/{second['id']}/").status == 204
    assert client_for(None).get(f"/api/invitations/check/?token={second['token']}").status == 404
    assert client.delete(f"/api/invitations/{second['id']}/").status == 404


def test_nobody_invites_above_their_own_role(client_for, manager, annotator, outsider):
    client = client_for(manager)
    for role in ("owner", "administrator"):
        assert client.post("/api/invitations/", {"role": role}).status == 403
    assert client.post("/api/invitations/", {"role": "emperor"}).status == 400
    for days in (0, 91, "x"):
        assert client.post("/api/invitations/", {"expires_in_days": days}).status == 400
    invitation = client.post("/api/invitations/", {}).json
    assert client_for(annotator).get("/api/invitations/").status == 403
    assert client_for(annotator).post("/api/invitations/", {}).status == 403
    assert client_for(outsider).get("/api/invitations/").json == []
    assert client_for(outsider).delete(f"/api/invitations/{invitation['id']}/").status == 404
    assert Invitation.objects.count() == 1


def test_the_standing_link_gives_the_default_role_until_it_is_reset(client_for, manager, organization, annotator):
    client = client_for(manager)
    first = client.get("/api/invite").json
    assert first["invite_url"] == f"/user/signup/?token={first['token']}"
    assert client.get("/api/invite").json == first
    assert client_for(annotator).get("/api/invite").status == 403
    body = {"token": first["token"], "email": "a@example.com", "password": PASSWORD}
    joined = client_for(None).post("/api/signup/", body)
    assert (joined.status, joined.json["role"]) == (201, "annotator")
    fresh = client.post("/api/invite/reset-token")
    assert fresh.status == 201
    assert fresh.json["token"] != first["token"]
    assert client_for(None).post("/api/signup/", {**body, "email": "b@example.com"}).status == 403


def test_the_form_signs_up_as_old_clients_do(client_for, owner, open_signup):
    browser = Client()
    assert browser.get("/user/signup").status_code == 200
    assert b"Create Account" in browser.get("/user/signup/?token=x&email=f@example.com").content
    form = {"email": "f@example.com", "password": "short", "csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    refused = browser.post("/user/signup", form)
    assert refused.status_code == 200
    assert b"This password is too short" in refused.content
    assert browser.post("/user/signup/?token=wrong", {**form, "password": PASSWORD}).status_code == 403
    assert browser.post("/user/signup/", {**form, "password": PASSWORD}).status_code == 302
    assert browser.get("/api/current-user/whoami").json()["email"] == "f@example.com"


def test_the_form_makes_the_first_owner_on_a_loopback_server_only(db, bound_to):
    browser = Client()
    browser.get("/user/signup")
    form = {"email": "f@example.com", "password": PASSWORD, "csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    bound_to("0.0.0.0")
    assert browser.post("/user/signup/", form).status_code == 403
    bound_to("127.0.0.1")
    assert browser.post("/user/signup/", form).status_code == 302
    assert Membership.objects.get().role == "owner"
    assert AuditRow.objects.filter(action="organization.created").exists()


def test_a_default_role_that_is_none_is_named(settings):
    settings.CONFIG = replace(settings.CONFIG, default_role="owner")
    with pytest.raises(Invalid, match="POSTIL_DEFAULT_ROLE"):
        people.default_role()
