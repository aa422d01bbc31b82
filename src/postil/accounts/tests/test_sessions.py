"""Logging in and out, sessions and their ends, guessing, CSRF."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client

from postil.accounts.access import actor_of
from postil.accounts.actions import tokens
from postil.accounts.actions.tokens import InvalidRefresh, access_token, create_personal_token, lend_key
from postil.accounts.models import AuditRow, FailedLogin, LegacyToken, Membership, UserSession
from postil.accounts.sessions import stored_key
from postil.accounts.tests.factories import PASSWORD, token_of
from postil.core.clock import now

pytestmark = pytest.mark.django_db


class Browser:
    """A browser with cookies that sends what our own page sends."""

    def __init__(self) -> None:
        self.http = Client(raise_request_exception=False)

    def post(self, path, body=None, *, method="post", **headers):
        token = self.http.cookies["csrftoken"].value if "csrftoken" in self.http.cookies else ""
        named = {"X-CSRFToken": token} if token else {}
        named.update({name.replace("_", "-"): value for name, value in headers.items()})
        send = getattr(self.http, method)
        return send(path, body or {}, content_type="application/json", headers=named)

    def open_page(self, path="/user/login/"):
        return self.http.get(path)

    def log_in(self, user, password=PASSWORD):
        self.open_page()
        return self.post("/api/session/", {"email": user.email, "password": password})

    def whoami(self):
        return self.http.get("/api/current-user/whoami")


@pytest.fixture
def browser():
    return Browser()


def test_logging_in_gives_a_session_and_says_who_one_is(browser, manager, organization):
    answer = browser.log_in(manager)
    assert answer.status_code == 200
    body = answer.json()
    assert (body["id"], body["role"], body["active_organization"]) == (manager.pk, "manager", organization.pk)
    assert "projects.create" in body["permissions"]
    assert "audit.view" not in body["permissions"]
    assert browser.whoami().json()["email"] == manager.email
    cookie = browser.http.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert AuditRow.objects.filter(action="session.started", actor=manager).count() == 1


def test_the_table_holds_no_key_that_could_be_used(browser, manager):
    browser.log_in(manager)
    key = browser.http.cookies["sessionid"].value
    row = UserSession.objects.get()
    assert row.session_key == stored_key(key)
    assert key not in row.session_data
    thief = Client()
    thief.cookies["sessionid"] = row.session_key
    assert thief.get("/api/current-user/whoami").status_code == 401


def test_each_log_in_makes_a_new_session(browser, manager):
    browser.log_in(manager)
    first = browser.http.cookies["sessionid"].value
    browser.log_in(manager)
    assert browser.http.cookies["sessionid"].value != first
    assert UserSession.objects.count() == 1


def test_logging_out_ends_every_session_and_every_token(browser, manager, annotator):
    elsewhere = Browser()
    lasting, others = token_of(manager), token_of(annotator)
    who = actor_of(manager)
    _, personal = create_personal_token(who=who)
    _, of_a_model = lend_key(who=who, project_id=1, name="Model server")
    made_of_it = access_token(personal)
    browser.log_in(manager)
    elsewhere.log_in(manager)
    copied = browser.http.cookies["sessionid"].value
    token = browser.http.get("/api/current-user/token").json()["token"]
    assert browser.post("/api/session/", method="delete").status_code == 204
    assert elsewhere.whoami().status_code == 401
    thief = Client()
    thief.cookies["sessionid"] = copied
    assert thief.get("/api/current-user/whoami").status_code == 401
    assert Client().get("/api/current-user/whoami", headers={"Authorization": f"Token {token}"}).status_code == 401
    for header in (f"Token {lasting}", f"Bearer {made_of_it}"):
        assert Client().get("/api/current-user/whoami", headers={"Authorization": header}).status_code == 401
    with pytest.raises(InvalidRefresh):
        access_token(personal)
    lent = {"Authorization": f"Token {of_a_model}"}
    assert Client().get("/api/projects/", headers=lent).status_code == 200, "that key ends with its connection"
    assert [token.user for token in LegacyToken.objects.all()] == [annotator]
    assert Client().get("/api/current-user/whoami", headers={"Authorization": f"Token {others}"}).status_code == 200


def sessions_in(browser):
    return browser.http.get("/api/current-user/sessions/").json()


def test_people_see_where_they_are_logged_in(browser, manager, annotator):
    elsewhere, stranger = Browser(), Browser()
    elsewhere.http = Client(raise_request_exception=False, headers={"User-Agent": "Firefox on a train"})
    elsewhere.log_in(manager)
    stranger.log_in(annotator)
    browser.log_in(manager)
    here, there = sessions_in(browser)
    assert set(here) == {"id", "created_at", "last_seen_at", "ip", "agent", "is_current"}
    assert (here["is_current"], there["is_current"]) == (True, False)
    assert (there["agent"], there["ip"]) == ("Firefox on a train", "127.0.0.1")
    assert here["last_seen_at"] >= there["last_seen_at"]
    rows = UserSession.objects.filter(user=manager)
    assert {here["id"], there["id"]} == {row.session_key[:12] for row in rows}
    assert [entry["id"] for entry in sessions_in(elsewhere) if entry["is_current"]] == [there["id"]]


def test_a_session_that_is_over_is_not_listed(browser, manager):
    elsewhere = Browser()
    elsewhere.log_in(manager)
    UserSession.objects.update(last_seen_at=now() - timedelta(days=30))
    browser.log_in(manager)
    assert [entry["is_current"] for entry in sessions_in(browser)] == [True]


def test_one_session_is_ended_with_its_token_and_nothing_else(browser, manager):
    elsewhere, third = Browser(), Browser()
    lasting = token_of(manager)
    for each in (third, elsewhere, browser):
        each.log_in(manager)
    bound = elsewhere.http.get("/api/current-user/token").json()["token"]
    path = f"/api/current-user/sessions/{stored_key(elsewhere.http.cookies['sessionid'].value)[:12]}/"
    assert browser.post(path, method="delete").status_code == 204
    assert [each.whoami().status_code for each in (browser, third, elsewhere)] == [200, 200, 401]
    for token, status in ((bound, 401), (lasting, 200)):
        headers = {"Authorization": f"Token {token}"}
        assert Client().get("/api/current-user/whoami", headers=headers).status_code == status
    assert AuditRow.objects.get(action="session.ended", actor=manager).details == {"session": path.split("/")[-2]}
    assert browser.post(path, method="delete").status_code == 404


@pytest.mark.parametrize("session_id", ["000000000000", "0", "%", "____________", "x" * 500])
def test_what_is_no_session_cannot_be_ended(browser, manager, session_id):
    browser.log_in(manager)
    answer = browser.post(f"/api/current-user/sessions/{quote(session_id)}/", method="delete")
    assert (answer.status_code, answer.json()["detail"]) == (404, "There is no such session.")
    assert browser.whoami().status_code == 200


def test_the_sessions_of_others_are_out_of_reach(browser, manager, annotator):
    other = Browser()
    other.log_in(annotator)
    browser.log_in(manager)
    path = f"/api/current-user/sessions/{stored_key(other.http.cookies['sessionid'].value)[:12]}/"
    assert browser.post(path, method="delete").status_code == 404
    assert browser.post("/api/current-user/sessions/", method="delete").status_code == 204
    assert other.whoami().status_code == 200


def test_all_other_sessions_are_ended_at_once(browser, manager, client_for):
    elsewhere, third = Browser(), Browser()
    for each in (elsewhere, third, browser):
        each.log_in(manager)
    assert browser.post("/api/current-user/sessions/", method="delete").status_code == 204
    assert [each.whoami().status_code for each in (browser, elsewhere, third)] == [200, 401, 401]
    assert AuditRow.objects.get(action="session.others_ended").details == {"count": 2}
    assert client_for(manager).delete("/api/current-user/sessions/").status == 204
    assert browser.whoami().status_code == 401, "a token has no session of its own to keep"


def test_ending_a_session_needs_proof_and_a_person(browser, manager):
    browser.log_in(manager)
    assert browser.http.delete("/api/current-user/sessions/").status_code == 403
    assert Client().get("/api/current-user/sessions/").status_code == 401
    assert Client().delete("/api/current-user/sessions/000000000000/").status_code == 401


@pytest.mark.parametrize(
    ("email", "password"), [("manager@example.com", "wrong wrong wrong"), ("nobody@example.com", "x")]
)
def test_unknown_account_and_wrong_password_look_alike(browser, manager, email, password):
    browser.open_page()
    answer = browser.post("/api/session/", {"email": email, "password": password})
    assert answer.status_code == 400
    assert answer.json()["detail"] == "The e-mail or the password is not right."
    assert FailedLogin.objects.get().email == email


def test_the_case_of_an_address_does_not_matter(browser, manager):
    browser.open_page()
    answer = browser.post("/api/session/", {"email": "Manager@Example.COM", "password": PASSWORD})
    assert answer.json()["id"] == manager.pk


def test_guessing_is_slowed_and_then_stopped_even_for_the_right_password(browser, manager):
    for _ in range(5):
        assert browser.log_in(manager, "wrong").status_code == 400
    slowed = browser.log_in(manager)
    assert slowed.status_code == 429
    assert 1 <= int(slowed["Retry-After"]) <= 5
    FailedLogin.objects.update(at=now() - timedelta(minutes=1))
    assert browser.log_in(manager, "wrong").status_code == 400
    FailedLogin.objects.bulk_create(FailedLogin(email=manager.email, ip="203.0.113.9") for _ in range(15))
    FailedLogin.objects.update(at=now() - timedelta(minutes=5))
    stopped = browser.log_in(manager)
    assert stopped.status_code == 429
    assert 590 <= int(stopped["Retry-After"]) <= 600
    FailedLogin.objects.update(at=now() - timedelta(minutes=16))
    assert browser.log_in(manager).status_code == 200


def test_every_spelling_of_an_address_counts_as_the_same(browser, make_user):
    make_user("annotator", email="kim@example.com")
    for spelling in (
        "kim@example.com",
        "KIM@example.com",
        "\u212aim@example.com",
        " kim@example.com",
        "Kim@example.com",
    ):
        browser.post("/api/session/", {"email": spelling, "password": "not this one"})
    assert list(FailedLogin.objects.values_list("email", flat=True)) == ["kim@example.com"] * 5
    answer = browser.post("/api/session/", {"email": "\u212aIM@example.com", "password": PASSWORD})
    assert answer.status_code == 429


def test_an_unsafe_page_of_the_same_name_is_another_origin(browser, manager):
    browser.log_in(manager)
    headers = {"Origin": "http://testserver"}
    over_https = {"content_type": "application/json", "headers": headers, "secure": True}
    assert browser.http.post("/api/token/", {"name": "x"}, **over_https).status_code == 403
    headers["Origin"] = "https://testserver"
    assert browser.http.post("/api/token/", {"name": "x"}, **over_https).status_code == 201


def test_an_open_session_survives_the_guessing_of_others(browser, manager):
    browser.log_in(manager)
    FailedLogin.objects.bulk_create(FailedLogin(email=manager.email, ip="203.0.113.9") for _ in range(30))
    assert browser.whoami().status_code == 200


def test_idle_and_old_sessions_end(browser, manager, organization):
    organization.session_idle_minutes, organization.session_max_minutes = 10, 60
    organization.save()
    browser.log_in(manager)
    UserSession.objects.update(last_seen_at=now() - timedelta(minutes=9), created_at=now() - timedelta(minutes=50))
    assert browser.whoami().status_code == 200
    UserSession.objects.update(last_seen_at=now() - timedelta(minutes=11))
    assert browser.whoami().status_code == 401
    browser.log_in(manager)
    UserSession.objects.update(created_at=now() - timedelta(minutes=61), last_seen_at=now())
    assert browser.whoami().status_code == 401
    assert UserSession.objects.count() == 0


def test_a_right_that_is_taken_away_is_gone_with_the_next_request(browser, manager):
    browser.log_in(manager)
    assert browser.http.get("/api/users/").status_code == 200
    Membership.objects.filter(user=manager).update(role="annotator")
    assert browser.http.get("/api/users/").status_code == 403
    Membership.objects.filter(user=manager).update(deleted_at=now())
    assert browser.whoami().status_code == 401


def test_writes_with_a_session_need_proof(browser, manager):
    browser.log_in(manager)
    body = {"name": "x"}
    assert browser.post("/api/token/", body).status_code == 201
    plain = browser.http.post("/api/token/", body, content_type="application/json")
    assert plain.status_code == 403
    assert plain.json()["detail"].startswith("CSRF")
    refused = [
        {"X-CSRFToken": "a" * 32},
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "null"},
    ]
    for headers in refused:
        answer = browser.http.post("/api/token/", body, content_type="application/json", headers=headers)
        assert answer.status_code == 403, headers
    assert browser.post("/api/token/", body, Origin="https://evil.example").status_code == 403
    allowed = [{"Origin": "http://testserver"}, {"Sec-Fetch-Site": "same-origin"}]
    for headers in allowed:
        answer = browser.http.post("/api/token/", body, content_type="application/json", headers=headers)
        assert answer.status_code == 201, headers


def test_another_site_cannot_log_somebody_in(browser, manager):
    body = {"email": manager.email, "password": PASSWORD}
    headers = {"Origin": "https://evil.example"}
    assert browser.http.post("/api/session/", body, content_type="application/json", headers=headers).status_code == 403


def test_changing_the_password_ends_everything_else(browser, manager, client_for):
    script = client_for(manager)
    elsewhere = Browser()
    elsewhere.log_in(manager)
    browser.log_in(manager)
    wrong = browser.post("/api/current-user/password/", {"old_password": "x", "new_password": "another long one"})
    assert wrong.json()["validation_errors"] == {"old_password": ["This is not your current password."]}
    weak = browser.post("/api/current-user/password/", {"old_password": PASSWORD, "new_password": "password12"})
    assert weak.status_code == 400
    changed = browser.post(
        "/api/current-user/password/", {"old_password": PASSWORD, "new_password": "another long one"}
    )
    assert changed.status_code == 204
    assert browser.whoami().status_code == 200
    assert elsewhere.whoami().status_code == 401
    assert script.get("/api/current-user/whoami").status == 401
    assert Browser().log_in(manager).status_code == 400


def test_a_token_of_a_session_is_the_same_at_each_call_and_ends_with_it(browser, manager):
    browser.log_in(manager)
    token = browser.http.get("/api/current-user/token").json()["token"]
    assert browser.http.get("/api/current-user/token").json() == {"token": token}
    headers = {"Authorization": f"Token {token}"}
    assert Client().get("/api/current-user/whoami", headers=headers).json()["id"] == manager.pk
    UserSession.objects.update(created_at=now() - timedelta(days=30))
    assert Client().get("/api/current-user/whoami", headers=headers).status_code == 401


def test_the_form_logs_in_as_old_clients_do(browser, manager):
    page = browser.open_page("/user/login")
    assert page.status_code == 200
    csrf = browser.http.cookies["csrftoken"].value
    form = {"email": manager.email, "password": "wrong", "csrfmiddlewaretoken": csrf}
    assert browser.http.post("/user/login/", form).status_code == 200
    assert browser.whoami().status_code == 401
    assert browser.http.post("/user/login", {**form, "csrfmiddlewaretoken": ""}).status_code == 403
    done = browser.http.post("/user/login?next=//evil.example/", {**form, "password": PASSWORD})
    assert (done.status_code, done["Location"]) == (302, "/")
    assert browser.whoami().status_code == 200
    assert browser.http.get("/user/login/?next=/projects/")["Location"] == "/projects/"


def test_only_a_post_with_proof_logs_out_by_form(browser, manager):
    browser.log_in(manager)
    assert browser.http.get("/logout").status_code == 302
    assert browser.http.post("/logout/").status_code == 403
    assert browser.whoami().status_code == 200
    assert (
        browser.http.post("/logout/", {"csrfmiddlewaretoken": browser.http.cookies["csrftoken"].value}).status_code
        == 302
    )
    assert browser.whoami().status_code == 401


def test_inactive_and_removed_people_cannot_log_in(browser, manager, annotator):
    manager.is_active = False
    manager.save()
    Membership.objects.filter(user=annotator).update(deleted_at=now())
    assert browser.log_in(manager).status_code == 400
    assert browser.log_in(annotator).status_code == 400


def test_a_request_with_a_token_costs_one_statement(client_for, manager, django_assert_num_queries):
    client = client_for(manager)
    client.get("/api/jwt/settings/")
    with django_assert_num_queries(1):
        assert client.get("/api/jwt/settings/").status == 200


def test_a_request_with_a_session_costs_one_statement(browser, manager, django_assert_num_queries):
    browser.log_in(manager)
    browser.http.get("/api/jwt/settings/")
    with django_assert_num_queries(1):
        assert browser.http.get("/api/jwt/settings/").status_code == 200


def test_activity_is_written_once_a_minute(client_for, manager):
    token = tokens.LegacyToken
    client = client_for(manager)
    client.get("/api/jwt/settings/")
    first = token.objects.get().last_used_at
    client.get("/api/jwt/settings/")
    assert token.objects.get().last_used_at == first is not None
