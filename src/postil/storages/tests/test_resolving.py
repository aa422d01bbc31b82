"""Addresses of objects in task data: rewritten on reading, and opened for those who may."""

import json
from base64 import urlsafe_b64encode
from typing import Any
from urllib.parse import quote

import pytest

from postil.projects.models import ProjectMember
from postil.storages.tests.conftest import Place
from postil.tasks.models import Task

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)


def encoded(uri: str) -> str:
    return urlsafe_b64encode(uri.encode()).decode()


def task(client: Any, project: int, **data: Any) -> int:
    return int(client.post("/api/tasks/", {"project": project, "data": data}).json["id"])


def test_addresses_of_sources_are_rewritten_on_reading(s3_place: Place, images: int, connect: Any, client: Any):
    connect(s3_place, images)
    uri, other = s3_place.uri("ü b.png"), "s3://elsewhere/a.png"
    quoted = s3_place.uri("it's / a b.png")
    html = f'<img src="{uri}"> and <img src="{other}"> and {uri} and <a href="{quoted}"/>'
    data = {"image": uri, "list": [{"deep": uri}], "html": html, "other": other, "n": 1}
    made = task(client, images, **data)
    link = f"/tasks/{made}/resolve/?fileuri={encoded(uri)}"
    shown = {
        "image": link, "list": [{"deep": link}],
        "html": f'<img src="{link}"> and <img src="{other}"> and {uri} and '
        f'<a href="/tasks/{made}/resolve/?fileuri={encoded(quoted)}"/>',
        "other": other, "n": 1,
    }  # fmt: skip
    assert client.get(f"/api/tasks/{made}/").json["data"] == shown
    assert client.get(f"/api/tasks/?project={images}").json["tasks"][0]["data"] == shown
    assert client.get(f"/api/tasks/{made}/?resolve_uri=false").json["data"] == data
    assert client.get(f"/api/projects/{images}/next/").json["data"] == shown
    assert Task.objects.get().data == data
    exported = client.get(f"/api/projects/{images}/export?exportType=JSON&download_all_tasks=true")
    assert json.loads(exported.content)[0]["data"] == data


@pytest.mark.parametrize("word", ["resolve", "presign"])
def test_a_presigned_object_is_a_forward(s3_place: Place, images: int, connect: Any, client: Any, word: str):
    s3_place.put({"a.png": PNG})
    connect(s3_place, images, presign_ttl=5)
    uri = s3_place.uri("a.png")
    made = task(client, images, image=uri)
    for fileuri in (encoded(uri), encoded(uri).rstrip("="), quote(uri, safe="")):
        answer = client.get(f"/tasks/{made}/{word}/?fileuri={fileuri}")
        assert (answer.status, answer.headers["Cache-Control"]) == (303, "no-store, max-age=300")
        assert answer.headers["Location"].startswith(f"{s3_place.params['s3_endpoint']}/tests/in/")
        assert "X-Amz-Expires=300" in answer.headers["Location"]
    assert client.get(f"/projects/{images}/{word}?fileuri={encoded(uri)}").status == 303
    from postil.infra.outgoing import send

    fetched = send("GET", answer.headers["Location"], purpose="storage")
    assert (fetched.content, fetched.headers["content-type"]) == (PNG, "image/png")


def test_a_proxied_object_is_streamed_with_ranges(place: Place, images: int, connect: Any, client: Any):
    if place.kind == "localfiles":
        return  # its addresses are served as they are: see below
    place.put({"a.png": PNG, "page.html": b"<script>alert(1)</script>"})
    connect(place, images, presign=False)
    uri = place.uri("a.png")
    made = task(client, images, image=uri)
    path = f"/tasks/{made}/resolve/?fileuri={encoded(uri)}"
    whole = client.get(path)
    assert (whole.status, whole.content, whole.headers["Content-Type"]) == (200, PNG, "image/png")
    assert whole.headers["Cache-Control"] == "private, max-age=3600, must-revalidate"
    assert whole.headers["Accept-Ranges"] == "bytes"
    for wanted, first, last in (
        ("bytes=0-9", 0, 9),
        ("bytes=200-", 200, 207),
        ("bytes=-8", 200, 207),
        ("bytes=5-9999", 5, 207),
    ):
        part = client.get(path, Range=wanted)
        assert (part.status, part.content) == (206, PNG[first : last + 1])
        assert part.headers["Content-Range"] == f"bytes {first}-{last}/208"
    assert client.get(path, Range="lines=1-2").content == PNG
    if "ETag" in whole.headers:
        assert client.get(path, If_None_Match=whole.headers["ETag"]).status == 304
    page = client.get(f"/projects/{images}/resolve/?fileuri={encoded(place.uri('page.html'))}")
    assert (page.status, page.headers["Content-Security-Policy"][:7]) == (200, "sandbox")
    assert page.headers["Content-Disposition"].startswith("attachment")


def test_a_range_behind_the_end_is_refused(place: Place, images: int, connect: Any, client: Any):
    if place.kind == "localfiles":
        return
    place.put({"a.png": PNG})
    connect(place, images, presign=False)
    path = f"/projects/{images}/resolve/?fileuri={encoded(place.uri('a.png'))}"
    assert client.get(path, Range="bytes=208-").status == 416
    assert client.get(path, Range="bytes=9-3").content == PNG


