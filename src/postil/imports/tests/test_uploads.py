"""Media files, the list of uploads, and predictions for tasks that are there."""

import hashlib
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from postil.imports import content
from postil.imports.copies import copy_uploads
from postil.imports.models import FileUpload
from postil.imports.store import clean_name, clear_erased_projects, media_path
from postil.projects.models import Project
from postil.projects.trash import erase_old
from postil.tasks.models import Prediction, Task
from postil.tasks.tests.factories import make_project
from postil.tasks.totals import recount

CONFIG = """<View><Image name="image" value="$image"/>
<Choices name="c" toName="image"><Choice value="a"/><Choice value="b"/></Choices></View>"""


def picture(width: int = 20, height: int = 10, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(out, kind)
    return out.getvalue()


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(api: Any) -> int:
    return int(api.post("/api/projects/", {"title": "Photos", "label_config": CONFIG}).json["id"])


def upload(api: Any, project: int, name: str, body: bytes, query: str = "") -> Any:
    return api.upload(f"/api/projects/{project}/import{query}", {"file": SimpleUploadedFile(name, body)})


def test_a_picture_becomes_a_task_that_shows_it(api: Any, project: int, manager: Any) -> None:
    body = picture()
    answer = upload(api, project, "my photo (1).PNG", body)
    assert (answer.status, answer.json["found_formats"], answer.json["data_columns"]) == (201, {".png": 1}, ["image"])
    stored = FileUpload.objects.get()
    assert (stored.given_name, stored.content_type, stored.size_bytes) == ("my photo (1).PNG", "image/png", len(body))
    assert (stored.width, stored.height, stored.user_id) == (20, 10, manager.pk)
    assert stored.sha256 == hashlib.sha256(body).hexdigest()
    random, _, name = stored.stored_name.removeprefix(f"upload/{project}/").partition("-")
    assert (len(random), name) == (32, "my_photo_1.png")
    assert Task.objects.get().data == {"image": f"/data/{stored.stored_name}"}
    assert media_path(stored.stored_name).read_bytes() == body
    assert media_path(stored.stored_name).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("a.png", "a.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\photo.JPG", "photo.jpg"),
        ("фото.png", "file.png"),
        ("a\x00b.png", "a_b.png"),
        (".png", "file.png"),
        ("x" * 300 + ".png", "x" * 80 + ".png"),
        ("naïve café.txt", "naive_cafe.txt"),
    ],
)
def test_names_on_disk_are_harmless(given: str, clean: str) -> None:
    assert clean_name(given) == clean


