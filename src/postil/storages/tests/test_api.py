"""The routes of storages: shapes, rights, secrets, forms, the doctor and the preview."""

import json
from dataclasses import replace
from typing import Any

import pytest

from postil.core.clock import now
from postil.core.errors import Invalid
from postil.infra import secrets
from postil.storages.models import Storage
from postil.storages.providers import PROVIDERS
from postil.storages.queries import scheduled_storages
from postil.storages.stores import open_store, opened_secrets, read_params
from postil.storages.tests import servers
from postil.storages.tests.conftest import Place

pytestmark = pytest.mark.django_db
KEYS = {"aws_access_key_id": "AKIA0123456789", "aws_secret_access_key": "very secret words"}
PLACE = {"bucket": "bucket", "s3_endpoint": "http://127.0.0.1:1", "region_name": "us-east-1"}


def make(client: Any, project: int, **fields: Any) -> dict[str, Any]:
    answer = client.post("/api/storages/s3/", {"project": project, **PLACE, **KEYS, **fields})
    assert answer.status == 201, answer.json
    return answer.json  # type: ignore[no-any-return]


def test_a_source_has_the_known_shape(client: Any, project: int):
    made = make(
        client, project, title="json src", prefix="json", presign_ttl=5, recursive_scan=True, regex_filter=".*json.*"
    )
    expected = {
        "type": "s3", "synchronizable": True, "presign": True, "last_sync": None, "last_sync_count": None,
        "last_sync_job": None, "status": "initialized", "traceback": None, "meta": {}, "title": "json src",
        "description": None, "bucket": "bucket", "prefix": "json", "regex_filter": ".*json.*", "use_blob_urls": False,
        "aws_sse_kms_key_id": None, "region_name": "us-east-1", "s3_endpoint": "http://127.0.0.1:1", "presign_ttl": 5,
        "recursive_scan": True, "project": project, "secrets_set": ["aws_access_key_id", "aws_secret_access_key"],
        "sync_every": 0, "next_sync_at": None,
    }  # fmt: skip
    assert {name: made[name] for name in expected} == expected
    assert set(made) - set(expected) == {"id", "created_at"}
    assert client.get(f"/api/storages/s3/{made['id']}").json == made
    assert client.get(f"/api/storages/s3/?project={project}").json == [made]
    assert client.get(f"/api/storages/?project={project}").json == [made]
    assert client.get(f"/api/storages/export/?project={project}").json == []
    assert client.get(f"/api/storages/gcs/{made['id']}").status == 404
    assert client.get(f"/api/storages/export/s3/{made['id']}").status == 404


def test_a_storage_may_be_kept_from_syncing(client: Any, project: int):
    path = f"/api/storages/s3/{make(client, project)['id']}/"
    assert client.get(path).json["synchronizable"] is True
    assert client.patch(path, {"synchronizable": False, "sync_every": 1}).json["synchronizable"] is False
    refused = client.post(f"{path}sync", {})
    assert (refused.status, list(refused.json["validation_errors"])) == (400, ["synchronizable"])
    Storage.objects.update(next_sync_at="2020-01-01T00:00:00Z")
    assert not scheduled_storages(now()).exists()
    client.patch(path, {"synchronizable": True})
    assert scheduled_storages(now()).count() == 1


def test_lists_need_a_project(client: Any):
    answer = client.get("/api/storages/s3/")
    assert (answer.status, answer.json["validation_errors"]) == (
        400, {"non_field_errors": ['query parameter "project" is required']},
    )  # fmt: skip
    assert client.get("/api/storages/").json == []
    assert client.post("/api/storages/s3/", {}).json["validation_errors"] == {"project": ["This field is required."]}


def test_secrets_are_kept_encrypted_and_never_given_back(client: Any, project: int):
    made = make(client, project)
    row = Storage.objects.get()
    assert (set(row.params) & set(KEYS), opened_secrets(row)) == (set(), KEYS)
    for text in (json.dumps(made), row.secrets, client.get(f"/api/storages/s3/{made['id']}/").content.decode()):
        assert not any(value in text for value in KEYS.values())
    changed = client.patch(f"/api/storages/s3/{made['id']}/", {"title": "x", "aws_secret_access_key": ""}).json
    assert (changed["title"], changed["type"]) == ("x", "s3")
    assert opened_secrets(Storage.objects.get()) == KEYS
    client.patch(f"/api/storages/s3/{made['id']}/", {"aws_secret_access_key": "newer words"})
    assert opened_secrets(Storage.objects.get())["aws_secret_access_key"] == "newer words"


