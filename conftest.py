"""Fixtures for all tests: people of every role, an organization apart, and a small JSON client."""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

_DATA = Path(tempfile.mkdtemp(prefix="postil-tests-"))
os.environ.setdefault("POSTIL_DATA_DIR", str(_DATA))
os.environ.setdefault("POSTIL_SECRET_KEY", "only-for-tests-of-one-machine-0123456789")
os.environ.setdefault("POSTIL_SQLITE_SYNCHRONOUS", "OFF")


def pytest_sessionfinish() -> None:
    """Remove the data folder of this run."""
    shutil.rmtree(_DATA, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Use a real file on SQLite: a database in memory locks in its own way when threads share it."""
    from django.db import connections

    connection = connections["default"]
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(_DATA / "test.sqlite3")
    elif os.environ.get("PYTEST_XDIST_WORKER"):
        connection.settings_dict["TEST"]["NAME"] = f"test_postil_{os.environ['PYTEST_XDIST_WORKER']}"


@pytest.fixture(autouse=True)
def _plain_settings(settings: Any, tmp_path: Path) -> None:
    """Hash passwords fast, run jobs at once, keep files apart, and forget what the process remembers of people."""
    from postil.accounts import activity
    from postil.infra import limits

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA_DIR = tmp_path
    limits.requests.clear()
    activity.forget()


@dataclass(frozen=True)
class Answer:
    """What came back: `json` is None for an empty or other body."""

    status: int
    json: Any
    headers: dict[str, str]
    content: bytes


class JsonClient:
    """Sends JSON as one person, by a header token. What waits for a commit happens after each request."""

    def __init__(self, token: str = "") -> None:
        from django.test import Client

        self.http = Client(raise_request_exception=False)
        self._headers = {"Authorization": f"Token {token}"} if token else {}

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Send `body` as JSON (bytes and str go as they are); names of `headers` may use `_` for `-`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        content_type = named.pop("Content-Type", "application/json")
        data: Any = body if isinstance(body, bytes | str) else b"" if body is None else json.dumps(body).encode()
        with _committed():
            response = self.http.generic(
                method, path, data, content_type=content_type, headers={**self._headers, **named}
            )
        return answer_of(response)

    def upload(self, path: str, fields: dict[str, Any], **headers: str) -> Answer:
        """Send multipart data."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with _committed():
            response = self.http.post(path, fields, headers={**self._headers, **named})
        return answer_of(response)

    def get(self, path: str, **headers: str) -> Answer:
        return self.request("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self.request("POST", path, body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self.request("PUT", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self.request("PATCH", path, body, **headers)

    def delete(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self.request("DELETE", path, body, **headers)


def _committed() -> Any:
    from django.test import TestCase

    return TestCase.captureOnCommitCallbacks(execute=True)


def answer_of(response: Any) -> Answer:
    """Return a test response in short."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    is_json = response.get("Content-Type", "").startswith("application/json")
    body = json.loads(content) if is_json and content else None
    return Answer(response.status_code, body, dict(response.items()), content)


@pytest.fixture
def count_calls() -> Callable[[Callable[[], object]], int]:
    """A function that does something and returns how many calls it took: its cost, however busy the machine is."""

    def count(act: Callable[[], object]) -> int:
        calls = 0

        def see(_frame: object, event: str, _argument: object) -> None:
            nonlocal calls
            calls += event in ("call", "c_call")

        before = sys.getprofile()
        sys.setprofile(see)
        try:
            act()
        finally:
            sys.setprofile(before)
        return calls

    return count


@pytest.fixture
def organization(db: None) -> Any:
    """The organization of everybody but the outsider."""
    from postil.accounts.tests import factories

    return factories.make_organization(title="Acme")


@pytest.fixture
def make_user(organization: Any) -> Callable[..., Any]:
    """A function that makes a member: `make_user("manager", email=…)`."""
    from postil.accounts.tests import factories

    def make(role: str = "annotator", **fields: Any) -> Any:
        return factories.make_user(organization=fields.pop("organization", organization), role=role, **fields)

    return make


@pytest.fixture
def owner(make_user: Callable[..., Any], organization: Any) -> Any:
    """The owner of the organization."""
    user = make_user("owner", email="owner@example.com")
    organization.created_by = user
    organization.save(update_fields=["created_by"])
    return user


@pytest.fixture
def administrator(make_user: Callable[..., Any]) -> Any:
    return make_user("administrator", email="administrator@example.com")


@pytest.fixture
def manager(make_user: Callable[..., Any]) -> Any:
    return make_user("manager", email="manager@example.com")


@pytest.fixture
def reviewer(make_user: Callable[..., Any]) -> Any:
    return make_user("reviewer", email="reviewer@example.com")


@pytest.fixture
def annotator(make_user: Callable[..., Any]) -> Any:
    return make_user("annotator", email="annotator@example.com")


@pytest.fixture
def outsider(db: None) -> Any:
    """The owner of another organization."""
    from postil.accounts.tests import factories

    other = factories.make_organization(title="Elsewhere")
    return factories.make_user(organization=other, role="owner", email="outsider@example.org")


@pytest.fixture
def client_for() -> Callable[[Any], JsonClient]:
    """A function that gives a JSON client for a person; `client_for(None)` is a stranger."""
    from postil.accounts.tests import factories

    def make(user: Any) -> JsonClient:
        return JsonClient(factories.token_of(user) if user is not None else "")

    return make


@pytest.fixture
def actor_for() -> Callable[[Any], Any]:
    """A function that gives the actor for a person, for calling actions and queries directly."""
    from postil.accounts.access import actor_of

    return actor_of
