"""What was raised becomes the right answer."""

import errno

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.http import UnreadablePostError
from ninja.errors import HttpError
from pydantic import BaseModel, ValidationError

from postil.core.errors import Forbidden, Invalid, Unauthenticated
from postil.infra.failures import error_response, translate, validation_error


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("database is locked"), 503),
        (OperationalError("connection refused"), 503),
        (InterfaceError("connection already closed"), 503),
        (OperationalError("attempt to write a readonly database"), 503),
        (OperationalError("database or disk is full"), 507),
        (OSError(errno.ENOSPC, "No space left on device"), 507),
        (IntegrityError("UNIQUE"), 409),
        (DataError("out of range"), 400),
        (OverflowError("int too large"), 400),
        (RequestDataTooBig("x"), 413),
        (UnreadablePostError("x"), 400),
        (HttpError(400, "Cannot parse"), 400),
        (Forbidden("no"), 403),
    ],
)
def test_known_errors_have_their_status(error, status):
    known = translate(error)
    assert known is not None
    assert known.status == status
    assert "secret" not in known.detail


def test_what_nobody_foresaw_is_a_bug():
    assert translate(ZeroDivisionError("x")) is None
    assert translate(OSError(errno.EACCES, "x")) is None


def test_the_parsers_own_error_is_found_behind_the_frameworks():
    hidden = HttpError(400, "Cannot parse request body")
    hidden.__cause__ = Invalid("JSON parse error - here")
    assert translate(hidden).detail == "JSON parse error - here"


def test_places_are_nested_and_lists_numbered():
    class Inner(BaseModel):
        size: int

    class Outer(BaseModel):
        items: list[Inner]
        name: str

    with pytest.raises(ValidationError) as caught:
        Outer.model_validate({"items": [{"size": "x"}, {}]})
    assert translate(caught.value).fields == {
        "items": {"0": {"size": ["A valid integer is required."]}, "1": {"size": ["This field is required."]}},
        "name": ["This field is required."],
    }


def test_an_error_above_another_place_is_kept_beside_it():
    found = validation_error(
        [{"loc": ("a",), "type": "x", "msg": "one"}, {"loc": ("a", "b"), "type": "x", "msg": "Value error, two"}],
        skip=0,
    )
    assert found.fields == {"a": ["one", "two"]}


def test_401_says_how_to_authenticate():
    assert error_response(Unauthenticated())["WWW-Authenticate"] == "Token"
