"""Users, members, organizations, hotkeys, pictures, and the audit log."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from postil.accounts.models import AuditRow, Membership, User, UserSession
from postil.accounts.tests.factories import PASSWORD, make_user
from postil.core.clock import now

pytestmark = pytest.mark.django_db
USER_KEYS = [
    "id",
    "first_name",
    "last_name",
    "username",
    "email",
    "last_activity",
    "custom_hotkeys",
    "avatar",
    "initials",
    "phone",
    "active_organization",
    "active_organization_meta",
    "allow_newsletters",
    "date_joined",
]


def picture(form="PNG", size=(300, 200)):
    file = BytesIO()
    Image.new("RGB", size, "red").save(file, format=form)
    file.seek(0)
    file.name = "me.png"
    return file


def test_whoami_has_the_keys_that_clients_know(client_for, owner, organization):
    body = client_for(owner).get("/api/current-user/whoami").json
    assert list(body)[: len(USER_KEYS)] == USER_KEYS
    assert body["active_organization_meta"] == {"title": "Acme", "email": "owner@example.com"}
    assert body["initials"] == "ow"
    assert body["avatar"] is None


def test_managers_make_accounts(client_for, manager, organization):
    client = client_for(manager)
    body = {
        "email": "ann@example.com",
        "username": "ann",
        "first_name": "Ann",
        "last_name": "Otator",
        "password": PASSWORD,
    }
    made = client.post("/api/users/", body)
    assert made.status == 201
    assert (made.json["initials"], made.json["active_organization"]) == ("AO", None)
    assert client.get(f"/api/users/{made.json['id']}/").json["active_organization"] == organization.pk
    assert Membership.objects.get(user=made.json["id"]).role == "annotator"
    assert client_for(None).post("/api/session/", {"email": "ann@example.com", "password": PASSWORD}).status == 200
    again = client.post("/api/users/", {**body, "email": "ANN@example.com"})
    assert again.json["validation_errors"] == {"email": ["user with this email address already exists."]}
    assert client.post("/api/users/", {"email": "not an email"}).status == 400
    assert client.post("/api/users/", {"email": "b@example.com", "role": "owner"}).status == 403


def test_annotators_see_themselves_only(client_for, annotator, manager):
    client = client_for(annotator)
    assert client.get(f"/api/users/{annotator.pk}/").json["id"] == annotator.pk
    assert client.get(f"/api/users/{manager.pk}/").status == 404
    assert client.get("/api/users/").status == 403
    assert client.post("/api/users/", {"email": "x@example.com"}).status == 403
    assert client.delete(f"/api/users/{manager.pk}/").status == 404
    assert client.patch(f"/api/users/{annotator.pk}/", {"first_name": "Anna"}).json["first_name"] == "Anna"


def test_other_organizations_do_not_exist(client_for, manager, outsider, organization):
    client = client_for(outsider)
    for method, path in (
        ("GET", f"/api/users/{manager.pk}/"),
        ("PATCH", f"/api/users/{manager.pk}/"),
        ("DELETE", f"/api/users/{manager.pk}/"),
        ("GET", f"/api/organizations/{organization.pk}"),
        ("PATCH", f"/api/organizations/{organization.pk}"),
        ("GET", f"/api/organizations/{organization.pk}/memberships"),
        ("GET", f"/api/organizations/{organization.pk}/memberships/{manager.pk}/"),
        ("DELETE", f"/api/organizations/{organization.pk}/memberships/{manager.pk}/"),
    ):
        answer = client.request(method, path, {})
        assert (answer.status, method, path) == (404, method, path)
    answer = client.patch(f"/api/organizations/{organization.pk}/memberships/{manager.pk}/", {"role": "owner"})
    assert answer.status == 404
    assert [user["id"] for user in client.get("/api/users/").json] == [outsider.pk]
    manager.refresh_from_db()
    assert manager.is_active


def test_administrators_change_those_below_them(client_for, administrator, manager, owner):
    client = client_for(administrator)
    assert client.patch(f"/api/users/{manager.pk}/", {"first_name": "Mo"}).json["first_name"] == "Mo"
    assert client.patch(f"/api/users/{owner.pk}/", {"first_name": "No"}).status == 403
    assert client_for(manager).patch(f"/api/users/{owner.pk}/", {"first_name": "No"}).status == 403


def test_the_address_changes_only_by_an_administrator(client_for, administrator, manager, owner):
    mine = client_for(manager)
    refused = mine.patch(f"/api/users/{manager.pk}/", {"email": "z@example.com"})
    assert (refused.status, refused.json["detail"]) == (405, "Cannot update read-only field: email")
    assert mine.patch(f"/api/users/{manager.pk}/", {"email": manager.email, "phone": "1"}).status == 200
    for email in (owner.email, "z@example.com"):
        assert mine.patch(f"/api/users/{owner.pk}/", {"email": email, "phone": "1"}).status == 405
    assert mine.patch(f"/api/users/{owner.pk}/", {"phone": "1"}).status == 403
    assert mine.post(f"/api/users/{manager.pk}/email/", {"email": "z@example.com"}).status == 403
    client = client_for(administrator)
    assert client.post(f"/api/users/{owner.pk}/email/", {"email": "z@example.com"}).status == 403
    taken = client.post(f"/api/users/{manager.pk}/email/", {"email": "OWNER@example.com"})
    assert list(taken.json["validation_errors"]) == ["email"]
    assert client.post(f"/api/users/{manager.pk}/email/", {"email": "z@example.com"}).status == 204
    assert mine.get("/api/current-user/whoami").status == 401


def test_administrators_reset_passwords_of_those_below_them(client_for, administrator, manager, owner):
    mine, client = client_for(manager), client_for(administrator)
    path, wanted = f"/api/users/{manager.pk}/password/", {"password": "a brand new pass 7"}
    assert mine.post(path, wanted).status == 403
    assert client.post(f"/api/users/{owner.pk}/password/", wanted).status == 403
    assert client.post(f"/api/users/{administrator.pk}/password/", wanted).status == 403
    assert list(client.post(path, {"password": "short"}).json["validation_errors"]) == ["password"]
    assert client.post(path, {}).status == 400
    assert mine.get("/api/current-user/whoami").status == 200
    assert client.post(path, wanted).status == 204
    assert mine.get("/api/current-user/whoami").status == 401
    manager.refresh_from_db()
    assert manager.check_password("a brand new pass 7")
    row = AuditRow.objects.get(action="user.password_reset")
    assert (row.actor_id, row.object_id) == (administrator.pk, str(manager.pk))
    assert "brand" not in str(row.details)


def test_only_owners_delete_accounts(client_for, owner, administrator, manager):
    assert client_for(administrator).delete(f"/api/users/{manager.pk}/").json["detail"] == (
        "Only the organization owner can delete users"
    )
    client = client_for(owner)
    assert client.delete(f"/api/users/{owner.pk}/").json["detail"] == "The organization owner cannot be deleted"
    script = client_for(manager)
    assert client.delete(f"/api/users/{manager.pk}/").status == 204
    assert client.get(f"/api/users/{manager.pk}/").status == 404
    assert script.get("/api/current-user/whoami").status == 401
    manager.refresh_from_db()
    assert (manager.email, manager.first_name, manager.is_active) == (
        f"deleted-{manager.pk}@deleted.invalid",
        "",
        False,
    )
    assert client.post("/api/users/", {"email": "manager@example.com"}).status == 201


def test_removing_a_member_ends_their_access_and_keeps_a_trace(client_for, owner, manager, organization):
    script, client = client_for(manager), client_for(owner)
    path = f"/api/organizations/{organization.pk}/memberships/{manager.pk}/"
    assert client.delete(path).status == 204
    assert script.get("/api/current-user/whoami").status == 401
    again = client.delete(path)
    assert (again.status, again.json["detail"]) == (404, "Member not found")
    shown = client.get(f"/api/users/{manager.pk}/").json
    assert (shown["first_name"], shown["last_name"], shown["email"], shown["initials"]) == (
        "Deleted",
        "User",
        "Deleted",
        "DU",
    )
    assert client.delete(f"/api/organizations/{organization.pk}/memberships/{owner.pk}/").status == 405
    assert AuditRow.objects.get(action="member.removed").object_id == str(manager.pk)


def test_roles_are_given_downwards_only(client_for, owner, administrator, manager, annotator, organization):
    def give(who, whom, role):
        path = f"/api/organizations/{organization.pk}/memberships/{whom.pk}/"
        return client_for(who).patch(path, {"role": role}).status

    assert give(manager, annotator, "reviewer") == 403
    assert give(administrator, annotator, "owner") == 403
    assert give(administrator, administrator, "owner") == 403
    assert give(administrator, owner, "annotator") == 403
    assert give(administrator, annotator, "manager") == 200
    assert give(owner, owner, "manager") == 409
    assert give(owner, administrator, "owner") == 200
    assert give(owner, owner, "manager") == 200
    assert give(administrator, annotator, "emperor") == 400
    roles = dict(Membership.objects.values_list("user__email", "role"))
    assert roles["administrator@example.com"] == "owner"
    assert roles["owner@example.com"] == "manager"


def test_a_new_role_ends_the_sessions_of_its_bearer(client_for, owner, annotator, organization):
    client_for(None).post("/api/session/", {"email": annotator.email, "password": PASSWORD})
    assert UserSession.objects.filter(user=annotator).count() == 1
    client_for(owner).patch(f"/api/organizations/{organization.pk}/memberships/{annotator.pk}/", {"role": "reviewer"})
    assert UserSession.objects.filter(user=annotator).count() == 0


def test_members_come_in_pages_without_an_end(client_for, owner, organization, django_assert_num_queries):
    for _ in range(4):
        make_user(organization=organization)
    client = client_for(owner)
    path = f"/api/organizations/{organization.pk}/memberships"
    first = client.get(f"{path}?page_size=3").json
    assert (first["count"], len(first["results"]), first["previous"]) == (5, 3, None)
    assert first["next"].endswith("page_size=3&page=2")
    assert first["results"][0]["user"]["email"] == "owner@example.com"
    assert first["results"][0]["created_projects"] is None
    assert client.get(f"{path}?page=9").json["results"] == []
    with django_assert_num_queries(4):
        client.get(path)
    for _ in range(20):
        make_user(organization=organization)
    with django_assert_num_queries(4):
        assert len(client.get(f"{path}?page_size=-1").json["results"]) == 25
    detail = client.get(f"{path}/{owner.pk}/").json
    assert (detail["user"], detail["annotations_count"], detail["contributed_projects_count"]) == (owner.pk, 0, 0)


def test_the_organization_shows_its_invitation_to_those_who_may_invite(client_for, owner, annotator, organization):
    path = f"/api/organizations/{organization.pk}"
    full = client_for(owner).get(path).json
    assert full["token"] == client_for(owner).get("/api/invite").json["token"]
    assert full["users"] == [owner.pk, annotator.pk]
    cut = client_for(annotator).get(path).json
    assert (cut["token"], cut["users"]) == ("", [annotator.pk])
    assert [row["id"] for row in client_for(annotator).get("/api/organizations/").json] == [organization.pk]
    assert client_for(owner).post("/api/organizations/", {"title": "x"}).status == 403


def test_administrators_change_the_organization(client_for, administrator, manager, organization):
    path = f"/api/organizations/{organization.pk}"
    changed = client_for(administrator).patch(path, {"title": "New", "contact_info": "hi@example.com"}).json
    assert (changed["title"], changed["contact_info"]) == ("New", "hi@example.com")
    assert client_for(administrator).patch(path, {"contact_info": "nobody"}).status == 400
    assert client_for(administrator).patch(path, {"default_role": "owner"}).status == 403
    assert client_for(manager).patch(path, {"title": "Mine"}).status == 403
    assert AuditRow.objects.get(action="settings.organization").details == {"fields": ["contact_info", "title"]}


def test_the_session_policy_is_the_administrators(client_for, administrator, annotator):
    assert client_for(annotator).get("/api/session-policy/").json["max_session_age"] == 11520
    changed = client_for(administrator).patch("/api/session-policy/", {"max_session_age": 10}).json
    assert (changed["max_session_age"], changed["max_time_between_activity"]) == (10, 4320)
    assert client_for(annotator).patch("/api/session-policy/", {"max_session_age": 10}).status == 403
    for wrong in (0, -5, "x", 10**9):
        assert client_for(administrator).patch("/api/session-policy/", {"max_session_age": wrong}).status == 400


def test_hotkeys_are_kept_and_checked(client_for, annotator):
    client = client_for(annotator)
    keys = {"annotation:submit": {"key": "ctrl+enter", "active": True}}
    assert client.patch("/api/current-user/hotkeys/", {"custom_hotkeys": keys}).json == {"custom_hotkeys": keys}
    assert client.get("/api/current-user/hotkeys/").json == {"custom_hotkeys": keys}
    bad = client.patch("/api/current-user/hotkeys/", {"custom_hotkeys": {"bad": {"key": "x"}}})
    assert (bad.status, bad.json) == (
        400,
        {
            "error": "Invalid hotkeys configuration",
            "details": {"custom_hotkeys": ["Action key 'bad' must be in 'section:action' format"]},
        },
    )
    for wrong in (None, [], {"a:b": "x"}, {"a:b": {}}, {"a:b": {"key": 1}}, {"a:b": {"key": "x", "active": "yes"}}):
        assert client.patch("/api/current-user/hotkeys/", {"custom_hotkeys": wrong}).status == 400
    assert client.get("/api/current-user/hotkeys/").json == {"custom_hotkeys": keys}


def test_tours_are_remembered(client_for, annotator):
    client = client_for(annotator)
    path = "/api/current-user/product-tour?name=welcome"
    assert client.get(path).json["state"] == "ready"
    assert client.patch(path, {"state": "completed", "interaction_data": {"step": 2}}).status == 200
    assert client.get(path).json["interaction_data"] == {"step": 2}
    assert client.get("/api/current-user/product-tour").status == 400


def test_a_picture_is_drawn_anew_and_shown_to_colleagues_only(client_for, annotator, manager, outsider):
    client = client_for(annotator)
    path = f"/api/users/{annotator.pk}/avatar/"
    assert client.upload(path, {"avatar": picture("JPEG")}).json == {"detail": "avatar saved"}
    address = client.get("/api/current-user/whoami").json["avatar"]
    shown = client_for(manager).get(address)
    assert shown.headers["Content-Type"] == "image/png"
    assert Image.open(BytesIO(shown.content)).size == (256, 256)
    assert client_for(outsider).get(address).status == 404
    assert client_for(None).get(address).status == 401
    assert client.delete(path).status == 204
    assert client_for(manager).get(address).status == 404


def test_what_is_no_picture_is_refused(client_for, annotator):
    path = f"/api/users/{annotator.pk}/avatar/"
    svg = BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    svg.name = "me.png"
    client = client_for(annotator)
    assert client.upload(path, {"avatar": svg}).status == 400
    assert client.upload(path, {"avatar": "text"}).status == 400
    assert client.upload(path, {}).status == 400
    cut = picture()
    cut.truncate(60)
    assert client.upload(path, {"avatar": cut}).status == 400
    assert User.objects.get(pk=annotator.pk).avatar == ""


def test_the_audit_log_is_filtered_paged_and_written_as_csv(client_for, owner, administrator, manager, outsider):
    client = client_for(administrator)
    client_for(manager).post("/api/token/", {"name": "=cmd()"})
    client_for(manager).post("/api/invitations/", {})
    client_for(outsider).post("/api/invitations/", {})
    log = client.get("/api/audit-log/").json
    assert [row["action"] for row in log["results"]] == ["invitation.created", "token.created"]
    row = log["results"][1]
    assert row["actor"] == {"id": manager.pk, "email": manager.email}
    assert row["actor_kind"].startswith("token legacy-")
    assert row["ip"] == "127.0.0.1"
    for query in (
        "action=token.created",
        f"actor={manager.pk}&page_size=1",
        "actor=Manager@example.com&object_type=token",
        "kind=token,session",
        "kind=invitation&days=1",
    ):
        assert len(client.get(f"/api/audit-log/?{query}").json["results"]) == 1, query
    AuditRow.objects.filter(action="token.created").update(at=now() - timedelta(days=3))
    assert [client.get(f"/api/audit-log/?days={days}").json["count"] for days in (1, 7, 0)] == [1, 2, 2]
    assert client.get("/api/audit-log/?kind=tok").json["count"] == 0
    assert client.get("/api/audit-log/?days=x").status == 400
    assert client.get("/api/audit-log/?project=1").json["count"] == 0
    assert client.get("/api/audit-log/?project=x").status == 400
    csv = client.get("/api/audit-log/?format=csv")
    assert csv.headers["Content-Type"].startswith("text/csv")
    assert csv.content.decode().splitlines()[0].startswith("id,at,actor,actor_kind")
    assert len(csv.content.decode().splitlines()) == 3
    assert client_for(manager).get("/api/audit-log/").status == 403
    assert client_for(owner).get("/api/audit-log/").status == 200


def test_audit_rows_are_never_changed(client_for, manager):
    client_for(manager).post("/api/token/")
    row = AuditRow.objects.get()
    with pytest.raises(TypeError):
        row.save()