@pytest.mark.parametrize(
    ("change", "asks"),
    [
        ({"s3_endpoint": "http://127.0.0.1:2"}, ["aws_access_key_id", "aws_secret_access_key"]),
        ({"region_name": "eu-west-1"}, ["aws_access_key_id", "aws_secret_access_key"]),
        ({"aws_access_key_id": "OTHER"}, ["aws_secret_access_key"]),
        ({"bucket": "another"}, None),
        ({"s3_endpoint": "http://127.0.0.1:1/"}, None),
    ],
)
def test_another_place_asks_for_the_secrets_again(client: Any, project: int, change: Any, asks: list[str] | None):
    made = make(client, project)
    answer = client.patch(f"/api/storages/s3/{made['id']}/", change)
    assert answer.status == (200 if asks is None else 400)
    assert sorted(answer.json.get("validation_errors", {})) == (asks or [])
    # The saved secret cannot be sent elsewhere by a check either.
    assert client.post("/api/storages/s3/check/", {"id": made["id"], **change}).status == answer.status
    if asks is not None:
        assert client.patch(f"/api/storages/s3/{made['id']}/", {**KEYS, **change}).status == 200


def test_keys_are_rotated(client: Any, project: int):
    make(client, project)
    before = Storage.objects.get().secrets
    assert secrets.reseal() == 0
    secrets.add_key()
    assert secrets.reseal() == 1
    after = Storage.objects.get()
    assert (after.secrets != before, secrets.is_old(before), secrets.is_old(after.secrets)) == (True, True, False)
    assert opened_secrets(after) == KEYS
    assert secrets.reseal() == 0


def test_storages_belong_to_managers_of_the_project(
    client: Any, client_for: Any, project: int, manager: Any, annotator: Any, reviewer: Any, outsider: Any
):
    made = make(client, project)
    path = f"/api/storages/s3/{made['id']}/"
    assert client_for(manager).get(path).status == 200
    for person in (annotator, reviewer):
        assert client_for(person).get(path).status == 403
        assert client_for(person).get(f"/api/storages/?project={project}").status == 403
    stranger = client_for(outsider)
    for method, body in (("GET", None), ("PATCH", {"title": "mine"}), ("DELETE", None)):
        assert stranger.request(method, path, body).status == 404
    assert stranger.post(f"{path}sync/").status == 404
    assert stranger.post("/api/storages/s3/validate/", {"id": made["id"]}).status == 404
    assert stranger.post("/api/storages/s3/", {"project": project, **PLACE}).status == 404
    assert Storage.objects.get().title is None


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["bucket"]),
        ({"bucket": "ab"}, ["bucket"]),
        ({"bucket": 5}, ["bucket"]),
        ({**PLACE, "presign_ttl": 0}, ["presign_ttl"]),
        ({**PLACE, "sync_every": -1}, ["sync_every"]),
        ({**PLACE, "regex_filter": "("}, ["regex_filter"]),
        ({**PLACE, "title": "x" * 300}, ["title"]),
    ],
)
def test_bad_fields_are_named(client: Any, project: int, body: Any, fields: list[str]):
    answer = client.post("/api/storages/s3/", {"project": project, **body})
    assert (answer.status, list(answer.json["validation_errors"])) == (400, fields)
    assert Storage.objects.count() == 0


def test_a_private_address_is_refused_by_its_field(client: Any, project: int):
    body = {"project": project, **PLACE, "s3_endpoint": "http://10.1.2.3/"}
    answer = client.post("/api/storages/s3/", body)
    assert (answer.status, list(answer.json["validation_errors"])) == (403, ["s3_endpoint"])
    assert "POSTIL_ALLOWED_PRIVATE_HOSTS" in answer.json["detail"]
    assert Storage.objects.count() == 0


