"""Targets: every annotation is written once, follows its changes, is tried again, and goes when that is allowed."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from postil.core.clock import now
from postil.storages import exporting, targets
from postil.storages.enums import WriteAction
from postil.storages.models import Storage, StorageWrite
from postil.storages.queries import due_writes
from postil.storages.sender import run_lane
from postil.storages.tests.conftest import ANSWER, Place
from postil.tasks.models import Annotation

pytestmark = pytest.mark.django_db


def deliver() -> int:
    """Write what is due, as the sender does."""
    count = 0
    for storage_id in {write.storage_id for write in due_writes(now(), 500)}:
        count += run_lane([write for write in due_writes(now(), 500) if write.storage_id == storage_id])
    return count


@pytest.fixture
def annotate(client: Any, project: int) -> Any:
    def make(text: str = "x") -> int:
        task = client.post("/api/tasks/", {"project": project, "data": {"text": text}}).json["id"]
        return int(client.post(f"/api/tasks/{task}/annotations/", {"result": ANSWER}).json["id"])

    return make


def test_an_annotation_is_written_when_it_is_made(place: Place, project: int, connect: Any, annotate: Any, owner: Any):
    made = connect(place, project, target=True)
    assert (made["can_delete_objects"], made["export_format"]) == (None, "")
    annotation = annotate("words")
    assert deliver() == 1
    assert place.names() == [str(annotation)]
    saved = json.loads(place.content(str(annotation)))
    assert (saved["id"], saved["result"], saved["task"]["data"]) == (annotation, ANSWER, {"text": "words"})
    assert saved["completed_by"] == {"id": owner.pk, "email": owner.email, "first_name": "", "last_name": ""} | {
        "first_name": owner.first_name,
        "last_name": owner.last_name,
    }
    assert deliver() == 0


def test_the_object_follows_changes(s3_place: Place, project: int, connect: Any, annotate: Any, client: Any):
    connect(s3_place, project, target=True)
    annotation = annotate()
    deliver()
    other = [{**ANSWER[0], "value": {"choices": ["b"]}}]
    client.patch(f"/api/annotations/{annotation}/", {"result": other})
    assert deliver() == 1
    assert json.loads(s3_place.content(str(annotation)))["result"] == other


def test_a_new_target_gets_what_is_there(
    s3_place: Place, project: int, connect: Any, annotate: Any, client: Any, sync: Any
):
    first, second = annotate(), annotate()
    made = connect(s3_place, project, target=True)
    state = client.get(f"/api/storages/export/s3/{made['id']}/").json
    assert (state["status"], state["last_sync_count"], state["meta"]["total_annotations"]) == ("completed", 2, 2)
    assert s3_place.names() == [str(first), str(second)]
    s3_place.store.delete(s3_place.key(str(first)))
    assert sync(state, target=True)["last_sync_count"] == 2
    assert s3_place.names() == [str(first), str(second)]
    assert deliver() == 0


def test_a_sync_goes_on_behind_what_it_wrote(local_place: Place, project: int, connect: Any, annotate: Any):
    made = connect(local_place, project, target=True)
    asked, kept = now(), annotate()
    deliver()
    later = annotate()
    storage = Storage.objects.get(pk=made["id"])
    local_place.put({str(kept): b"untouched"})
    assert exporting.write_all(storage=storage, asked_at=asked, run=exporting_run()) == 2
    assert local_place.content(str(kept)) == b"untouched"
    assert json.loads(local_place.content(str(later)))["id"] == later


def exporting_run() -> Any:
    from postil.infra.jobs import NullRun

    return NullRun()


@pytest.mark.parametrize("allowed", [True, False])
def test_objects_go_with_their_annotations_where_that_is_allowed(
    s3_place: Place, project: int, connect: Any, annotate: Any, client: Any, allowed: bool
):
    connect(s3_place, project, target=True, can_delete_objects=allowed)
    annotations = [annotate() for _ in range(3)]
    deliver()
    client.delete(f"/api/annotations/{annotations[0]}/")
    everything = {"selectedItems": {"all": False, "included": [Annotation.objects.get(pk=annotations[1]).task_id]}}
    assert client.post(f"/api/dm/actions/?id=delete_tasks_annotations&project={project}", everything).status == 200
    client.delete(f"/api/tasks/{Annotation.objects.get(pk=annotations[2]).task_id}/")
    deliver()
    assert s3_place.names() == ([] if allowed else [str(annotation) for annotation in annotations])


def test_an_annotation_that_went_before_it_was_written_is_not_written(
    s3_place: Place, project: int, connect: Any, annotate: Any, client: Any
):
    connect(s3_place, project, target=True)
    client.delete(f"/api/annotations/{annotate()}/")
    assert (StorageWrite.objects.count(), deliver(), s3_place.names()) == (0, 0, [])


def test_what_fails_is_tried_again_and_given_up_after_a_day(
    local_place: Place, project: int, connect: Any, annotate: Any, client: Any
):
    made = connect(local_place, project, target=True)
    folder = Path(local_place.params["path"])
    folder.rmdir()
    annotation = annotate()
    for attempt, delay in enumerate(targets.DELAYS_S, 1):
        assert deliver() == 1
        write = StorageWrite.objects.get()
        assert (write.state, write.attempts, write.error) == ("pending", attempt, f"There is no folder {folder}.")
        assert timedelta(seconds=delay - 5) < write.next_at - now() <= timedelta(seconds=delay)
        assert deliver() == 0
        StorageWrite.objects.update(next_at=now())
    assert client.get(f"/api/storages/export/localfiles/{made['id']}/").json["waiting_count"] == 1
    deliver()
    state = client.get(f"/api/storages/export/localfiles/{made['id']}/").json
    assert (state["waiting_count"], state["failed_count"]) == (0, 1)
    folder.mkdir()
    client.patch(f"/api/annotations/{annotation}/", {"result": ANSWER})  # a new wish begins anew
    assert (deliver(), local_place.names()) == (1, [str(annotation)])


def test_a_target_that_is_down_is_not_tried_for_each_annotation(
    local_place: Place, project: int, connect: Any, annotate: Any, monkeypatch: pytest.MonkeyPatch
):
    from postil.storages.provider import StoreFailed
    from postil.storages.providers.localfiles import LocalFilesStore

    connect(local_place, project, target=True)
    tried: list[str] = []

    def down(_self: Any, key: str, _content: Any, _kind: str) -> None:
        tried.append(key)
        raise StoreFailed("It is down.")

    monkeypatch.setattr(LocalFilesStore, "write", down)
    for _ in range(40):
        annotate()
    assert deliver() == 40
    assert len(tried) < 24
    assert set(StorageWrite.objects.values_list("state", "attempts", "error")) == {("pending", 1, "It is down.")}


def test_a_change_during_a_write_is_written_after_it(local_place: Place, project: int, connect: Any, annotate: Any):
    made = connect(local_place, project, target=True)
    annotation = annotate()
    token, mine = targets.claim([StorageWrite.objects.get().pk])
    assert [write.annotation_id for write in mine] == [annotation]
    assert targets.claim([mine[0].pk])[1] == []  # nobody else gets it
    targets.owe(Storage.objects.get(pk=made["id"]), [annotation])
    assert due_writes(now(), 10) == []  # and nobody writes beside us
    targets.note_done(token, [mine[0].pk])
    assert len(due_writes(now(), 10)) == 1
    assert (deliver(), StorageWrite.objects.get().state) == (1, "done")


def test_a_dead_sender_leaves_its_writes_after_the_lease(local_place: Place, project: int, connect: Any, annotate: Any):
    connect(local_place, project, target=True)
    annotate()
    targets.claim([StorageWrite.objects.get().pk])
    assert deliver() == 0
    StorageWrite.objects.update(next_at=now())
    assert deliver() == 1


def test_deleting_after_writing_is_one_wish(local_place: Place, project: int, connect: Any, annotate: Any):
    made = connect(local_place, project, target=True, can_delete_objects=True)
    annotation = annotate()
    deliver()
    targets.owe(Storage.objects.get(pk=made["id"]), [annotation], WriteAction.DELETE)
    targets.owe(Storage.objects.get(pk=made["id"]), [annotation], WriteAction.DELETE)
    assert (StorageWrite.objects.count(), deliver(), local_place.names()) == (1, 1, [])


@pytest.mark.parametrize("name", ["CSV", "COCO"])
def test_a_format_is_written_at_each_sync(
    s3_place: Place, project: int, connect: Any, annotate: Any, sync: Any, client: Any, name: str
):
    made = connect(s3_place, project, target=True, export_format=name)
    annotate("words, with a comma")
    assert StorageWrite.objects.count() == 0
    state = sync(made, target=True)
    assert (state["status"], state["last_sync_count"]) == ("completed", 1)
    written = [s3_place.content(found) for found in s3_place.names() if found.startswith(f"project-{project}-at-")]
    assert len(written) == 2  # the first sync, of an empty project, wrote one too
    if name == "CSV":
        assert sum(b'"words, with a comma"' in content for content in written) == 1
    else:
        assert all("result.json" in zipfile.ZipFile(BytesIO(content)).namelist() for content in written)


def test_an_unknown_format_is_refused(s3_place: Place, project: int, client: Any):
    answer = client.post("/api/storages/export/s3/", {"project": project, **s3_place.params, "export_format": "NO"})
    assert (answer.status, list(answer.json["validation_errors"])) == (400, ["export_format"])


class NoBody:
    """An answer without content."""

    def stream(self) -> Any:
        return iter(())


def test_a_kms_key_goes_with_every_object(s3_place: Place, monkeypatch: pytest.MonkeyPatch):
    """The server under test has no KMS, so the request itself is looked at."""
    from postil.storages.stores import open_store, read_params

    store: Any = open_store("s3", read_params("s3", {**s3_place.params, "aws_sse_kms_key_id": "key-1"}))
    seen: dict[str, str] = {}

    def look(request: Any, **_: Any) -> Any:
        seen.update({name.lower(): value for name, value in request.headers.items()})
        from botocore.awsrequest import AWSResponse

        return AWSResponse(request.url, 200, {}, NoBody())

    store._client.meta.events.register("before-send.s3.PutObject", look)
    store.write("in/1", b"{}", "application/json")
    assert seen["x-amz-server-side-encryption"] == b"aws:kms"
    assert seen["x-amz-server-side-encryption-aws-kms-key-id"] == b"key-1"
