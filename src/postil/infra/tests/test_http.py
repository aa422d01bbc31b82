"""The edge of HTTP, tried on a small API of its own."""

import json
from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import path
from ninja import NinjaAPI, Router, Schema

from postil.accounts.access import needs, public
from postil.accounts.models import Organization
from postil.accounts.permissions import Permission
from postil.core.errors import Invalid, PreconditionFailed, TooManyRequests, Unavailable
from postil.infra import http
from postil.infra.http import int_param
from postil.infra.models import RememberedAnswer

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
router = Router()
calls: list[Any] = []


class Inner(Schema):
    x: int


class Payload(Schema):
    title: str
    inner: Inner | None = None
    data: dict[str, Any] | None = None


@router.post("/echo/", response={201: dict})
@needs(Permission.PROJECT_CREATE)
def echo(request: HttpRequest, payload: Payload):
    calls.append(payload.title)
    Organization.objects.create(title=payload.title)
    return payload.dict(exclude_unset=True)


@router.patch("/echo/")
@needs(Permission.PROJECT_CREATE)
def patch_echo(request: HttpRequest, payload: Payload):
    return {"title": payload.title, "files": sorted(request.FILES)}


@router.post("/upload/")
@needs(Permission.PROJECT_CREATE)
def upload(request: HttpRequest):
    calls.append("upload")
    return {"size": request.FILES["file"].size, "n": len(calls)}


@router.get("/rows/")
@needs(Permission.PROJECT_VIEW)
def rows(request: HttpRequest):
    return http.paginate(
        request, Organization.objects.order_by("pk"), lambda page: [row.title for row in page], default_size=2
    )


ERRORS = {
    "bug": ZeroDivisionError("secret words"),
    "gone": Http404("x"),
    "busy": Unavailable(),
    "slow": TooManyRequests(retry_after_s=7),
    "old": PreconditionFailed(current={"id": 1}),
}


@router.get("/fail/")
@public
def fail(request: HttpRequest, kind: str):
    raise ERRORS[kind]


@router.post("/fail-late/")
@needs(Permission.PROJECT_CREATE)
def fail_late(request: HttpRequest):
    calls.append("late")
    Organization.objects.create(title="half")
    raise ZeroDivisionError


@router.get("/match/")
@public
def match(request: HttpRequest):
    http.check_if_match(request, 3, lambda: {"revision": 3})
    return {"flag": http.bool_param(request, "flag"), "n": http.int_param(request, "n")}


api = NinjaAPI(urls_namespace="test-http", parser=http.AnyBodyParser(), renderer=http.OrjsonRenderer(), docs_url=None)
http.install(api)
api.add_router("", router)


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p>hello</p>")


def broken_page(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("secret words")


urlpatterns = [path("api/", api.urls), path("page/", page), path("broken/", broken_page)]


@pytest.fixture(autouse=True)
def _fresh() -> None:
    calls.clear()


def test_both_spellings_answer_for_every_method(client_for, manager):
    client = client_for(manager)
    for address in ("/api/echo", "/api/echo/"):
        assert client.post(address, {"title": "a"}).status == 201
        assert client.patch(address, {"title": "a"}).json == {"title": "a", "files": []}


def test_form_and_multipart_bodies_become_values(client_for, manager):
    client = client_for(manager)
    form = client.request(
        "POST", "/api/echo", "title=x&data=%7B%22a%22%3A1%7D", Content_Type="application/x-www-form-urlencoded"
    )
    assert form.json == {"title": "x", "data": {"a": 1}}
    assert client.upload("/api/echo/", {"title": "y", "inner": '{"x": "3"}'}).json == {"title": "y", "inner": {"x": 3}}
    lines = [
        "--b",
        'Content-Disposition: form-data; name="title"',
        "",
        "z",
        "--b",
        'Content-Disposition: form-data; name="f"; filename="f.txt"',
        "",
        "q",
        "--b--",
        "",
    ]
    boundary = "\r\n".join(lines).encode()
    multipart = client.request("PATCH", "/api/echo/", boundary, Content_Type="multipart/form-data; boundary=b")
    assert multipart.json == {"title": "z", "files": ["f"]}


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (b"{}", {"title": ["This field is required."]}),
        (b"", {"title": ["This field is required."]}),
        (b'{"title": 1}', {"title": ["Not a valid string."]}),
        (b'{"title": "a", "inner": {"x": "y"}}', {"inner": {"x": ["A valid integer is required."]}}),
        (b"[]", {"title": ["This field is required."]}),
    ],
)
def test_a_wrong_field_is_named(client_for, manager, body, fields):
    answer = client_for(manager).request("POST", "/api/echo/", body)
    assert answer.status == 400
    assert answer.json["detail"] == "Validation error"
    assert answer.json["validation_errors"] == fields
    assert answer.json["exc_info"] is None
    assert {"id", "status_code", "version"} < set(answer.json)