def test_kinds_come_with_their_forms(client: Any):
    for folder, own in (("", "recursive_scan"), ("export/", "can_delete_objects")):
        kinds = client.get(f"/api/storages/{folder}types?details=true").json
        plain = client.get(f"/api/storages/{folder}types").json
        assert plain == [{"name": kind["name"], "title": kind["title"]} for kind in kinds]
        assert [kind["name"] for kind in kinds] == list(PROVIDERS)
        for kind in kinds:
            fields = {field["name"]: field for field in kind["fields"]}
            assert {"title", own, "sync_every"} <= set(fields)
            assert all(
                field["title"] and field["section"] in {"place", "access", "content", "sync"}
                for field in fields.values()
            )
            rows = client.get(f"/api/storages/{folder}{kind['name']}/form").json
            assert [row["fields"][0]["name"] for row in rows] == list(fields)
    fields = {field["name"]: field for field in client.get("/api/storages/types/?details=true").json[0]["fields"]}
    assert fields["bucket"] | {"placeholder": ""} == {
        "name": "bucket", "title": "Bucket", "type": "text", "section": "place", "required": True, "default": None,
        "help": "", "placeholder": "", "options": [], "is_secret": False,
    }  # fmt: skip
    assert (fields["aws_secret_access_key"]["type"], fields["presign"]["type"]) == ("secret", "boolean")


def steps(answer: Any) -> dict[str, tuple[str, str]]:
    assert answer.status == 200, answer.json
    return {step["name"]: (step["state"], step["field"]) for step in answer.json["steps"]}


def test_the_doctor_finds_a_good_place_good(place: Place, project: int, client: Any):
    place.put({"a.json": b'{"text": "x"}' * 20})
    answer = client.post(f"/api/storages/{place.kind}/check/", {"project": project, **place.params, "presign": False})
    found = steps(answer)
    assert answer.json["ok"] is True, answer.json
    assert list(found) == ["list", "read", "range", "presign", "cors", "clock"]
    assert {name: found[name][0] for name in ("list", "read", "range", "presign", "cors")} == {
        "list": "ok", "read": "ok", "range": "ok", "presign": "skipped", "cors": "skipped",
    }  # fmt: skip
    target = client.post(f"/api/storages/export/{place.kind}/check/", {"project": project, **place.params})
    assert {name: state for name, (state, _) in steps(target).items() if name != "clock"} == dict.fromkeys(
        ("list", "write", "delete"), "ok"
    )
    assert place.names() == ["a.json"]


def test_the_doctor_says_how_pages_may_read_objects(s3_place: Place, project: int, client: Any):
    s3_place.put({"a.json": b'{"text": "x"}'})
    body = {"project": project, **s3_place.params}
    answer = client.post("/api/storages/s3/check/", body)
    assert steps(answer) == {
        "list": ("ok", ""), "read": ("ok", ""), "range": ("ok", ""), "presign": ("ok", ""),
        "cors": ("failed", "presign"), "clock": ("ok", ""),
    }  # fmt: skip
    rule = next(step["fix"] for step in answer.json["steps"] if step["name"] == "cors")
    assert '"AllowedOrigins": ["http://testserver"]' in rule
    assert answer.json["ok"] is False
    rules = [{"AllowedOrigins": ["*"], "AllowedMethods": ["GET", "HEAD"], "AllowedHeaders": ["*"]}]
    bucket: Any = s3_place.store
    bucket._client.put_bucket_cors(Bucket="tests", CORSConfiguration={"CORSRules": rules})
    try:
        answer = client.post("/api/storages/s3/check/", body)
        assert (steps(answer)["cors"], answer.json["ok"]) == (("ok", ""), True)
        assert answer.json["browser_url"].startswith(s3_place.params["s3_endpoint"])
    finally:
        bucket._client.delete_bucket_cors(Bucket="tests")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"aws_secret_access_key": "wrong"}, ("failed", "aws_secret_access_key")),
        ({"bucket": "no-such-bucket"}, ("failed", "bucket")),
        ({"prefix": "nothing"}, ("warning", "recursive_scan")),
        ({"regex_filter": "nothing"}, ("warning", "regex_filter")),
    ],
)
def test_the_doctor_names_the_field_to_change(s3_place: Place, project: int, client: Any, change: Any, expected: Any):
    s3_place.put({"a.json": b"{}"})
    body = {"project": project, **s3_place.params, **change}
    answer = client.post("/api/storages/s3/check/", body)
    assert steps(answer)["list"] == expected
    refused = client.post("/api/storages/s3/validate/", body)
    assert refused.status == (400 if expected[0] == "failed" else 200)
    if "bucket" in change:
        assert refused.json["validation_errors"] == {
            "non_field_errors": ["Cannot find bucket no-such-bucket in S3"],
            "bucket": ["Cannot find bucket no-such-bucket in S3. Check the bucket's name and the region."],
        }
    assert "wrong" not in answer.content.decode()


