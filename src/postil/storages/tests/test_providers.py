"""The contract of providers, held against a real server of every kind."""

import json
from typing import Any

import pytest

from postil.core.errors import Invalid
from postil.storages.provider import ObjectGone, StoreFailed
from postil.storages.providers import PROVIDERS
from postil.storages.stores import open_store, provider_of, read_params
from postil.storages.tests import servers
from postil.storages.tests.conftest import Place

BODY = bytes(range(256)) * 40
OTHER_ACCOUNT = '{"type": "external_account"}'
LED_ASTRAY = json.dumps(
    {"type": "service_account", "client_email": "a", "private_key": "b", "token_uri": "http://10.0.0.1/"}
)


def test_every_kind_is_tried_here():
    assert list(PROVIDERS) == ["s3", "gcs", "azure", "redis", "localfiles"]
    assert all(provider_of(kind).title for kind in PROVIDERS)


def test_objects_are_written_listed_read_and_deleted(place: Place):
    place.put({"a.bin": BODY, "b c+ü.bin": b"two", "deep/c.bin": b"three"})
    flat = [found for page in place.store.pages(recursive=False) for found in page]
    assert place.key("a.bin") in {found.key for found in flat}
    assert place.names() == ["a.bin", "b c+ü.bin", "deep/c.bin"]
    if place.kind != "redis":  # which has no folders, sizes or versions
        assert sorted(found.key for found in flat) == [place.key("a.bin"), place.key("b c+ü.bin")]
        assert {found.size for found in flat} == {len(BODY), 3}
        assert all(found.version and found.modified_at is not None for found in flat)
    assert (place.content("a.bin"), place.content("b c+ü.bin")) == (BODY, b"two")
    place.store.delete(place.key("a.bin"))
    place.store.delete(place.key("a.bin"))  # no error
    assert place.names() == ["b c+ü.bin", "deep/c.bin"]


@pytest.mark.parametrize(("first", "last"), [(0, 0), (10, 99), (10_000, None), (0, 99_999), (10_239, 10_239)])
def test_parts_are_read(place: Place, first: int, last: int | None):
    place.put({"a.bin": BODY})
    content = place.store.read(place.key("a.bin"), first, last)
    end = len(BODY) - 1 if last is None else min(last, len(BODY) - 1)
    assert b"".join(content.chunks) == BODY[first : end + 1]
    assert (content.size, content.first, content.last) == (len(BODY), first, end)


def test_an_object_that_is_not_there_is_gone(place: Place):
    place.put({"a.bin": b"1"})
    with pytest.raises(ObjectGone):
        b"".join(place.store.read(place.key("nothing.bin")).chunks)


def test_a_changed_object_has_another_version(place: Place):
    if place.kind == "redis":
        return  # it tells nobody when a value changes: its note says so
    versions = []
    for body in (b"one", b"other"):
        place.put({"a.bin": body})
        versions += [found.version for page in place.store.pages(recursive=False) for found in page]
    assert len(set(versions)) == 2


def test_more_objects_than_a_page_all_come(s3_place: Place):
    names = [f"{number:05}.txt" for number in range(1_203)]
    s3_place.put(dict.fromkeys(names, b"x"))
    pages = list(s3_place.store.pages(recursive=True))
    assert [len(page) for page in pages] == [1_000, 203]
    assert [found.key for page in pages for found in page] == [s3_place.key(name) for name in names]


@pytest.mark.parametrize(
    ("kind", "change", "about"),
    [
        ("s3", {"bucket": "no-such-bucket"}, "bucket"),
        ("s3", {"aws_secret_access_key": "wrong"}, "aws_secret_access_key"),
        ("s3", {"aws_access_key_id": "WRONG"}, "aws_access_key_id"),
        ("s3", {"s3_endpoint": "http://127.0.0.1:9"}, "s3_endpoint"),
        ("gcs", {"bucket": "no-such-bucket"}, "bucket"),
        ("gcs", {"gcs_endpoint": "http://127.0.0.1:9"}, "gcs_endpoint"),
        ("azure", {"container": "nothing"}, "container"),
        ("azure", {"account_key": "d3Jvbmc="}, "account_key"),
        ("azure", {"account_key": "!"}, "account_key"),
        ("azure", {"azure_endpoint": "http://127.0.0.1:9/x"}, "account_name"),
        ("redis", {"port": 9}, "host"),
    ],
)
def test_what_is_wrong_is_named(request: pytest.FixtureRequest, kind: str, change: dict[str, Any], about: str):
    place: Place = request.getfixturevalue(f"{kind}_place")
    with pytest.raises(StoreFailed) as caught:
        list(open_store(kind, read_params(kind, {**place.params, **change})).pages(recursive=False))
    assert caught.value.about == about
    assert caught.value.detail.endswith(".")
    assert all(str(value) not in caught.value.detail for name, value in change.items() if "key" in name)


