"""Legacy tokens and personal access tokens."""

from dataclasses import replace
from datetime import timedelta

import jwt
import pytest
from django.test import Client

from postil.accounts import jwt_tokens
from postil.accounts.models import AuditRow, LegacyToken, Membership, PersonalToken
from postil.core.clock import now

pytestmark = pytest.mark.django_db
WHOAMI = "/api/current-user/whoami"


def whoami(**headers):
    answer = Client().get(WHOAMI, headers={name.replace("_", "-"): value for name, value in headers.items()})
    body = answer.json()
    return answer.status_code, body["id"] if answer.status_code == 200 else None, body.get("detail")


def access_for(client, refresh):
    return client.post("/api/token/refresh/", {"refresh": refresh}).json["access"]


def test_strangers_are_bounded_by_address(client_for, settings):
    settings.CONFIG = replace(settings.CONFIG, anonymous_requests_per_minute=3)
    client = client_for(None)
    client.http.defaults["REMOTE_ADDR"] = "203.0.113.5"
    assert [client.get("/api/setup/").status for _ in range(4)] == [200, 200, 200, 429]
    client.http.defaults["REMOTE_ADDR"] = "203.0.113.6"
    assert client.get("/api/setup/").status == 200


def test_people_are_bounded_by_key(client_for, manager, settings):
    settings.CONFIG = replace(settings.CONFIG, requests_per_minute=2)
    client = client_for(manager)
    client.http.defaults["REMOTE_ADDR"] = "203.0.113.5"
    answers = [client.get("/api/jwt/settings/") for _ in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) >= 1


def test_tries_with_wrong_tokens_are_counted_by_address(settings, db):
    settings.CONFIG = replace(settings.CONFIG, anonymous_requests_per_minute=2)

    def tries(address: str, **headers: str) -> list[int]:
        return [Client().get(WHOAMI, headers=headers, REMOTE_ADDR=address).status_code for _ in range(3)]

    assert tries("203.0.113.5", Authorization="Token " + "f" * 40) == [401, 401, 429]
    assert tries("203.0.113.6") == [401, 401, 429]
    assert tries("127.0.0.1") == [401, 401, 401]


def test_a_new_legacy_token_is_shown_once_and_stored_hashed(client_for, manager):
    client = client_for(manager)
    made = client.post("/api/current-user/reset-token/")
    token = made.json["token"]
    assert (made.status, len(token)) == (201, 40)
    assert token not in str(list(LegacyToken.objects.values()))
    assert whoami(Authorization=f"Token {token}")[:2] == (200, manager.pk)
    assert whoami(Authorization=f"token {token}")[:2] == (200, manager.pk)
    assert whoami(X_Api_Key=token)[:2] == (200, manager.pk)
    assert client.get(WHOAMI).status == 401
    script = {"Authorization": f"Token {token}"}
    assert Client().get("/api/current-user/token", headers=script).json() == {"token": token[:8] + "*" * 32}
    shown = Client().get("/api/current-user/tokens/legacy/", headers=script).json()
    assert (shown["exists"], shown["prefix"]) == (True, token[:8])
    assert Client().delete("/api/current-user/tokens/legacy/", headers=script).status_code == 204
    assert whoami(Authorization=f"Token {token}")[0] == 401


@pytest.mark.parametrize(
    ("headers", "detail"),
    [
        ({}, "Authentication credentials were not provided."),
        ({"Authorization": "Token " + "f" * 40}, "Invalid token."),
        ({"Authorization": "Token"}, "Authentication credentials were not provided."),
        ({"Authorization": "Bearer rubbish"}, "Authentication credentials were not provided."),
        ({"Authorization": "Basic YTpi"}, "Authentication credentials were not provided."),
        ({"X_Api_Key": "a.b.c"}, "Authentication credentials were not provided."),
    ],
)
def test_without_a_good_key_one_is_a_stranger(db, headers, detail):
    assert whoami(**headers) == (401, None, detail)


def test_legacy_tokens_can_be_switched_off(client_for, owner, manager):
    script = client_for(manager)
    settings_ = client_for(owner).post("/api/jwt/settings", {"legacy_api_tokens_enabled": False})
    assert settings_.json == {"api_tokens_enabled": True, "legacy_api_tokens_enabled": False}
    refused = script.get(WHOAMI)
    assert refused.status == 401
    assert refused.json["detail"].startswith("Authentication token no longer valid")
    assert refused.headers["WWW-Authenticate"] == "Token"


