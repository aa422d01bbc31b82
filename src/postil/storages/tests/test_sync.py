"""Syncs of sources: what becomes a task, what the second run costs, what is refused, and that nothing comes twice."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from postil.core.clock import now
from postil.core.errors import Cancelled
from postil.core.result import ItemError
from postil.infra.jobs import NullRun
from postil.infra.models import Job, JobError, JobState
from postil.projects.models import Project
from postil.storages import handlers, syncing
from postil.storages.models import Storage, StorageLink
from postil.storages.tests.conftest import ANSWER, Place
from postil.tasks.models import Task

pytestmark = pytest.mark.django_db


def data_of(project: int) -> list[dict[str, Any]]:
    return list(Task.objects.filter(project=project).order_by("pk").values_list("data", flat=True))


def lines(*texts: str) -> bytes:
    return "\n".join(json.dumps({"text": text}) for text in texts).encode()


def test_every_object_becomes_a_task_that_shows_it(place: Place, images: int, connect: Any, sync: Any, client: Any):
    place.put({"a.png": b"1", "b c.png": b"2", "note.txt": b"3"})
    made = connect(place, images, use_blob_urls=True, regex_filter=r".*png")
    assert (made["status"], made["last_sync"], made["meta"]) == ("initialized", None, {})
    state = sync(made)
    assert (state["status"], state["last_sync_count"], state["traceback"]) == ("completed", 2, None)
    assert (state["meta"]["tasks_existed"], state["meta"]["attempts"], state["meta"]["errors"]) == (0, 1, [])
    assert sorted(data["image"] for data in data_of(images)) == sorted([place.uri("a.png"), place.uri("b c.png")])
    project = Project.objects.get(pk=images)
    assert (project.task_count, project.data_columns) == (2, {"image": 2})


def test_a_second_sync_takes_only_what_is_new(place: Place, images: int, connect: Any, sync: Any):
    place.put({"a.png": b"1"})
    made = connect(place, images, use_blob_urls=True)
    sync(made)
    place.put({"a.png": b"changed", "b.png": b"2"})
    state = sync(made)
    assert (state["last_sync_count"], state["meta"]["tasks_existed"]) == (1, 1)
    assert sorted(data["image"] for data in data_of(images)) == [place.uri("a.png"), place.uri("b.png")]


def test_files_of_tasks_are_read(place: Place, project: int, connect: Any, sync: Any):
    prediction = {"result": ANSWER, "score": 0.5, "model_version": "v1"}
    place.put(
        {
            "1.json": json.dumps({"data": {"text": "one"}, "predictions": [prediction]}).encode(),
            "2.json": json.dumps([{"text": "two"}, {"text": "three"}]).encode(),
            "3.jsonl": lines("four", "five"),
        }
    )
    state = sync(connect(place, project, recursive_scan=True))
    assert (state["status"], state["last_sync_count"]) == ("completed", 5)
    assert sorted(data["text"] for data in data_of(project)) == ["five", "four", "one", "three", "two"]
    assert Task.objects.get(prediction_count=1).data == {"text": "one"}


def test_a_file_that_grew_brings_what_came_behind(s3_place: Place, project: int, connect: Any, sync: Any):
    made = connect(s3_place, project)
    for texts, expected in (
        (("a", "b"), ["a", "b"]),
        (("a", "b", "c"), ["a", "b", "c"]),
        (("x",), ["a", "b", "c"]),
        (("a", "b", "c", "d", "e"), ["a", "b", "c", "d", "e"]),
    ):
        s3_place.put({"log.jsonl": lines(*texts)})
        state = sync(made)
        assert (state["status"], state["traceback"]) == ("completed", None)
        assert [data["text"] for data in data_of(project)] == expected
    assert sync(made)["last_sync_count"] == 0
    rows = StorageLink.objects.order_by("row_index").values_list("row_index", "row_count")
    assert list(rows) == [(0, 5), (1, 0), (2, 0), (3, 0), (4, 0)]


def test_parquet_is_read(s3_place: Place, project: int, connect: Any, sync: Any):
    import pyarrow
    from pyarrow import parquet

    table = pyarrow.table({"text": ["one", "two"], "n": [1, None], "meta": ['{"k": 1}', None]})
    file = BytesIO()
    parquet.write_table(table, file)
    s3_place.put({"good.parquet": file.getvalue(), "bad.parquet": b"no Parquet"})
    state = sync(connect(s3_place, project))
    assert (state["status"], state["last_sync_count"]) == ("completed_with_errors", 2)
    assert data_of(project) == [{"text": "one", "n": 1, "meta": {"k": 1}}, {"text": "two"}]
    assert "bad.parquet" in state["traceback"]
    assert "is not valid Parquet" in state["traceback"]


def test_a_file_that_was_empty_may_grow(local_place: Place, project: int, connect: Any, sync: Any):
    import pyarrow
    from pyarrow import parquet

    made = connect(local_place, project)
    for texts in ([], [], ["a"], ["a", "b"]):
        file = BytesIO()
        parquet.write_table(pyarrow.table({"text": pyarrow.array(texts, pyarrow.string())}), file)
        local_place.put({"log.parquet": file.getvalue()})
        assert sync(made)["status"] == "completed"
        assert [data["text"] for data in data_of(project)] == texts
    rows = StorageLink.objects.order_by("row_index").values_list("row_index", "row_count", "task__data")
    assert [(row[0], row[1], row[2]["text"]) for row in rows] == [(0, 2, "a"), (1, 0, "b")]


def test_bad_objects_are_named_and_the_others_go_in(s3_place: Place, project: int, connect: Any, sync: Any):
    s3_place.put({"a.json": b'{"text": "good"}', "b.json": b"{broken", "c.csv": b"text\nx", "d.json": b"[1]"})
    made = connect(s3_place, project)
    state = sync(made)
    assert (state["status"], state["last_sync_count"]) == ("completed_with_errors", 1)
    assert [error["where"].split("/")[-1].split(",")[0] for error in state["meta"]["errors"]] == [
        "b.json",
        "c.csv",
        "d.json",
    ]
    assert "Treat every object as a source file" in state["meta"]["errors"][1]["reason"]
    assert JobError.objects.count() == 3
    s3_place.put({"b.json": b'{"text": "mended"}'})
    assert sync(made)["last_sync_count"] == 1
    assert [data["text"] for data in data_of(project)] == ["good", "mended"]


def test_nothing_but_bad_objects_is_a_failure(s3_place: Place, project: int, connect: Any, sync: Any):
    s3_place.put({"a.png": b"x"})
    state = sync(connect(s3_place, project))
    assert (state["status"], state["last_sync"], data_of(project)) == ("failed", None, [])
    assert ".png is no file of tasks" in state["traceback"]


def test_a_place_that_is_gone_is_a_failure_with_its_reason(s3_place: Place, project: int, connect: Any, sync: Any):
    made = connect(s3_place, project)
    Storage.objects.filter(pk=made["id"]).update(params={**Storage.objects.get().params, "bucket": "no-such-bucket"})
    state = sync(made)
    assert (state["status"], state["traceback"]) == ("failed", "Cannot find bucket no-such-bucket in S3.")
    assert Job.objects.get(pk=state["last_sync_job"]).error == "Cannot find bucket no-such-bucket in S3."


def test_data_is_not_checked_but_what_hangs_on_it_is(s3_place: Place, project: int, connect: Any, sync: Any):
    person = {"result": ANSWER, "completed_by": 999_999}
    s3_place.put(
        {
            "a.json": b'{"other": "key"}',
            "b.json": json.dumps({"data": {"text": "x"}, "annotations": [{"result": ANSWER}]}).encode(),
            "c.json": json.dumps({"data": {"text": "x"}, "annotations": [person]}).encode(),
        }
    )
    state = sync(connect(s3_place, project))
    assert state["last_sync_count"] == 2
    assert state["traceback"].endswith("Unknown annotator's ID 999999")
    assert Project.objects.get(pk=project).annotation_count == 1


def test_deleted_tasks_do_not_come_back(s3_place: Place, project: int, connect: Any, sync: Any, client: Any):
    s3_place.put({"a.json": b'{"text": "x"}'})
    made = connect(s3_place, project)
    sync(made)
    task = Task.objects.get()
    assert client.delete(f"/api/tasks/{task.pk}/").status == 204
    assert sync(made)["last_sync_count"] == 0
    Task.all_objects.filter(pk=task.pk).delete()
    assert sync(made)["last_sync_count"] == 0
    assert (StorageLink.objects.get().task_id, Task.all_objects.count()) == (None, 0)


def test_deleting_a_storage_keeps_its_tasks(s3_place: Place, project: int, connect: Any, sync: Any, client: Any):
    s3_place.put({"a.json": b'{"text": "x"}'})
    made = connect(s3_place, project)
    sync(made)
    assert client.delete(f"/api/storages/s3/{made['id']}/").status == 204
    assert client.get(f"/api/storages/s3/{made['id']}/").status == 404
    assert (data_of(project), s3_place.names()) == ([{"text": "x"}], ["a.json"])


class Killed(BaseException):
    """The process ended."""


class Dying(NullRun):
    """Ends the process after some pages."""

    def __init__(self, pages: int) -> None:
        super().__init__()
        self.left = pages

    def progress(self, done: int, total: int | None = None) -> None:
        self.left -= 1
        if self.left == 0:
            raise Killed


def test_a_killed_sync_goes_on_and_makes_nothing_twice(
    local_place: Place, images: int, connect: Any, owner: Any, actor_for: Any
):
    local_place.put({f"{number:04}.png": b"x" for number in range(2_500)})
    made = connect(local_place, images, use_blob_urls=True)
    storage = Storage.objects.select_related("project").get(pk=made["id"])
    who = actor_for(owner)
    with pytest.raises(Killed):
        syncing.sync_source(who=who, storage=storage, run=Dying(2))
    assert Task.objects.count() == 2_000
    outcome = syncing.sync_source(who=who, storage=storage, run=NullRun())
    assert (outcome.seen, outcome.tasks, outcome.existed) == (2_500, 500, 2_000)
    links = StorageLink.objects.values_list("key", flat=True)
    assert (len(links), len(set(links)), Task.objects.count()) == (2_500, 2_500, 2_500)
    assert Project.objects.get(pk=images).task_count == 2_500


def test_two_syncs_that_meet_make_nothing_twice(
    local_place: Place, images: int, connect: Any, owner: Any, actor_for: Any
):
    """The other one stores the same page between this one's look and its writing."""
    local_place.put({"a.png": b"x", "b.png": b"y"})
    made = connect(local_place, images, use_blob_urls=True)
    storage = Storage.objects.select_related("project").get(pk=made["id"])
    who = actor_for(owner)
    count = syncing.SyncCount()
    news = syncing._news(storage, [found for page in local_place.store.pages(recursive=False) for found in page], count)
    for read in news:
        read.items = [syncing.TaskItem(read.found.key, 0, {"image": read.found.key})]
    assert syncing._store(who=who, storage=storage, reads=news) == 2
    again = [syncing._Read(read.found, items=list(read.items)) for read in news]
    assert syncing._store(who=who, storage=storage, reads=again) == 0
    assert (Task.objects.count(), StorageLink.objects.count()) == (2, 2)


