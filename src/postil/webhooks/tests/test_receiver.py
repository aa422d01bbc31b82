"""The receiver that the documentation shows: a Flask program that believes signed calls only, and none twice."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from werkzeug.serving import make_server

from postil.webhooks.models import Delivery, DeliveryState
from postil.webhooks.sender import attempt, signature
from postil.webhooks.tests.test_webhooks import client, project, subscribe

pytestmark = pytest.mark.django_db
__all__ = ["client", "project"]
PAGE = Path(__file__).resolve().parents[4] / "docs" / "admin" / "webhooks.md"
SECRET = "our-little-secret"


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """The program of the page, served on a port of its own."""
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    [program] = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    names: dict[str, object] = {"__name__": "receiver"}
    exec(compile(program, str(PAGE), "exec"), names)
    server = make_server("127.0.0.1", 0, names["app"])  # type: ignore[arg-type] # it is an app
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield SimpleNamespace(url=f"http://127.0.0.1:{server.server_port}/hook", known=names["known"])
    server.shutdown()
    thread.join()
    server.server_close()


def owe_a_call(client, project, url: str, **fields: str) -> Delivery:
    subscribe(client, project, url, **fields)
    client.post("/api/tasks/", {"project": project, "data": {"text": "grün"}})
    return Delivery.objects.get()


def test_a_signed_call_is_believed_and_done_once(client, project, shown, capsys):
    owed = owe_a_call(client, project, shown.url, secret=SECRET)
    assert attempt(owed).state == DeliveryState.DELIVERED
    assert (owed.status, shown.known) == (200, {str(owed.pk)})
    attempt(owed)
    assert capsys.readouterr().out == f"TASKS_CREATED in project {project}\n"


@pytest.mark.parametrize("fields", [{}, {"secret": "another"}])
def test_a_call_with_another_signature_or_none_is_refused(client, project, shown, fields):
    owed = owe_a_call(client, project, shown.url, **fields)
    assert attempt(owed).state == DeliveryState.PENDING
    assert (owed.status, owed.error, shown.known) == (403, "The receiver answered 403.", set())


def test_a_call_that_was_changed_on_its_way_is_refused(client, project, shown):
    owed = owe_a_call(client, project, shown.url, secret=SECRET)
    changed = owed.body.replace("TASKS_CREATED", "TASKS_DELETED")
    headers = {"X-Postil-Signature": signature(SECRET, owed.body.encode()), "X-Postil-Delivery": "1"}
    assert post(shown.url, changed.encode(), headers) == (403, None)
    headers["Content-Type"] = "application/json"
    assert post(shown.url, owed.body.encode(), headers) == (200, b"heard")


def post(url: str, content: bytes, headers: dict[str, str]) -> tuple[int, bytes | None]:
    try:
        with urlopen(Request(url, content, headers)) as answer:
            return answer.status, answer.read()
    except HTTPError as refused:
        refused.close()
        return refused.code, None