def test_only_administrators_switch(client_for, manager, annotator):
    for person in (manager, annotator):
        assert client_for(person).get("/api/jwt/settings").status == 200
        assert client_for(person).post("/api/jwt/settings", {"api_tokens_enabled": False}).status == 403
        assert client_for(person).post("/api/jwt/settings", {"legacy_api_tokens_enabled": False}).status == 403
        # Many scripts begin by switching on what they use; that changes nothing.
        asked = client_for(person).post("/api/jwt/settings", {"legacy_api_tokens_enabled": True})
        assert (asked.status, asked.json) == (200, {"api_tokens_enabled": True, "legacy_api_tokens_enabled": True})
    assert not AuditRow.objects.filter(action="settings.tokens").exists()


def test_a_personal_token_is_exchanged_for_access(client_for, manager):
    client = client_for(manager)
    made = client.post("/api/token/", {"name": "laptop", "expires_in_days": 30})
    assert made.status == 201
    refresh = made.json["token"]
    claims = jwt.decode(refresh, options={"verify_signature": False})
    assert (claims["token_type"], claims["user_id"], claims["iss"], claims["aud"]) == (
        "refresh",
        str(manager.pk),
        "postil",
        "postil",
    )
    assert 29 * 86400 < claims["exp"] - claims["iat"] <= 30 * 86400
    access = access_for(client, refresh)
    lasts = jwt.decode(access, options={"verify_signature": False})
    assert lasts["exp"] - lasts["iat"] == 300
    assert whoami(Authorization=f"Bearer {access}")[:2] == (200, manager.pk)
    assert whoami(X_Api_Key=access)[:2] == (200, manager.pk)
    assert whoami(Authorization=f"Bearer {refresh}")[0] == 401
    assert whoami(Authorization=f"Token {access}")[0] == 401
    assert client.post("/api/token/refresh/", {"refresh": access}).status == 401
    signature = refresh.rsplit(".", 1)[1]
    assert signature not in str(list(PersonalToken.objects.values()))


def test_the_list_shows_everything_but_the_signature(client_for, manager, owner):
    client = client_for(manager)
    tokens = [client.post("/api/token/", {"name": name}).json["token"] for name in ("one", "two")]
    listed = client.get("/api/token/").json
    assert [row["name"] for row in listed] == ["two", "one"]
    assert [row["token"] for row in listed] == [token.rsplit(".", 1)[0] for token in reversed(tokens)]
    assert set(listed[0]) == {"token", "id", "name", "created_at", "expires_at", "last_used_at"}
    assert client_for(owner).get("/api/token/").json == []


def test_a_person_has_one_token_without_a_name_and_any_number_with_one(client_for, manager, owner):
    client = client_for(manager)
    first = client.post("/api/token/").json["token"]
    refused = client.post("/api/token/")
    assert (refused.status, refused.json["detail"]) == (
        409,
        "You already have a valid token without a name. Give a further one a name.",
    )
    assert refused.json["validation_errors"] == {"name": [refused.json["detail"]]}
    assert [client.post("/api/token/", {"name": name}).status for name in ("a", "a", "b")] == [201, 201, 201]
    assert client_for(owner).post("/api/token/").status == 201
    client.post("/api/token/blacklist/", {"refresh": first})
    assert client.post("/api/token/").status == 201


def test_rotating_ends_the_old_token(client_for, manager, owner):
    client = client_for(manager)
    old = client.post("/api/token/", {"name": "ci", "expires_in_days": 10}).json["token"]
    assert client_for(owner).post("/api/token/rotate/", {"refresh": old}).status == 400
    turned = client.post("/api/token/rotate/", {"refresh": old})
    assert turned.status == 200
    fresh = turned.json["refresh"]
    blacklisted = client.post("/api/token/refresh/", {"refresh": old})
    assert (blacklisted.status, blacklisted.json["detail"]) == (401, "Token is blacklisted")
    assert blacklisted.headers["WWW-Authenticate"] == 'Bearer realm="api"'
    assert client.post("/api/token/rotate/", {"refresh": old}).json["validation_errors"] == {
        "non_field_errors": ["Invalid refresh token"]
    }
    assert whoami(Authorization=f"Bearer {access_for(client, fresh)}")[0] == 200
    assert [row["name"] for row in client.get("/api/token/").json] == ["ci"]


def test_revoking_ends_what_was_made_from_it(client_for, manager):
    client = client_for(manager)
    refresh = client.post("/api/token/").json["token"]
    access = access_for(client, refresh)
    stranger = client_for(None)
    assert stranger.post("/api/token/blacklist/", {"refresh": refresh.rsplit(".", 1)[0]}).status == 404
    assert whoami(Authorization=f"Bearer {access}")[0] == 200
    assert stranger.post("/api/token/blacklist/", {"refresh": refresh}).status == 204
    assert whoami(Authorization=f"Bearer {access}")[0] == 401
    assert stranger.post("/api/token/blacklist/", {"refresh": refresh}).status == 404