class Stopped(NullRun):
    def check_cancelled(self) -> None:
        raise Cancelled


def test_a_sync_can_be_stopped(local_place: Place, project: int, connect: Any, owner: Any, actor_for: Any):
    local_place.put({"a.json": b'{"text": "x"}'})
    storage = Storage.objects.select_related("project").get(pk=connect(local_place, project)["id"])
    with pytest.raises(Cancelled):
        syncing.sync_source(who=actor_for(owner), storage=storage, run=Stopped())
    assert Task.objects.count() == 0


def test_a_sync_that_lost_its_process_for_good_is_not_under_way(
    s3_place: Place, project: int, connect: Any, client: Any
):
    made = connect(s3_place, project)
    job = Job.objects.create(
        kind="sync_storage", state=JobState.FAILED, error="The server stopped 3 times while this ran."
    )
    Storage.objects.filter(pk=made["id"]).update(status="in_progress", last_sync_job=job.pk)
    state = client.get(f"/api/storages/s3/{made['id']}/").json
    assert (state["status"], state["traceback"]) == ("failed", "The server stopped 3 times while this ran.")


def test_long_keys_and_bad_filters_are_refused(local_place: Place, project: int, client: Any):
    run = NullRun()
    from postil.storages.provider import StoredObject

    assert not syncing._fits(StoredObject("x" * 1_025, 1, None, ""), run)
    assert run.errors == [ItemError("x" * 200, "The key is longer than 1024 bytes.")]
    for pattern in ("(", "(?=x)", "x" * 1_001):
        answer = client.post(
            "/api/storages/localfiles/", {"project": project, **local_place.params, "regex_filter": pattern}
        )
        assert (answer.status, list(answer.json["validation_errors"])) == (400, ["regex_filter"])