def test_a_clock_that_is_wrong_is_found(s3_place: Place, project: int, client: Any, monkeypatch: pytest.MonkeyPatch):
    from datetime import timedelta

    from postil.core import clock
    from postil.storages import doctor

    monkeypatch.setattr(doctor, "now", lambda: clock.now() + timedelta(hours=1))
    answer = client.post("/api/storages/s3/check/", {"project": project, **s3_place.params, "presign": False})
    assert steps(answer)["clock"] == ("failed", "")
    assert "differ by 36" in answer.json["steps"][-1]["detail"]


def test_validation_uses_the_saved_secrets_of_the_same_place(s3_place: Place, project: int, client: Any, connect: Any):
    made = connect(s3_place, project)
    plain = {name: value for name, value in s3_place.params.items() if not name.startswith("aws_")}
    answer = client.post("/api/storages/s3/validate", {"id": made["id"], **plain})
    assert (answer.status, answer.content) == (200, b"")
    assert client.post("/api/storages/s3/validate", {"project": project, **plain}).status == 400


def test_a_preview_shows_what_a_sync_would_look_at(s3_place: Place, project: int, client: Any):
    s3_place.put({f"{number}.json": b"{}" for number in range(5)} | {"x.png": b"1"})
    body = {"project": project, **s3_place.params, "regex_filter": r".*\.json"}
    files = client.post("/api/storages/s3/files", body).json["files"]
    assert [(file["key"], file["size"]) for file in files] == [
        (s3_place.key(f"{number}.json"), 2) for number in range(5)
    ]
    cut = client.post("/api/storages/s3/files", {**body, "limit": 2}).json["files"]
    assert [file["key"] for file in cut] == [s3_place.key("0.json"), s3_place.key("1.json"), None]


def google_account(token_uri: str = "https://oauth2.googleapis.com/token") -> dict[str, str]:
    """Return the key of a service account."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    kind = serialization.PrivateFormat.PKCS8
    pem = key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption()).decode()
    return {
        "type": "service_account", "client_email": "a@b.iam.gserviceaccount.com", "private_key": pem,
        "token_uri": token_uri,
    }  # fmt: skip


def test_the_operator_may_name_another_place_for_buckets(settings: Any):
    account = google_account("http://gcs.example.org:4443/token")
    params = {"bucket": "abc", "google_application_credentials": account}  # as an object, as forms bring it
    with pytest.raises(Invalid) as caught:
        open_store("gcs", read_params("gcs", params))
    assert "token_uri" in caught.value.fields["google_application_credentials"][0]
    settings.CONFIG = replace(settings.CONFIG, gcs_endpoint="http://gcs.example.org:4443")
    signed = open_store("gcs", read_params("gcs", params)).presign("a.png", 60, "image/png")
    assert str(signed).startswith("http://gcs.example.org:4443/abc/a.png?X-Goog-Algorithm=")
    elsewhere = {**params, "google_application_credentials": {**account, "token_uri": "http://gcs.example.org/token"}}
    with pytest.raises(Invalid):
        open_store("gcs", read_params("gcs", elsewhere))


def test_presigned_addresses_of_google_and_azure(azure_place: Place, project: int):
    """Signing needs no server."""
    params = {"bucket": "abc", "google_application_credentials": json.dumps(google_account())}
    address = open_store("gcs", read_params("gcs", params)).presign("in/a b.png", 60, "image/png")
    assert address is not None
    assert address.startswith("https://storage.googleapis.com/abc/in/a%20b.png?X-Goog-Algorithm=GOOG4-RSA-SHA256")
    assert open_store("gcs", read_params("gcs", {"bucket": "abc"})).presign("a", 60, "image/png") is None
    azure_place.put({"a b.png": b"picture"})
    signed = azure_place.store.presign(azure_place.key("a b.png"), 60, "image/png")
    from postil.infra.outgoing import send

    assert signed is not None
    answer = send("GET", signed, purpose="storage")
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, b"picture", "image/png")
    assert servers.AZURE_KEY not in signed
