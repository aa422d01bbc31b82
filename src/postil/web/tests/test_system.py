"""Addresses beside the API: its description, metrics, and the sample files of old tutorials."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from postil.infra.models import Job

ClientFor = Callable[[Any], Any]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/docs/api?format=openapi", "/docs/api/schema/json", "/docs/api/schema/json/"])
def test_the_description_has_several_addresses(annotator: Any, client_for: ClientFor, path: str) -> None:
    assert client_for(None).get(path).status == 401
    document = client_for(annotator).get(path).json
    assert document["openapi"].startswith("3.")
    assert document == client_for(annotator).get("/api/schema/").json
    moved = client_for(None).get("/swagger.json")
    assert (moved.status, moved.headers["Location"]) == (302, "/docs/api/schema/json/")


def test_the_root_names_where_to_begin(annotator: Any, client_for: ClientFor) -> None:
    for path in ("/api/", "/api"):
        assert client_for(annotator).get(path).json == {"users": "http://testserver/api/users/"}
        assert client_for(None).get(path).status == 401


def test_the_reference_tells_what_every_operation_takes_and_gives(annotator: Any, client_for: ClientFor) -> None:
    assert client_for(None).get("/docs/api/").status == 401
    page = client_for(annotator).get("/docs/api/").content.decode()
    assert "<code>/api/tasks/{task_id}/annotations/</code>" in page
    assert '<a href="#shape-AnnotationIn">AnnotationIn</a>' in page
    shapes = set(re.findall(r'href="#shape-(\w+)"', page))
    assert shapes <= set(re.findall(r'id="shape-(\w+)"', page))
    assert len(shapes) > 150
    assert "src=" not in page, "it needs no other file"
    assert re.findall(r'href="(?!#|/api/schema/)', page) == []


def test_metrics_are_for_people_who_are_signed_in(annotator: Any, client_for: ClientFor) -> None:
    Job.objects.create(kind="x", state="failed")
    assert client_for(None).get("/metrics").status == 401
    answer = client_for(annotator).get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain")
    lines = answer.content.decode().splitlines()
    assert 'postil_jobs{state="failed"} 1' in lines
    assert 'postil_jobs{state="queued"} 0' in lines
    assert any(line.startswith("postil_info{version=") for line in lines)


def test_a_sample_table_has_the_columns_that_are_asked_for(db: None, client_for: ClientFor) -> None:
    client = client_for(None)
    lines = client.get("/samples/time-series.csv?time=t&values=a,b&sep=tab&tf=%25Y-%25m-%25d").content.decode()
    rows = [line.split("\t") for line in lines.splitlines()]
    assert rows[0] == ["t", "a", "b"]
    assert [row[0] for row in rows[1:4]] == ["2020-01-01", "2020-01-02", "2020-01-03"]
    assert len(rows) == 1_001
    assert {len(row) for row in rows} == {3}
    headless = client.get("/samples/time-series.csv?time=0&values=1").content.decode().splitlines()
    assert headless[0].split(",")[0] == "0"
    assert len(headless) == 1_000
    assert client.get("/samples/time-series.csv").content.decode().splitlines()[0] == "value"


@pytest.mark.parametrize("query", ["sep=abc", "sep=", "values=" + "a," * 60])
def test_a_sample_table_that_cannot_be_is_refused(db: None, client_for: ClientFor, query: str) -> None:
    answer = client_for(None).get(f"/samples/time-series.csv?{query}")
    assert (answer.status, list(answer.json["validation_errors"])) == (400, [query.partition("=")[0]])


def test_a_sample_conversation_has_the_fields_that_are_asked_for(db: None, client_for: ClientFor) -> None:
    lines = client_for(None).get("/samples/paragraphs.json?nameKey=who&textKey=said").json
    assert lines[0] == {"who": "Alice", "said": "Hi, Bob."}
    assert set(client_for(None).get("/samples/paragraphs.json").json[0]) == {"author", "text"}