def test_a_redis_with_a_password(settings: Any):
    try:
        with servers.redis_server("secret words") as port:
            params = {"host": "localhost", "port": port, "path": "x"}
            with pytest.raises(StoreFailed, match="asks for a password"):
                list(open_store("redis", read_params("redis", params)).pages(recursive=True))
            with pytest.raises(StoreFailed, match="does not accept the password"):
                list(open_store("redis", read_params("redis", {**params, "password": "no"})).pages(recursive=True))
            store = open_store("redis", read_params("redis", {**params, "password": "secret words"}))
            store.write("x*[1]", b"v", "")
            assert [[found.key for found in page] for page in store.pages(recursive=True)] == [["x*[1]"]]
    except LookupError as missing:
        pytest.skip(str(missing))


@pytest.mark.parametrize(
    ("kind", "params", "field"),
    [
        ("s3", {"bucket": "abc", "s3_endpoint": "http://10.0.0.1"}, "s3_endpoint"),
        ("s3", {"bucket": "abc", "s3_endpoint": "http://169.254.169.254/latest"}, "s3_endpoint"),
        ("s3", {"bucket": "abc", "s3_endpoint": "file:///etc/passwd"}, "s3_endpoint"),
        ("s3", {"bucket": "../x"}, "bucket"),
        ("s3", {"bucket": "abc", "aws_access_key_id": "AKIA"}, "aws_secret_access_key"),
        ("s3", {"bucket": "abc", "aws_secret_access_key": "x"}, "aws_access_key_id"),
        ("s3", {"bucket": "abc", "region_name": "x.evil.example#"}, "region_name"),
        ("gcs", {"bucket": "abc", "gcs_endpoint": "http://[::ffff:10.0.0.1]/"}, "gcs_endpoint"),
        ("gcs", {"bucket": "abc", "google_application_credentials": "no JSON"}, "google_application_credentials"),
        ("gcs", {"bucket": "abc", "google_application_credentials": OTHER_ACCOUNT}, "google_application_credentials"),
        ("gcs", {"bucket": "abc", "google_application_credentials": LED_ASTRAY}, "google_application_credentials"),
        ("azure", {"container": "abc"}, "account_name"),
        ("azure", {"container": "abc", "account_name": "evil.example/"}, "account_name"),
        ("azure", {"container": "abc", "account_name": "a", "azure_endpoint": "http://192.168.1.1"}, "azure_endpoint"),
        ("redis", {"host": "10.0.0.1"}, "host"),
        ("redis", {"host": "a/b"}, "host"),
        ("redis", {"port": 99_999}, "port"),
        ("localfiles", {"path": "relative"}, "non_field_errors"),
        ("localfiles", {"path": "/etc"}, "non_field_errors"),
    ],
)  # fmt: skip
def test_parameters_that_may_lead_elsewhere_are_refused(kind: str, params: dict[str, Any], field: str):
    with pytest.raises(Invalid) as caught:
        provider_of(kind).check(read_params(kind, params), is_target=False)
    assert list(caught.value.fields) == [field]


def test_connections_go_to_checked_addresses_only(s3_place: Place, settings: Any):
    """What was saved while it was allowed is refused when it is no longer."""
    from dataclasses import replace

    settings.CONFIG = replace(settings.CONFIG, allowed_private_hosts=())
    fresh = read_params("s3", {**s3_place.params, "region_name": "eu-west-1"})
    with pytest.raises(Invalid, match="inside the server's network") as caught:
        list(open_store("s3", fresh).pages(recursive=False))
    assert "POSTIL_ALLOWED_PRIVATE_HOSTS" in caught.value.fields["url"][0]


def test_keys_of_the_machine_are_not_used(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAOFTHEMACHINE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret of the machine")
    store: Any = open_store("s3", read_params("s3", {"bucket": "public", "region_name": "eu-north-1"}))
    address = store.presign("a.png", 60, "image/png")
    assert address == "https://public.s3.eu-north-1.amazonaws.com/a.png"
    assert store._client._request_signer._credentials is None


def test_links_lead_nowhere_in_local_files(local_place: Place, tmp_path: Any):
    from pathlib import Path

    folder = Path(local_place.params["path"])
    (tmp_path / "secret.txt").write_text("outside")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "away").symlink_to(tmp_path)
    (folder / "good.txt").write_text("inside")
    assert local_place.names() == ["good.txt"]
    for key in ("link.txt", "away/secret.txt", "../../secret.txt", "/etc/passwd"):
        with pytest.raises(ObjectGone):
            local_place.store.read(key)


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch):
    from postil.storages.providers.gcs import Gcs

    monkeypatch.setattr(Gcs, "module", "google.cloud.nothing")
    with pytest.raises(Invalid) as caught:
        open_store("gcs", read_params("gcs", {"bucket": "abc"}))
    assert "pip install 'postil[gcs]'" in caught.value.fields["non_field_errors"][0]


def test_a_folder_written_with_separators_of_windows_is_the_same_folder(local_place: Place):
    local_place.put({"a.txt": b"content"})
    folder = local_place.params["path"]
    windows = {"path": folder.replace("/", "\\") + "\\"}
    [page] = open_store("localfiles", read_params("localfiles", windows)).pages(recursive=False)
    assert [found.key for found in page] == ["a.txt"]
    for outside in ("\\etc", folder.replace("/", "\\") + "\\..\\..\\..", "C:" + windows["path"]):
        with pytest.raises(Invalid):
            open_store("localfiles", read_params("localfiles", {"path": outside}))