def test_syncs_start_by_schedule(
    s3_place: Place, project: int, connect: Any, client: Any, django_capture_on_commit_callbacks: Any
):
    s3_place.put({"a.json": b'{"text": "x"}'})
    made = connect(s3_place, project, sync_every=30)
    assert made["sync_every"] == 30
    assert handlers.start_scheduled() == 0
    Storage.objects.update(next_sync_at=now() - timedelta(minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert handlers.start_scheduled() == 1
    assert handlers.start_scheduled() == 0
    storage = Storage.objects.get()
    assert (storage.status, storage.last_sync_count) == ("completed", 1)
    assert storage.next_sync_at is not None
    assert timedelta(minutes=29) < storage.next_sync_at - now() < timedelta(minutes=31)
    changed = client.patch(f"/api/storages/s3/{made['id']}/", {"sync_every": 0}).json
    assert (changed["sync_every"], changed["next_sync_at"]) == (0, None)


def test_tasks_name_their_object(s3_place: Place, project: int, connect: Any, sync: Any, client: Any):
    s3_place.put({"a.json": b'{"text": "x"}', "b.json": b'{"text": "y"}'})
    sync(connect(s3_place, project))
    rows = client.get(f"/api/tasks/?project={project}").json["tasks"]
    assert [row["storage_filename"] for row in rows] == [s3_place.key("a.json"), s3_place.key("b.json")]
    assert client.get(f"/api/tasks/{rows[0]['id']}/").json["storage_filename"] == s3_place.key("a.json")
    item = {"filter": "filter:tasks:storage_filename", "operator": "contains", "type": "String", "value": "b.json"}
    query = json.dumps({"filters": {"conjunction": "and", "items": [item]}})
    found = client.get(f"/api/tasks/?project={project}&query={query}").json["tasks"]
    assert [row["id"] for row in found] == [rows[1]["id"]]
