"""Two requests at the same moment, on real transactions."""

import threading
from io import BytesIO

import pytest
from conftest import JsonClient
from django.db import connections

from postil.accounts.models import User
from postil.accounts.tests.factories import PASSWORD, make_organization, make_user, token_of
from postil.infra.models import RememberedAnswer
from postil.infra.tests import test_http

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(test_http.__name__)]


def at_once(*calls):
    """Run all calls in threads of their own, started together; return what they returned."""
    gate = threading.Barrier(len(calls))
    answers = [None] * len(calls)

    def run(place, call):
        try:
            gate.wait(10)
            answers[place] = call()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


@pytest.fixture
def token():
    test_http.calls.clear()
    return token_of(make_user(organization=make_organization(), role="manager"))


def test_the_same_key_at_once_acts_once(token):
    def send():
        return JsonClient(token).post("/api/echo/", {"title": "once"}, Idempotency_Key="k")

    answers = at_once(*[send] * 6)
    assert [(answer.status, answer.json) for answer in answers] == [(201, {"title": "once"})] * 6
    assert test_http.calls == ["once"]


def test_the_same_upload_at_once_acts_once(token):
    def send():
        return JsonClient(token).upload("/api/upload/", {"file": BytesIO(b"x" * 90_000)}, Idempotency_Key="k")

    answers = at_once(*[send] * 4)
    assert [(answer.status, answer.json) for answer in answers] == [(200, {"size": 90_000, "n": 1})] * 4
    assert RememberedAnswer.objects.count() == 1


@pytest.mark.urls("postil.web.urls")
def test_two_first_visitors_make_one_owner():
    def set_up(email):
        return lambda: JsonClient().post("/api/setup/", {"email": email, "password": PASSWORD})

    answers = at_once(*[set_up(f"o{number}@example.com") for number in range(4)])
    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409]
    assert User.objects.count() == 1


@pytest.mark.urls("postil.web.urls")
def test_an_invitation_used_twice_at_once_works_once():
    manager = JsonClient(token_of(make_user(organization=make_organization(), role="manager")))
    token = manager.post("/api/invitations/", {}).json["token"]

    def join(email):
        return lambda: JsonClient().post("/api/signup/", {"token": token, "email": email, "password": PASSWORD})

    answers = at_once(*[join(f"n{number}@example.com") for number in range(3)])
    assert sorted(answer.status for answer in answers) == [201, 403, 403]
    assert User.objects.count() == 2


@pytest.mark.urls("postil.web.urls")
def test_eight_writers_are_all_served():
    organization = make_organization()
    tokens = [token_of(make_user(organization=organization, role="manager")) for _ in range(8)]

    def write(token):
        return lambda: [JsonClient(token).post("/api/token/", {"name": str(n)}).status for n in range(5)]

    assert at_once(*[write(token) for token in tokens]) == [[201] * 5] * 8