def test_bad_addresses(s3_place: Place, images: int, connect: Any, client: Any, client_for: Any, outsider: Any):
    connect(s3_place, images, presign=False)
    made = task(client, images, image=s3_place.uri("gone.png"))
    path = f"/tasks/{made}/resolve/?fileuri="
    assert client.get(f"/tasks/{made}/resolve/").status == 400
    for bad in ("%%%", "YQ==", "nothing"):
        assert client.get(path + bad).status == 400, bad
    assert client.get(path + encoded("s3://elsewhere/x.png")).status == 404
    assert client.get(path + encoded("gs://tests/x.png")).status == 404
    assert client.get(path + encoded("s3://tests/")).status == 404
    assert client.get(path + encoded(s3_place.uri("gone.png"))).status == 404
    assert client.get(f"/tasks/999999/resolve/?fileuri={encoded('s3://tests/x')}").status == 404
    assert client_for(outsider).get(path + encoded(s3_place.uri("gone.png"))).status == 404
    assert client_for(None).get(path + encoded(s3_place.uri("gone.png"))).status == 401
    assert client.post(path + encoded("s3://tests/x")).status == 405


def test_a_storage_that_does_not_answer_is_424(images: int, client: Any, connect: Any, s3_place: Place):
    connect(Place("s3", {**s3_place.params, "aws_secret_access_key": "wrong"}), images, presign=False)
    answer = client.get(f"/projects/{images}/resolve/?fileuri={encoded(s3_place.uri('a.png'))}")
    assert (answer.status, answer.json["detail"]) == (424, "The secret access key does not fit.")


def test_annotators_open_what_tasks_name_and_sources_bring(
    s3_place: Place, images: int, connect: Any, client: Any, client_for: Any, annotator: Any
):
    s3_place.put({"a.png": PNG, "notes.txt": b"private"})
    s3_place.store.write("outside/secret.txt", b"private", "")
    s3_place.store.write("outside/named.png", PNG, "")
    connect(s3_place, images, presign=False, regex_filter=r".*\.png")
    made = task(client, images, image=s3_place.uri("a.png"), more="s3://tests/outside/named.png")
    ProjectMember.objects.create(project_id=images, user=annotator)
    person = client_for(annotator)
    statuses = {
        name: person.get(f"/tasks/{made}/resolve/?fileuri={encoded(uri)}").status
        for name, uri in {
            "brought": s3_place.uri("a.png"), "named": "s3://tests/outside/named.png",
            "filtered": s3_place.uri("notes.txt"), "outside": "s3://tests/outside/secret.txt",
        }.items()
    }  # fmt: skip
    assert statuses == {"brought": 200, "named": 200, "filtered": 404, "outside": 404}
    assert person.get(f"/projects/{images}/resolve/?fileuri={encoded('s3://tests/outside/named.png')}").status == 404
    assert client.get(f"/tasks/{made}/resolve/?fileuri={encoded('s3://tests/outside/secret.txt')}").status == 200


def test_local_files_are_served_to_people_of_the_project(
    local_place: Place,
    images: int,
    connect: Any,
    sync: Any,
    client: Any,
    client_for: Any,
    annotator: Any,
    outsider: Any,
):
    local_place.put({"b c.png": PNG})
    sync(connect(local_place, images, use_blob_urls=True))
    address = Task.objects.get().data["image"]
    assert address == "/data/local-files/?d=set/b%20c.png"
    assert client.get(f"/api/tasks/?project={images}").json["tasks"][0]["data"]["image"] == address
    answer = client.get(address)
    assert (answer.status, answer.content, answer.headers["Content-Type"]) == (200, PNG, "image/png")
    assert client.get(address, Range="bytes=0-3").content == PNG[:4]
    assert client_for(annotator).get(address).status == 404
    ProjectMember.objects.create(project_id=images, user=annotator)
    assert client_for(annotator).get(address).status == 200
    assert client_for(outsider).get(address).status == 404
    assert client_for(None).get(address).status == 401


def test_pages_may_show_media_of_presigned_sources(
    s3_place: Place, images: int, connect: Any, client: Any, client_for: Any
):
    connect(s3_place, images)
    origin = s3_place.params["s3_endpoint"]
    assert f"img-src 'self' data: blob: {origin};" in client.get("/projects/").headers["Content-Security-Policy"]
    assert origin not in client_for(None).get("/projects/").headers["Content-Security-Policy"]


def test_reading_tasks_costs_the_same_with_many(s3_place: Place, images: int, connect: Any, client: Any):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    connect(s3_place, images)
    counts = []
    for number in (1, 20):
        for index in range(number):
            task(client, images, image=s3_place.uri(f"{index}.png"))
        client.get(f"/api/tasks/?project={images}")
        with CaptureQueriesContext(connection) as statements:
            client.get(f"/api/tasks/?project={images}")
        counts.append(len(statements))
    assert counts[0] == counts[1]
