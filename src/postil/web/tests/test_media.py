"""Files over HTTP: rights on each request, types, ranges, and what a browser may do with them."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from postil.storages.models import Storage

CONFIG = '<View><Image name="image" value="$image"/></View>'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


def picture(width: int = 400, height: int = 200) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(api: Any) -> int:
    return int(api.post("/api/projects/", {"title": "Files", "label_config": CONFIG}).json["id"])


def upload(api: Any, project: int, name: str, body: bytes) -> str:
    answer = api.upload(f"/api/projects/{project}/import", {"file": SimpleUploadedFile(name, body)})
    assert answer.status == 201
    stored = api.get(f"/api/import/file-upload/{answer.json['file_upload_ids'][0]}").json["file"]
    return f"/data/{stored}"


@pytest.mark.parametrize(
    ("name", "body", "kind", "way", "sandboxed"),
    [
        ("a.png", picture(), "image/png", "inline", False),
        ("a.svg", SVG, "image/svg+xml", "attachment", True),
        ("c.svg", b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">' + SVG, "image/svg+xml", "attachment", True),
        ("a.html", b"<script>alert(1)</script>", "text/html; charset=utf-8", "attachment", True),
        ("a.xml", b"<a/>", "application/xml", "attachment", True),
        ("a.csv", b"image\nx\n", "text/csv; charset=utf-8", "attachment", False),
        ("a.txt", b"x", "text/plain; charset=utf-8", "inline", False),
        ("a.pdf", b"%PDF-1.4\n", "application/pdf", "inline", True),
    ],
)
def test_a_file_has_our_type_and_cannot_run(
    api: Any, project: int, name: str, body: bytes, kind: str, way: str, sandboxed: bool
) -> None:
    answer = api.get(upload(api, project, name, body))
    assert (answer.status, answer.content) == (200, body)
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Content-Disposition"] == f"{way}; filename*=UTF-8''{name}"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert policy.startswith("sandbox;") is sandboxed
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Content-Length"] == str(len(body))


def test_parts_of_a_file(api: Any, project: int) -> None:
    path = upload(api, project, "a.txt", b"0123456789")
    for header, status, body, place in (
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=5-2", 200, b"0123456789", None),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
        ("bytes=99999999999999999999-", 200, b"0123456789", None),
    ):
        answer = api.get(path, Range=header)
        assert (answer.status, answer.content, answer.headers.get("Content-Range")) == (status, body, place), header


def test_a_known_file_is_not_sent_again(api: Any, project: int) -> None:
    path = upload(api, project, "a.txt", b"0123456789")
    first = api.get(path)
    again = api.get(path, If_None_Match=first.headers["ETag"])
    assert (again.status, again.content) == (304, b"")
    assert api.get(path, If_None_Match='"other"').status == 200
    assert api.get(path, If_Modified_Since=first.headers["Last-Modified"]).status == 304
    assert api.get(path, Range="bytes=0-1", If_Range='"other"').status == 200
    assert api.get(path, Range="bytes=0-1", If_Range=first.headers["ETag"]).status == 206
    assert api.request("HEAD", path).headers["Content-Length"] == "10"
    assert api.post(path, {}).status in (403, 405)


def test_each_request_needs_a_right_to_the_project(
    api: Any, project: int, client_for: Any, annotator: Any, outsider: Any
) -> None:
    path = upload(api, project, "a.png", picture())
    task = api.get(f"/api/tasks/?project={project}").json["tasks"][0]["id"]
    by_path = "/storage-data/uploaded/?filepath=" + path.removeprefix("/data/")
    thumbnail = f"/api/tasks/{task}/thumbnail/"
    for address in (path, by_path, thumbnail):
        assert api.get(address).status == 200
        assert client_for(None).get(address).status == 401
        refusal = 403 if address == by_path else 404
        assert client_for(outsider).get(address).status == refusal
        assert client_for(annotator).get(address).status == refusal
    api.post(f"/api/projects/{project}/members/", {"user": annotator.pk})
    assert client_for(annotator).get(path).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/data/upload/{project}/nothing.png",
        "/data/upload/{project}/..%2F..%2Fsecret.key",
        "/data/upload/{project}/../../../secret.key",
        "/data/upload/999/nothing.png",
        "/data/local-files/?d=etc/passwd",
    ],
)
def test_what_is_not_there_is_404(api: Any, project: int, path: str) -> None:
    assert api.get(path.format(project=project)).status == 404


def test_by_path_a_missing_parameter_is_named_and_everything_unknown_is_refused(api: Any, project: int) -> None:
    answer = api.get("/storage-data/uploaded/")
    assert (answer.status, answer.json["detail"]) == (404, "The parameter filepath is missing.")
    for path in ("test", "../secret.key", "/etc/passwd", f"upload/{project}/nothing.png"):
        assert api.get(f"/storage-data/uploaded/?filepath={path}").status == 403, path


def test_an_upload_that_is_gone_from_disk_is_404(api: Any, project: int, settings: Any) -> None:
    path = upload(api, project, "a.txt", b"x")
    (settings.MEDIA_ROOT / path.removeprefix("/data/")).unlink()
    assert api.get(path).status == 404


def test_local_files_stay_below_their_root(
    api: Any, project: int, settings: Any, tmp_path: Path, client_for: Any
) -> None:
    root = tmp_path / "files"
    (root / "sub").mkdir(parents=True)
    (root / "sub" / "a.txt").write_text("inside")
    (tmp_path / "secret.txt").write_text("outside")
    (root / "link.txt").symlink_to(tmp_path / "secret.txt")
    (root / "away").symlink_to(tmp_path)
    settings.CONFIG = replace(settings.CONFIG, local_files_enabled=True, local_files_root=str(root))
    assert api.get("/data/local-files/?d=sub/a.txt").status == 404  # no source of any project holds it
    Storage.objects.create(project_id=project, kind="localfiles", params={"path": str(root / "sub")})
    good = api.get("/data/local-files/?d=sub/a.txt")
    assert (good.status, good.content, good.headers["Content-Type"]) == (200, b"inside", "text/plain; charset=utf-8")
    tag = good.headers["ETag"]
    assert tag.startswith('W/"')
    assert api.get("/data/local-files/?d=sub/a.txt", If_None_Match=tag).status == 304
    assert api.get("/data/local-files/?d=sub/a.txt", Range="bytes=0-1", If_Range=tag).content == b"inside"
    for name in ("../secret.txt", "link.txt", "away/secret.txt", "sub", "sub/", "/etc/passwd", "sub/../../secret.txt",
                 "C:/x", "sub\\a.txt", "a%00.txt", "nothing.txt", "."):  # fmt: skip
        assert api.get(f"/data/local-files/?d={name}").status == 404, name
    assert api.get("/data/local-files/").status == 400
    assert client_for(None).get("/data/local-files/?d=sub/a.txt").status == 401


def test_a_thumbnail_is_small_and_made_once(api: Any, project: int, settings: Any) -> None:
    upload(api, project, "a.png", picture())
    task = api.get(f"/api/tasks/?project={project}").json["tasks"][0]["id"]
    answer = api.get(f"/api/tasks/{task}/thumbnail/?key=image&size=100")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/webp")
    with Image.open(io.BytesIO(answer.content)) as small:
        assert small.size == (128, 64)
    kept = list((settings.MEDIA_ROOT / "thumbnails").rglob("*.webp"))
    assert len(kept) == 1
    kept[0].write_bytes(b"kept")
    assert api.get(f"/api/tasks/{task}/thumbnail?size=128").content == b"kept"
    assert api.get(f"/api/tasks/{task}/thumbnail/?key=other").status == 404
    with Image.open(io.BytesIO(api.get(f"/api/tasks/{task}/thumbnail/?size=99999").content)) as small:
        assert small.size == (400, 200)


def test_tasks_without_an_uploaded_picture_have_no_thumbnail(api: Any, project: int) -> None:
    other = api.post("/api/projects/", {"title": "Other", "label_config": CONFIG}).json["id"]
    foreign = upload(api, other, "a.png", picture())
    rows = [{"image": "https://example.com/a.png"}, {"image": foreign}, {"image": "/data/upload/../x.png"}]
    ids = api.post(f"/api/projects/{project}/import?return_task_ids=true", rows).json["task_ids"]
    for task in ids:
        assert api.get(f"/api/tasks/{task}/thumbnail/").status == 404


def test_files_are_counted_by_themselves(api: Any, project: int, client_for: Any, settings: Any) -> None:
    address = upload(api, project, "a.png", picture())
    settings.CONFIG = replace(settings.CONFIG, requests_per_minute=2, anonymous_requests_per_minute=3)
    api.http.defaults["REMOTE_ADDR"] = "203.0.113.5"
    assert [api.get(address).status for _ in range(3)] == [200, 200, 429]
    assert [api.get(f"/api/projects/{project}/").status for _ in range(3)] == [200, 200, 429], "they have a count apart"
    stranger = client_for(None)
    stranger.http.defaults["REMOTE_ADDR"] = "203.0.113.6"
    assert [stranger.get(address).status for _ in range(4)] == [401, 401, 401, 429]
    assert int(stranger.get(address).headers["Retry-After"]) >= 1
