"""Hosts, proxies, other origins, and headers."""

from dataclasses import replace

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def configure(settings):
    def change(**values):
        settings.CONFIG = replace(settings.CONFIG, **values)

    return change


def test_an_unknown_host_is_refused_in_words(client):
    answer = client.get("/api/setup/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "POSTIL_ALLOWED_HOSTS" in answer.json()["detail"]
    assert "evil" not in answer.content.decode()


def test_other_origins_get_nothing_unless_they_are_named(client, configure):
    headers = {"Origin": "https://lab.example"}
    assert "Access-Control-Allow-Origin" not in client.get("/api/setup/", headers=headers)
    configure(cors_origins=("https://lab.example",))
    answer = client.get("/api/setup/", headers=headers)
    assert answer["Access-Control-Allow-Origin"] == "https://lab.example"
    preflight = client.options("/api/projects/", headers=headers)
    assert (preflight.status_code, preflight["Access-Control-Allow-Origin"]) == (200, "https://lab.example")
    assert "PATCH" in preflight["Access-Control-Allow-Methods"]
    other = client.options("/api/projects/", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in other


def test_a_proxy_counts_only_if_it_is_named(client, configure):
    forwarded = {"X-Forwarded-For": "198.51.100.7", "X-Forwarded-Proto": "https"}
    plain = client.get("/api/setup/", headers=forwarded)
    assert "Strict-Transport-Security" not in plain
    configure(trusted_proxies=("127.0.0.0/8",), anonymous_requests_per_minute=1)
    first = client.get("/api/setup/", headers=forwarded)
    assert first["Strict-Transport-Security"] == "max-age=31536000"
    assert client.get("/api/setup/", headers=forwarded).status_code == 429
    spoofed = {**forwarded, "X-Forwarded-For": "1.2.3.4, 198.51.100.7"}
    assert client.get("/api/setup/", headers=spoofed).status_code == 429
    assert client.get("/api/setup/", headers={**forwarded, "X-Forwarded-For": "198.51.100.8"}).status_code == 200


def test_heads_are_answered_like_gets_without_the_body(client):
    head, whole = client.head("/api/setup"), client.get("/api/setup")
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(whole.content))


def test_pages_name_the_scripts_that_may_run(client):
    page = client.get("/user/login")
    policy = dict(rule.split(" ", 1) for rule in page["Content-Security-Policy"].split("; "))
    nonce = policy["script-src"].split("'nonce-")[1].rstrip("'")
    assert len(nonce) > 20
    assert nonce not in client.get("/user/login")["Content-Security-Policy"]
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'self'"
    assert policy["img-src"] == "'self' data: blob:"
    assert "unsafe" not in policy["script-src"]


def test_pictures_of_other_origins_are_shown_once_they_are_named(client, configure):
    configure(media_origins=("https://media.example", "javascript:alert(1)", "https:", "x y"))
    policy = client.get("/user/login")["Content-Security-Policy"]
    assert "img-src 'self' data: blob: https://media.example https:;" in policy
    assert "javascript" not in policy


def test_a_lying_length_is_refused_at_once():
    answer = Client().generic("POST", "/api/session/", b"{}", CONTENT_LENGTH="-1")
    assert answer.status_code == 400
    huge = Client().generic("POST", "/api/session/", b"{}", content_type="application/json", CONTENT_LENGTH=str(10**12))
    assert huge.status_code == 413


def test_a_body_of_unknown_length_is_refused_instead_of_read_as_empty(client):
    answer = client.generic("POST", "/api/session/", b"{}", HTTP_TRANSFER_ENCODING="chunked")
    assert (answer.status_code, "Content-Length" in answer.json()["detail"]) == (411, True)


def test_cookies_are_secure_whenever_the_request_came_by_https(client):
    assert not client.get("/user/login/").cookies["csrftoken"]["secure"]
    assert client.get("/user/login/", secure=True).cookies["csrftoken"]["secure"] is True
