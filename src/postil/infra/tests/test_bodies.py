"""Reading bodies and writing answers."""

import datetime
from decimal import Decimal

import orjson
import pytest
from django.http import QueryDict
from django.test import RequestFactory

from postil.core.errors import Invalid, UnsupportedMedia
from postil.infra.bodies import form_values, read_body, to_json
from postil.infra.limits import MAX_KEYS, Buckets

factory = RequestFactory()


def test_moments_are_written_as_everywhere_in_the_api():
    moment = datetime.datetime(2026, 11, 21, 2, 25, 28, tzinfo=datetime.UTC)
    assert to_json({"at": moment}) == b'{"at":"2026-11-21T02:25:28.000000Z"}'


def test_other_values_are_written_calmly():
    value = {
        1: {2},
        "day": datetime.date(2026, 11, 21),
        "raw": orjson.Fragment(b'{"as":  "is"}'),
        "number": Decimal("1.5"),
    }
    assert to_json(value) == b'{"1":[2],"day":"2026-11-21","raw":{"as":  "is"},"number":"1.5"}'


@pytest.mark.parametrize(
    ("body", "kind", "value"),
    [
        (b'{"a": 1}', "application/json", {"a": 1}),
        (b'\xef\xbb\xbf{"a": 1}', "application/json; charset=utf-8", {"a": 1}),
        (b'{"a": 1}', "application/merge-patch+json", {"a": 1}),
        (b"", "application/json", {}),
        (b"a=1&a=2&b=x", "application/x-www-form-urlencoded", {"a": ["1", "2"], "b": "x"}),
        (b"a=%5B1%5D&b=%7Bnot", "application/x-www-form-urlencoded", {"a": [1], "b": "{not"}),
    ],
)
def test_bodies_become_values(body, kind, value):
    assert read_body(factory.generic("POST", "/", body, content_type=kind)) == value


def test_what_is_no_body_is_refused():
    with pytest.raises(UnsupportedMedia):
        read_body(factory.generic("POST", "/", b"x", content_type="text/plain"))
    with pytest.raises(Invalid, match="JSON parse error"):
        read_body(factory.generic("POST", "/", b"{", content_type="application/json"))
    with pytest.raises(Invalid):
        read_body(factory.generic("PATCH", "/", b"--b", content_type="multipart/form-data; boundary=" + "\x80" * 3))
    with pytest.raises(Invalid):
        form_values(QueryDict("a=%00"))


def test_buckets_are_forgotten_before_they_are_too_many():
    buckets = Buckets()
    for number in range(MAX_KEYS + 1):
        buckets.take(str(number), 10)
    assert len(buckets._buckets) <= MAX_KEYS // 2 + 1
    buckets.take("free", 0)
    buckets.give_back("unknown")
    assert "free" not in buckets._buckets