@pytest.mark.parametrize(
    "body",
    [
        b'{"title": "a", "title": "b"}',
        b'{"title": NaN}',
        b'{"title": "\\ud800"}',
        b'{"title": "a\\u0000"}',
        b'{"title"',
        b"\xff",
        b"[" * 200,
    ],
)
def test_json_that_could_not_be_stored_is_refused(client_for, manager, body):
    answer = client_for(manager).request("POST", "/api/echo/", body)
    assert answer.status == 400
    assert answer.json["detail"].startswith("JSON parse error")
    assert calls == []


def test_other_types_and_packed_bodies_are_refused(client_for, manager):
    client = client_for(manager)
    assert client.request("POST", "/api/echo/", b"<a/>", Content_Type="text/xml").status == 415
    assert client.request("POST", "/api/echo/", b"{}", Content_Encoding="gzip").status == 415


def test_too_much_is_refused_before_it_is_read(client_for, manager, settings):
    from dataclasses import replace

    settings.CONFIG = replace(settings.CONFIG, max_json_mb=0, max_upload_mb=1)
    client = client_for(manager)
    assert client.post("/api/echo/", {"title": "a"}).status == 413
    assert client.upload("/api/echo/", {"title": "a" * 2**20}).status == 413
    assert client.upload("/api/echo/", {"title": "a"}).status == 201
    calls.remove("a")
    assert calls == []


def test_errors_keep_the_body_and_hide_what_is_inside(client_for):
    client = client_for(None)
    bug = client.get("/api/fail/?kind=bug")
    assert bug.status == 500
    assert bug.json["detail"] == "Something went wrong on the server."
    assert b"secret" not in bug.content
    assert client.get("/api/fail/?kind=gone").json["detail"] == "Not found."
    assert client.get("/api/fail/?kind=busy").headers["Retry-After"] == "5"
    assert client.get("/api/fail/?kind=slow").headers["Retry-After"] == "7"
    assert client.get("/api/fail/?kind=old").json["current"] == {"id": 1}
    assert client.get("/api/fail/").json["validation_errors"] == {"kind": ["This field is required."]}


def test_unknown_addresses_and_methods_answer_json(client_for):
    client = client_for(None)
    assert client.get("/api/nothing").json["status_code"] == 404
    wrong = client.delete("/api/echo")
    assert wrong.json["status_code"] == 405
    assert sorted(wrong.headers["Allow"].split(", ")) == ["PATCH", "POST"]
    broken = client.get("/broken/")
    assert broken.status == 500
    assert b"secret" not in broken.content


def test_pages_of_a_list(client_for, manager):
    for number in range(4):
        Organization.objects.create(title=f"o{number}")
    client = client_for(manager)
    first = client.get("/api/rows/?q=1").json
    assert first == {
        "count": 5,
        "next": "http://testserver/api/rows/?q=1&page=2",
        "previous": None,
        "results": ["Acme", "o0"],
    }
    assert client.get("/api/rows/?page=3").json["results"] == ["o3"]
    assert client.get("/api/rows/?page_size=-1").json["results"] == ["Acme", "o0", "o1", "o2", "o3"]
    assert len(client.get("/api/rows/?page_size=abc").json["results"]) == 2
    for wrong in ("4", "0", "x", "-1", "9" * 30):
        assert client.get(f"/api/rows/?page={wrong}").status == 404


