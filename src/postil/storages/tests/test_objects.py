"""Objects that go into exports, and what the task table says of syncs under way."""

import io
import zipfile
from typing import Any

import pytest
from PIL import Image

from postil.infra.models import Job
from postil.storages.enums import SyncStatus
from postil.storages.models import Storage
from postil.storages.objects import opener
from postil.storages.tests.conftest import Place

pytestmark = pytest.mark.django_db
BOXES = (
    '<View><Image name="i" value="$image"/>'
    '<RectangleLabels name="b" toName="i"><Label value="Cat"/></RectangleLabels></View>'
)
BOX = {
    "from_name": "b", "to_name": "i", "type": "rectanglelabels", "original_width": 8, "original_height": 4,
    "value": {"x": 0, "y": 0, "width": 50, "height": 50, "rotation": 0, "rectanglelabels": ["Cat"]},
}  # fmt: skip


def png() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (8, 4), "teal").save(content, "PNG")
    return content.getvalue()


@pytest.fixture
def boxes(client: Any) -> int:
    return int(client.post("/api/projects/", {"title": "Boxes", "label_config": BOXES}).json["id"])


def exported(client: Any, project: int) -> dict[str, bytes]:
    answer = client.get(f"/api/projects/{project}/export?exportType=COCO_WITH_IMAGES")
    assert answer.status == 200, answer.json
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_an_export_with_images_carries_the_objects(place: Place, boxes: int, connect: Any, sync: Any, client: Any):
    place.put({"a cat.png": png()})
    assert sync(connect(place, boxes, use_blob_urls=True))["last_sync_count"] == 1
    task = client.get(f"/api/tasks/?project={boxes}").json["tasks"][0]["id"]
    assert client.post(f"/api/tasks/{task}/annotations/", {"result": [BOX]}).status == 201
    found = exported(client, boxes)
    assert found[f"images/{task}.png"] == png()
    assert set(found) == {"result.json", f"images/{task}.png"}


def test_objects_that_no_source_of_the_project_covers_stay_out(
    s3_place: Place, boxes: int, project: int, connect: Any, client: Any
):
    s3_place.put({"cat.png": png()})
    connect(s3_place, project, use_blob_urls=True)
    task = client.post("/api/tasks/", {"project": boxes, "data": {"image": s3_place.uri("cat.png")}}).json["id"]
    client.post(f"/api/tasks/{task}/annotations/", {"result": [BOX]})
    assert set(exported(client, boxes)) == {"result.json"}
    with opener(project)(s3_place.uri("cat.png")) as file:  # type: ignore[union-attr]
        assert file.read() == png()
    assert opener(boxes)(s3_place.uri("cat.png")) is None


def test_missing_and_too_large_objects_and_other_addresses_are_left_out(
    local_place: Place, project: int, connect: Any, settings: Any
):
    local_place.put({"large.png": b"x" * (2 * 1024 * 1024)})
    connect(local_place, project)
    opened = opener(project)
    with opened(local_place.uri("large.png")) as file:  # type: ignore[union-attr]
        assert len(file.read()) == 2 * 1024 * 1024
    object.__setattr__(settings.CONFIG, "max_upload_mb", 1)
    assert opened(local_place.uri("large.png")) is None
    assert opened(local_place.uri("gone.png")) is None
    assert opened("https://example.org/cat.png") is None
    assert opened("/data/local-files/?d=other/../set/large.png") is None


def test_the_table_says_which_syncs_are_under_way(local_place: Place, project: int, connect: Any, client: Any):
    source = connect(local_place, project)
    path = f"/api/dm/project/?project={project}"
    job = Job.objects.create(kind="sync_storage", payload={})
    rows = Storage.objects.filter(pk=source["id"])
    rows.update(status=SyncStatus.IN_PROGRESS, last_sync_job=job.pk)
    shown = client.get(path).json
    assert (shown["source_syncing"], shown["target_syncing"]) == (True, False)
    rows.update(is_target=True)
    shown = client.get(path).json
    assert (shown["source_syncing"], shown["target_syncing"]) == (False, True)
    Job.objects.filter(pk=job.pk).update(state="failed")
    shown = client.get(path).json
    assert (shown["source_syncing"], shown["target_syncing"]) == (False, False)
