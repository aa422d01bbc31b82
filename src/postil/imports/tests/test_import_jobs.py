"""Imports that are stopped, fetched from an address, or interrupted."""

import http.server
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from postil.core.errors import Cancelled
from postil.formats.importer import TaskItem
from postil.imports import handlers
from postil.imports.jobs import ImportTasks
from postil.imports.models import FileUpload, ImportOutcome
from postil.imports.spool import TaskSpool
from postil.infra.jobs import Interrupted, NullRun
from postil.projects.models import Project
from postil.tasks.models import Task
from postil.tasks.totals import recount


class Stops(NullRun):
    """Raises once so many items are done in the second phase, when the total is known."""

    def __init__(self, error: type[Exception]) -> None:
        super().__init__()
        self.error = error

    def progress(self, done: int, total: int | None = None) -> None:
        if total is not None and done >= 50:
            raise self.error


class Table(http.server.BaseHTTPRequestHandler):
    """Answers with a small table."""

    def do_GET(self) -> None:
        body = b"text\nfetched\n"
        self.send_response(200 if ".csv" in self.path else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Table)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(api: Any) -> int:
    return int(api.post("/api/projects/", {"title": "Jobs"}).json["id"])


@pytest.fixture
def spec(api: Any, project: int, organization: Any, manager: Any) -> ImportTasks:
    lines = "\n".join(f"line {number}" for number in range(120)).encode()
    path = f"/api/projects/{project}/import?commit_to_project=false"
    ids = api.upload(path, {"f": SimpleUploadedFile("a.txt", lines)}).json["file_upload_ids"]
    return ImportTasks("token", project, organization.pk, manager.pk, upload_ids=ids)


def test_a_cancelled_import_leaves_nothing(spec: ImportTasks, project: int, settings: Any) -> None:
    with pytest.raises(Cancelled):
        handlers.import_tasks(spec, Stops(Cancelled))
    assert (Task.objects.count(), FileUpload.objects.count(), ImportOutcome.objects.count()) == (0, 0, 0)
    assert recount(Project.objects.get(pk=project)) == {}
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_an_interrupted_import_can_go_on(spec: ImportTasks, project: int) -> None:
    with pytest.raises(Interrupted):
        handlers.import_tasks(spec, Stops(Interrupted))
    assert (Task.objects.count(), FileUpload.objects.count()) == (0, 1)
    assert handlers.import_tasks(spec, NullRun())["task_count"] == 120
    assert Task.objects.count() == 120
    assert recount(Project.objects.get(pk=project)) == {}


def test_who_left_imports_nothing(spec: ImportTasks, manager: Any) -> None:
    from postil.accounts.models import Membership
    from postil.core.errors import Forbidden

    Membership.objects.filter(user=manager).update(role="annotator")
    with pytest.raises(Exception, match=r"may not do this|No Project"):
        handlers.import_tasks(spec, NullRun())
    Membership.objects.filter(user=manager).delete()
    with pytest.raises(Forbidden):
        handlers.import_tasks(spec, NullRun())
    assert Task.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_file_is_fetched_from_an_address(api: Any, project: int, address: str) -> None:
    answer = api.upload(f"/api/projects/{project}/import", {"url": f"{address}/rows.csv?x=1"})
    assert (answer.status, answer.json.get("found_formats")) == (201, {".csv": 1}), str(answer.json)
    assert [task.data for task in Task.objects.all()] == [{"text": "fetched"}]
    assert FileUpload.objects.get().given_name == "rows.csv"
    missing = api.upload(f"/api/projects/{project}/import", {"url": f"{address}/missing"})
    assert missing.status == 400
    assert Task.objects.count() == 1


def test_tasks_come_out_of_the_spool_as_they_went_in() -> None:
    items = [TaskItem(f"item {number}", number, {"text": str(number)}) for number in range(2_500)]
    items[7].meta = {"m": 1}
    items[8].predictions = [{"result": [], "score": 0.5}]
    items[9].allow_skip = False
    items[10].file_upload_id = 3
    with TaskSpool() as spool:
        for item in items:
            spool.add(item)
        assert spool.count == 2_500
        found = list(spool)
    assert [item.data_json() for item in found] == [item.data_json() for item in items]
    assert [list(item.data) for item in found] == [["text"]] * 2_500
    for number in (7, 8, 9, 10, 11):
        for name in ("meta", "annotations", "predictions", "drafts", "allow_skip", "file_upload_id"):
            assert getattr(found[number], name) == getattr(items[number], name)