def test_if_match_and_words(client_for):
    client = client_for(None)
    assert client.get("/api/match/?flag=True&n=4", If_Match='"3"').json == {"flag": True, "n": 4}
    assert client.get("/api/match/?flag=not").json["flag"] is False
    assert client.get("/api/match/?flag=maybe").json["validation_errors"] == {"flag": ["Must be a valid boolean."]}
    stale = client.get("/api/match/", If_Match='"2"')
    assert (stale.status, stale.json["current"]) == (412, {"revision": 3})


def test_the_same_key_gives_the_first_answer_again(client_for, manager):
    client = client_for(manager)
    first = client.post("/api/echo/", {"title": "once"}, Idempotency_Key="k1")
    again = client.post("/api/echo/", {"title": "once"}, Idempotency_Key="k1")
    assert (first.status, first.json) == (again.status, again.json) == (201, {"title": "once"})
    assert calls == ["once"]
    assert Organization.objects.filter(title="once").count() == 1
    other = client.post("/api/echo/", {"title": "twice"}, Idempotency_Key="k1")
    assert other.status == 422
    assert client.post("/api/echo/", {"title": "twice"}, Idempotency_Key="k2").status == 201
    assert client.post("/api/echo/", {"title": "x"}, Idempotency_Key="k" * 256).status == 400


def test_keys_belong_to_a_person(client_for, manager, owner):
    assert client_for(manager).post("/api/echo/", {"title": "a"}, Idempotency_Key="k").status == 201
    assert client_for(owner).post("/api/echo/", {"title": "b"}, Idempotency_Key="k").json == {"title": "b"}


def test_a_failure_is_not_remembered_and_leaves_nothing(client_for, manager):
    client = client_for(manager)
    for _ in range(2):
        assert client.post("/api/fail-late/", Idempotency_Key="k").status == 500
    assert calls == ["late", "late"]
    assert not Organization.objects.filter(title="half").exists()


def test_an_upload_is_answered_once_too(client_for, manager):
    from io import BytesIO

    client = client_for(manager)
    answers = [client.upload("/api/upload/", {"file": BytesIO(b"x" * 5000)}, Idempotency_Key="u") for _ in range(2)]
    assert [answer.json for answer in answers] == [{"size": 5000, "n": 1}] * 2
    assert client.upload("/api/upload/", {"file": BytesIO(b"y" * 5000)}, Idempotency_Key="u").status == 422


def test_every_answer_carries_the_headers(client_for):
    client = client_for(None)
    answer = client.get("/api/match/")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "private, no-store"
    policy = client.get("/page/").headers["Content-Security-Policy"]
    assert "object-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert json.loads(client.get("/api/match/", Host="evil.example").content)["status_code"] == 400


def test_the_table_of_remembered_answers_tells_nobody_what_was_answered(client_for, manager):
    client = client_for(manager)
    first = client.post("/api/echo/", {"title": "a new token"}, Idempotency_Key="only-the-client-has-it")
    row = RememberedAnswer.objects.get()
    assert b"a new token" not in bytes(row.body)
    assert "only-the-client-has-it" not in row.key
    assert (row.status, len(row.key)) == (201, 64)
    again = client.post("/api/echo/", {"title": "a new token"}, Idempotency_Key="only-the-client-has-it")
    assert (again.json, again.headers["Idempotency-Replayed"]) == (first.json, "true")


@pytest.mark.parametrize("text", ["--5", "-", "5-", "x", "9" * 19])
def test_a_parameter_that_is_no_number_is_refused(text):
    with pytest.raises(Invalid) as caught:
        int_param(RequestFactory().get("/", {"n": text}), "n")
    assert caught.value.fields == {"n": ["A valid integer is required."]}