def test_a_huge_picture_is_refused_by_its_head(
    api: Any, project: int, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(content, "MAX_PIXELS", 100)
    answer = upload(api, project, "huge.png", picture())
    assert answer.status == 400
    assert "20 × 10 pixels" in answer.json["validation_errors"]["non_field_errors"][0]
    assert (FileUpload.objects.count(), Task.objects.count()) == (0, 0)
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_a_harmless_drawing_is_taken(api: Any, project: int) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    assert upload(api, project, "drawing.svg", svg).status == 201
    assert FileUpload.objects.get().content_type == "image/svg+xml"


def test_the_total_size_of_files_is_limited(api: Any, project: int, settings: Any, monkeypatch: Any) -> None:
    from dataclasses import replace

    settings.CONFIG = replace(settings.CONFIG, max_upload_mb=1)
    files = [SimpleUploadedFile(f"{number}.txt", b"x" * 600_000) for number in range(2)]
    assert api.upload(f"/api/projects/{project}/import", {"file": files}).status == 413
    assert (FileUpload.objects.count(), Task.objects.count()) == (0, 0)


def test_a_table_may_be_meant_as_one_file(api: Any, project: int) -> None:
    ids = upload(api, project, "a.csv", b"image\nx\n", "?commit_to_project=false").json["file_upload_ids"]
    body = {"file_upload_ids": ids, "files_as_tasks_list": False}
    assert api.post(f"/api/projects/{project}/reimport", body).status == 201
    assert Task.objects.get().data == {"image": f"/data/{FileUpload.objects.get().stored_name}"}


def test_reimport_replaces_the_tasks_of_the_upload(api: Any, project: int) -> None:
    ids = upload(api, project, "a.csv", b"image\nx\ny\n").json["file_upload_ids"]
    before = list(Task.objects.values_list("pk", flat=True))
    answer = api.post(f"/api/projects/{project}/reimport", {"file_upload_ids": ids})
    assert (answer.status, answer.json["task_count"], answer.json["file_upload_ids"]) == (201, 2, ids)
    after = list(Task.objects.values_list("pk", flat=True))
    assert len(after) == 2
    assert not set(before) & set(after)
    assert recount(Project.objects.get(pk=project)) == {}


def test_reimport_of_nothing_and_of_foreign_uploads(api: Any, project: int) -> None:
    empty = api.post(f"/api/projects/{project}/reimport", {"file_upload_ids": []})
    assert (empty.status, empty.json["task_count"], empty.json["found_formats"]) == (200, 0, {})
    other = api.post("/api/projects/", {"title": "Other"}).json["id"]
    theirs = upload(api, other, "a.txt", b"x").json["file_upload_ids"]
    assert api.post(f"/api/projects/{project}/reimport", {"file_upload_ids": theirs}).status == 400
    assert api.post(f"/api/projects/{project}/reimport", {}).status == 400


def test_uploads_are_listed_for_who_brought_them(api: Any, project: int, client_for: Any, owner: Any) -> None:
    upload_id = upload(api, project, "a.png", picture()).json["file_upload_ids"][0]
    row = FileUpload.objects.get()
    shown = {"id": upload_id, "file": row.stored_name, "size": row.size_bytes}
    base = f"/api/projects/{project}/file-uploads"
    assert api.get(f"{base}?all=true").json == [shown]
    assert api.get(f"{base}?ids=[{upload_id}]").json == [shown]
    assert api.get(f"{base}?ids=[{upload_id + 1}]").json == []
    assert api.get(base).json == []
    assert api.get(f"{base}?ids=x").status == 400
    assert client_for(owner).get(f"{base}?all=true").json == []
    assert api.get(f"/api/import/file-upload/{upload_id}").json == shown
    assert api.patch(f"/api/import/file-upload/{upload_id}", {"file": "x"}).json == shown


@pytest.mark.django_db(transaction=True)
def test_deleting_uploads_keeps_their_tasks(api: Any, project: int) -> None:
    first = upload(api, project, "a.png", picture()).json["file_upload_ids"][0]
    upload(api, project, "b.png", picture())
    path = media_path(FileUpload.objects.get(pk=first).stored_name)
    assert api.delete(f"/api/import/file-upload/{first}").status == 204
    assert not path.exists()
    assert api.get(f"/api/import/file-upload/{first}").status == 404
    assert api.delete(f"/api/projects/{project}/file-uploads", {"file_upload_ids": [first]}).json == {"deleted": 0}
    assert api.delete(f"/api/projects/{project}/file-uploads", {}).json == {"deleted": 1}
    assert list(Task.objects.values_list("file_upload_id", flat=True)) == [None, None]


def test_predictions_for_tasks_that_are_there(api: Any, project: int) -> None:
    task = api.post(f"/api/projects/{project}/import?return_task_ids=true", [{"image": "/x.png"}]).json["task_ids"][0]
    good = [{"from_name": "c", "to_name": "image", "type": "choices", "value": {"choices": ["a"]}}]
    items = [
        {"task": task, "result": good, "score": 0.5, "model_version": "m"},
        {"task": task, "result": [{"from_name": "zz"}]},
        {"task": task, "result": "b"},
        {"task": task, "result": "b", "score": "high"},
        {"task": task, "result": "b", "score": True},
    ]
    answer = api.post(f"/api/projects/{project}/import/predictions", items)
    assert (answer.status, answer.json["created"]) == (201, 2)
    assert [(error["item"], error["task"]) for error in answer.json["errors"]] == [(1, task), (3, task), (4, task)]
    assert [error["reason"] for error in answer.json["errors"][1:]] == [
        'score: "high" is not a number.',
        "score: true is not a number.",
    ]
    stored = Prediction.objects.order_by("pk")
    assert [(p.result[0]["value"], p.score, p.model_version) for p in stored] == [
        ({"choices": ["a"]}, 0.5, "m"),
        ({"choices": ["b"]}, None, "undefined"),
    ]
    assert Task.objects.get().prediction_count == 2
    assert recount(Project.objects.get(pk=project)) == {}


def test_many_predictions_cost_few_statements(api: Any, project: int, django_assert_max_num_queries: Any) -> None:
    rows = [{"image": f"/{number}.png"} for number in range(1500)]
    ids = api.post(f"/api/projects/{project}/import?return_task_ids=true", rows).json["task_ids"]
    items = [{"task": task, "result": "a", "score": 1} for task in ids] + [{"task": ids[0], "result": "b"}] * 2
    with django_assert_max_num_queries(25):
        assert api.post(f"/api/projects/{project}/import/predictions", items).json == {"created": 1502}
    counts = dict(Task.objects.values_list("pk", "prediction_count"))
    assert (counts.pop(ids[0]), set(counts.values())) == (3, {1})
    assert recount(Project.objects.get(pk=project)) == {}
    assert Prediction.objects.get(task=ids[1]).score == 1.0


@pytest.mark.parametrize(
    "body", [{"task": 1}, [5], [{"result": []}], [{"task": "1", "result": []}], [{"task": 999999, "result": []}]]
)
def test_predictions_for_no_task_are_refused(api: Any, project: int, body: Any) -> None:
    assert api.post(f"/api/projects/{project}/import/predictions", body).status == 400
    assert Prediction.objects.count() == 0


def test_a_file_on_this_machine_can_be_imported(
    api: Any, project: int, manager: Any, actor_for: Any, tmp_path: Any
) -> None:
    from postil.core.errors import Invalid
    from postil.imports.actions import import_file

    who, row = actor_for(manager), Project.objects.get(pk=project)
    table = tmp_path / "rows.csv"
    table.write_text("image,n\n/a.png,1\n")
    photo = tmp_path / "photo.png"
    photo.write_bytes(picture())
    assert import_file(who=who, project=row, path=table)["task_count"] == 1
    assert FileUpload.objects.count() == 0
    assert import_file(who=who, project=row, path=photo)["task_count"] == 1
    assert Task.objects.order_by("-pk")[0].data == {"image": f"/data/{FileUpload.objects.get().stored_name}"}
    bad = tmp_path / "bad.csv"
    bad.write_text("other\nx\n")
    with pytest.raises(Invalid):
        import_file(who=who, project=row, path=bad)
    assert Task.objects.count() == 2


def test_files_of_erased_projects_go(api: Any, project: int, settings: Any) -> None:
    from postil.imports.store import clear_erased_projects

    upload(api, project, "a.png", picture())
    other = api.post("/api/projects/", {"title": "Gone", "label_config": CONFIG}).json["id"]
    upload(api, other, "b.png", picture())
    api.delete(f"/api/projects/{other}/")
    assert clear_erased_projects() == 0  # what lies in the trash can come back
    Project.all_objects.filter(pk=other).delete()
    assert clear_erased_projects() == 1
    assert [path.name for path in (settings.MEDIA_ROOT / "upload").iterdir()] == [str(project)]


def test_a_copy_of_a_project_keeps_its_files_when_the_original_is_gone_for_good(api: Any, project: int) -> None:
    body = picture()
    assert upload(api, project, "photo.png", body).status == 201
    stored = FileUpload.objects.get()
    address = f"/data/{stored.stored_name}"
    missing = f"/data/upload/{project}/0-missing.png"
    more = [{"image": f"https://example.com{address}?a=1"}, {"image": missing}, {"image": "/data/upload/999/x.png"}]
    assert api.post(f"/api/projects/{project}/import", more).status == 201
    answer = api.post(f"/api/projects/{project}/duplicate/", {"mode": "settings,data"})
    assert answer.status == 202
    copy = answer.json["id"]
    brought = FileUpload.objects.get(project=copy)
    assert brought.stored_name == stored.stored_name.replace(f"upload/{project}/", f"upload/{copy}/")
    kept = ("given_name", "content_type", "size_bytes", "sha256", "width", "height", "user_id")
    assert [getattr(brought, name) for name in kept] == [getattr(stored, name) for name in kept]
    tasks = list(Task.objects.filter(project=copy).order_by("pk"))
    new = f"/data/{brought.stored_name}"
    images = [new, f"https://example.com{new}?a=1", missing, "/data/upload/999/x.png"]
    assert [task.data["image"] for task in tasks] == images
    assert [task.file_upload_id for task in tasks] == [brought.pk, None, None, None]
    assert Task.objects.filter(project=project).order_by("pk")[0].data == {"image": address}
    assert api.delete(f"/api/projects/{project}/").status == 204
    assert erase_old(days=0) == 1
    assert clear_erased_projects() == 1
    assert (api.get(address).status, api.get(new).status) == (404, 200)
    assert media_path(brought.stored_name).read_bytes() == body


def test_uploads_are_copied_once_however_often_it_is_asked(api: Any, project: int, manager: Any) -> None:
    assert upload(api, project, "photo.png", picture()).status == 201
    name = FileUpload.objects.get().stored_name.rsplit("/", 1)[-1]
    target = make_project(manager)
    first = copy_uploads(project, target, [name, "0-missing.png"])
    assert list(first) == [name]
    assert copy_uploads(project, target, {name}) == first
    media_path(f"upload/{project}/{name}").unlink()
    media_path(f"upload/{target.pk}/{name}").unlink()
    assert copy_uploads(project, target, {name}) == {}
    assert FileUpload.objects.count() == 2
