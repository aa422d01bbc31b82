"""Who may export, and that an export is one moment of the database."""

import json
import threading
from typing import Any

import pytest
from django.db import connection, transaction

from postil.exports.models import ConvertedFormat, Export
from postil.infra.snapshot import consistent_read
from postil.tasks.models import Task
from postil.tasks.tests.factories import make_project


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(api: Any) -> int:
    return int(api.post("/api/projects/", {"title": "Rights"}).json["id"])


@pytest.fixture
def ids(api: Any, project: int) -> list[int]:
    rows = [{"text": str(number)} for number in range(3)]
    return list(api.post(f"/api/projects/{project}/import?return_task_ids=true", rows).json["task_ids"])


def make(api: Any, project: int) -> dict[str, Any]:
    return dict(api.post(f"/api/projects/{project}/exports/", {}).json)


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_exports_read_one_moment(api: Any, project: int, ids: list[int]) -> None:
    answer = api.get(f"/api/projects/{project}/export?download_all_tasks=true")
    assert [task["id"] for task in json.loads(answer.content)] == ids
    made = make(api, project)
    assert made["counters"] == {"task_number": 3}
    # The connection is as usable afterwards as before.
    with transaction.atomic():
        Task.objects.filter(pk=ids[0]).update(overlap=2)
    assert Task.objects.get(pk=ids[0]).overlap == 2


@pytest.mark.django_db(transaction=True)
def test_what_others_write_meanwhile_is_not_seen(project: int, ids: list[int]) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the tests' SQLite database lives in memory and has one connection")

    def write() -> None:
        Task.objects.filter(pk__in=ids).update(overlap=9)
        connection.close()

    with consistent_read():
        before = list(Task.objects.values_list("overlap", flat=True))
        other = threading.Thread(target=write)
        other.start()
        other.join(10)
        assert list(Task.objects.values_list("overlap", flat=True)) == before == [1, 1, 1]
    assert set(Task.objects.values_list("overlap", flat=True)) == {9}


@pytest.mark.django_db(transaction=True)
def test_an_error_inside_ends_the_reading(project: int, ids: list[int]) -> None:
    with pytest.raises(ValueError, match="stop"), consistent_read():
        raise ValueError(f"stop at {Task.objects.count()}")
    with transaction.atomic():
        assert Task.objects.count() == 3


def test_who_may_export(
    api: Any, project: int, ids: list[int], client_for: Any, annotator: Any, reviewer: Any, outsider: Any
) -> None:
    made = make(api, project)
    base = f"/api/projects/{project}"
    calls = [
        ("GET", f"{base}/export", None),
        ("GET", f"{base}/export/formats", None),
        ("GET", f"{base}/export/files", None),
        ("GET", f"/api/exports/formats/?project={project}", None),
        ("GET", f"{base}/exports/", None),
        ("POST", f"{base}/exports/", {}),
        ("GET", f"{base}/exports/{made['id']}", None),
        ("GET", f"{base}/exports/{made['id']}/download", None),
        ("POST", f"{base}/exports/{made['id']}/convert", {"export_type": "CSV"}),
        ("DELETE", f"{base}/exports/{made['id']}", None),
    ]
    for person in (annotator, reviewer):
        api.post(f"/api/projects/{project}/members/", {"user": person.pk})
    for method, path, body in calls:
        for person, status in ((annotator, 403), (reviewer, 403), (outsider, 404), (None, 401)):
            assert client_for(person).request(method, path, body).status == status, (method, path)
    other = api.post("/api/projects/", {"title": "Other"}).json["id"]
    assert api.get(f"/api/projects/{other}/exports/{made['id']}").status == 404
    assert (Export.objects.count(), ConvertedFormat.objects.count()) == (1, 0)


def test_people_from_elsewhere_export_ten_times_a_minute(api: Any, project: int) -> None:
    api.http.defaults["REMOTE_ADDR"] = "203.0.113.5"
    answers = [api.get(f"/api/projects/{project}/export") for _ in range(11)]
    assert [answer.status for answer in answers] == [200] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_a_web_server_in_front_asks_who_may_have_an_export_file(
    client_for: Any, manager: Any, annotator: Any, outsider: Any
) -> None:
    project = make_project(manager, members=(annotator,))
    named = {"X_Original_URI": f"/export/{project.pk}-at-noon.json"}
    allowed = client_for(manager).get("/api/auth/export/", **named)
    assert (allowed.status, allowed.content) == (200, b"")
    assert client_for(annotator).get("/api/auth/export/", **named).status == 403
    assert client_for(outsider).get("/api/auth/export/", **named).status == 404
    assert client_for(None).get("/api/auth/export/", **named).status == 401
    for uri in ("", "test", "/export/x-at-noon.json", "/export/"):
        assert client_for(manager).get("/api/auth/export/", X_Original_URI=uri).status == 422, uri
