"""The application's page and the health of the server."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client

INDEX = '<!doctype html><html><head><script type="module" src="/static/app/a.js"></script></head></html>'


@pytest.fixture
def built(settings: Any, tmp_path: Path) -> Path:
    """A folder with built pages."""
    settings.STATIC_ROOT = tmp_path / "static"
    (tmp_path / "static/app").mkdir(parents=True)
    index = tmp_path / "static/app/index.html"
    index.write_text(INDEX)
    return index


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/projects/", "/projects/7/data", "/welcome/", "/account/tokens/"])
def test_pages_carry_a_nonce_and_the_token_for_writing(built: Path, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 200
    nonce = answer.content.decode().split('<script nonce="')[1].split('"')[0]
    assert len(nonce) >= 20
    assert f"script-src 'self' 'nonce-{nonce}';" in answer.headers["Content-Security-Policy"]
    assert answer.cookies["csrftoken"].value
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_each_answer_has_its_own_nonce(built: Path) -> None:
    assert Client().get("/").content != Client().get("/").content


@pytest.mark.django_db
def test_a_new_build_is_seen_without_a_restart(built: Path) -> None:
    Client().get("/")
    built.write_text(INDEX.replace("a.js", "b-much-later.js"))
    assert b"b-much-later.js" in Client().get("/").content


@pytest.mark.django_db
def test_pages_say_what_to_do_when_they_were_not_built(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    answer = Client().get("/")
    assert answer.status_code == 200
    assert b"make start" in answer.content


@pytest.mark.django_db
def test_pages_are_only_read() -> None:
    assert Client().post("/projects/").status_code in {403, 405}


@pytest.mark.django_db
def test_health_needs_nobody_and_tells_nothing() -> None:
    for path in ("/health", "/health/"):
        answer = Client().get(path)
        assert (answer.status_code, answer.json()) == (200, {"status": "UP"})


@pytest.mark.django_db
def test_health_is_down_without_room_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(100, 99, 1))  # type: ignore[attr-defined]
    answer = Client().get("/health")
    assert (answer.status_code, answer.json(), answer.headers["Retry-After"]) == (503, {"status": "DOWN"}, "5")


@pytest.mark.django_db
def test_health_is_down_without_a_database() -> None:
    def refuse(*_call: object) -> None:
        raise DatabaseError("gone")

    with connection.execute_wrapper(refuse):
        answer = Client().get("/health")
    assert (answer.status_code, answer.json()) == (503, {"status": "DOWN"})