def test_the_owner_may_revoke_by_what_the_list_shows(client_for, manager, owner):
    client = client_for(manager)
    client.post("/api/token/")
    shown = client.get("/api/token/").json[0]["token"]
    assert client_for(owner).post("/api/token/blacklist/", {"refresh": shown}).status == 404
    assert client.post("/api/token/blacklist/", {"refresh": shown}).status == 204
    assert client.get("/api/token/").json == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"refresh": "bad"}, 401),
        ({}, 400),
        ({"refresh": 1}, 400),
        ({"refresh": "a.b.c"}, 401),
        ({"refresh": "x" * 5000}, 400),
    ],
)
def test_bad_refresh_tokens(client_for, db, body, status):
    assert client_for(None).post("/api/token/refresh/", body).status == status


@pytest.mark.parametrize("days", [0, -1, 731, "x", 10**12])
def test_a_life_that_is_too_long_is_refused(client_for, manager, days):
    assert client_for(manager).post("/api/token/", {"expires_in_days": days}).status == 400


def forged(manager, **changes):
    token = PersonalToken.objects.get()
    claims = {
        "token_type": "access",
        "exp": now() + timedelta(minutes=5),
        "iat": now(),
        "jti": "x",
        "user_id": str(manager.pk),
        "iss": "postil",
        "aud": "postil",
        "parent": token.jti,
    }
    return {name: value for name, value in {**claims, **changes}.items() if value is not None}


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": now() - timedelta(seconds=1)},
        {"exp": None},
        {"iss": "other"},
        {"aud": "other"},
        {"aud": None},
        {"token_type": "refresh"},
        {"token_type": None},
        {"parent": "unknown"},
        {"jti": None},
        {"iat": now() + timedelta(hours=1)},
    ],
)
def test_each_claim_counts(client_for, manager, changes):
    client_for(manager).post("/api/token/")
    key = jwt_tokens.signing_key()
    good = jwt.encode(forged(manager), key, algorithm="HS256")
    assert whoami(Authorization=f"Bearer {good}")[0] == 200
    bad = jwt.encode(forged(manager, **changes), key, algorithm="HS256")
    assert whoami(Authorization=f"Bearer {bad}")[0] == 401


def test_the_algorithm_is_compared_never_obeyed(client_for, manager):
    client_for(manager).post("/api/token/")
    key = jwt_tokens.signing_key()
    for text in (
        jwt.encode(forged(manager), key=None, algorithm="none"),
        jwt.encode(forged(manager), key * 2, algorithm="HS512"),
        jwt.encode(forged(manager), b"another key that is long enough!", algorithm="HS256"),
    ):
        assert whoami(Authorization=f"Bearer {text}")[0] == 401


def test_a_token_is_worth_what_its_owner_may_now(client_for, manager, owner):
    client = client_for(manager)
    access = access_for(client, client.post("/api/token/").json["token"])
    headers = {"Authorization": f"Bearer {access}"}
    assert Client().get("/api/users/", headers=headers).status_code == 200
    Membership.objects.filter(user=manager).update(role="annotator")
    assert Client().get("/api/users/", headers=headers).status_code == 403
    Membership.objects.filter(user=manager).update(deleted_at=now())
    assert Client().get("/api/users/", headers=headers).status_code == 401


def test_personal_tokens_can_be_switched_off(client_for, owner):
    client = client_for(owner)
    refresh = client.post("/api/token/").json["token"]
    access = access_for(client, refresh)
    client.post("/api/jwt/settings", {"api_tokens_enabled": False})
    assert whoami(Authorization=f"Bearer {access}") == (401, None, "Authentication credentials were not provided.")
    fresh = access_for(client, refresh)  # it may be made, and helps nobody
    assert whoami(Authorization=f"Bearer {fresh}")[0] == 401
    assert client.post("/api/token/", {"name": "second"}).status == 201
    client.post("/api/jwt/settings", {"api_tokens_enabled": True})
    assert whoami(Authorization=f"Bearer {access}")[0] == 200


def test_the_first_use_from_a_new_address_is_noted(client_for, manager):
    client = client_for(manager)
    client.get(WHOAMI)
    assert not AuditRow.objects.filter(action="token.used_from_new_address").exists()
    client.http.defaults["REMOTE_ADDR"] = "203.0.113.7"
    client.get(WHOAMI)
    client.get(WHOAMI)
    row = AuditRow.objects.get(action="token.used_from_new_address")
    assert (row.ip, row.actor_id) == ("203.0.113.7", manager.pk)
