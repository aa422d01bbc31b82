"""Expressions over JSON and text mean the same on every database the tests run on."""

from typing import Any

import pytest
from django.db.models import F, Value

from postil.accounts.models import User
from postil.infra.expressions import (
    ContainsText,
    IsAmong,
    JsonAnyText,
    JsonBoolean,
    JsonNumber,
    JsonStrictNumber,
    JsonString,
    MatchesPattern,
    any_case_pattern,
    is_pattern,
    postgres_pattern,
)
from postil.infra.json_text import JsonObject, Part

DATA = {
    "text": "7", "number": 5, "real": 2.5, "yes": True, "null": None, "list": [1, "two"], "in": {"deep": "x"},
    'qu"ote': "q", "back\\slash": "b", "exponent": "1e3", "word": "abc", "huge": "1e999", "spaced": " 7 ",
}  # fmt: skip


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create(email="a@example.org", preferences=DATA)


def value_of(expression: Any) -> Any:
    return User.objects.annotate(found=expression).values_list("found", flat=True).get()


@pytest.mark.parametrize(
    ("path", "text", "string", "number", "strict", "boolean"),
    [
        (("text",), "7", "7", 7, None, None),
        (("number",), "5", None, 5, 5, None),
        (("real",), "2.5", None, 2.5, 2.5, None),
        (("yes",), "true", None, None, None, True),
        (("null",), None, None, None, None, None),
        (("missing",), None, None, None, None, None),
        (("list", 1), "two", "two", None, None, None),
        (("list", 0), "1", None, 1, 1, None),
        (("in", "deep"), "x", "x", None, None, None),
        (("in", "deep", "er"), None, None, None, None, None),
        (('qu"ote',), "q", "q", None, None, None),
        (("back\\slash",), "b", "b", None, None, None),
        (("in", 'a"b'), None, None, None, None, None),
        (("exponent",), "1e3", "1e3", 1000, None, None),
        (("word",), "abc", "abc", None, None, None),
    ],
)
def test_values_by_their_json_type(
    person: User, path: tuple[Any, ...], text: Any, string: Any, number: Any, strict: Any, boolean: Any
) -> None:
    assert value_of(JsonAnyText("preferences", path)) == text
    assert value_of(JsonString("preferences", path)) == string
    assert value_of(JsonNumber("preferences", path)) == number
    assert value_of(JsonStrictNumber("preferences", path)) == strict
    assert value_of(JsonBoolean("preferences", path)) == boolean


@pytest.mark.parametrize(
    ("text", "needle", "found"),
    [
        ("Straße", "STRASSE", None), ("Ärger", "äRGER", True), ("100%", "0%", True), ("100", "0%", False),
        ("a_b", "A_B", True), ("axb", "a_b", False), ("back\\slash", "K\\S", True), ("it's", "t'S", True),
    ],
)  # fmt: skip
def test_search_in_text(person: User, text: str, needle: str, found: bool | None) -> None:
    if found is not None:  # folding of ß differs between databases and is promised by neither
        assert bool(value_of(ContainsText(Value(text), needle))) is found


def test_any_case_is_spelled_out() -> None:
    assert any_case_pattern("Äb.1ß_") == "[Ää][Bb]\\.1ß\\_"


def test_search_does_not_depend_on_the_locale(person: User) -> None:
    for text, needle in (("ÄRGER (im) Büro", "ärger (IM) BÜRO"), ("МОСКВА", "москва"), ("a*b é", "A*B É")):
        assert value_of(ContainsText(Value(text), needle))
        assert value_of(ContainsText(Value(text), needle, start=True, end=True))
        assert not value_of(ContainsText(Value(f"x{text}x"), needle, start=True))


def test_search_at_the_ends(person: User) -> None:
    for text, start, end in (("Äpfel und Birnen", "äpfel", "birnen"), ("apples", "APP", "LES")):
        assert value_of(ContainsText(Value(text), start, start=True))
        assert value_of(ContainsText(Value(text), end, end=True))
        assert not value_of(ContainsText(Value(text), end, start=True))


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"^[A-Z]", "Gamma", True), (r"^[A-Z]", "gamma", False), (r"(?i)GAMMA", "gamma", True),
        (r"\bcat\b", "a cat!", True), (r"\bcat\b", "concat", False), (r"a|b", "xbx", True),
        (r"(?P<year>\d{4})", "in 2026", True), (r"x*", "", True), (r"\d+\z", "a1", True), (r"%s", "100%s", True),
    ],
)  # fmt: skip
def test_patterns_mean_the_same_everywhere(person: User, pattern: str, text: str, found: bool) -> None:
    assert is_pattern(pattern)
    assert bool(value_of(MatchesPattern(Value(text), pattern))) is found


@pytest.mark.parametrize("pattern", ["[", "(a", r"(a)\1", "(?=a)", "a" * 1001, "a\x00", "(?<!x)y", "a{5000}"])
def test_patterns_that_could_run_for_ever_are_no_patterns(pattern: str) -> None:
    assert not is_pattern(pattern)


def test_the_spelling_of_postgresql() -> None:
    assert postgres_pattern(r"\bx\B(?P<n>y)\\b\z") == r"***:\yx\Y(y)\\b\Z"


def test_long_lists_are_one_parameter(person: User) -> None:
    ids = [person.pk, *range(10**9, 10**9 + 50_000)]
    assert list(User.objects.filter(IsAmong("id", ids)).values_list("pk", flat=True)) == [person.pk]
    assert not User.objects.filter(IsAmong("id", ids[1:])).exists()


def test_objects_are_written_as_orjson_would(person: User) -> None:
    import orjson

    User.objects.filter(pk=person.pk).update(first_name='quo"te\n\\ ü')
    person.refresh_from_db()
    written = value_of(
        JsonObject(
            Part("id", F("id"), "number", is_set=True),
            Part("first", F("first_name"), "text"),
            Part("preferences", F("preferences"), "json"),
            Part("joined", F("date_joined"), "moment"),
            Part("active", F("is_active"), "boolean"),
            Part("letters", F("allow_newsletters"), "boolean"),
            Part("organization", F("active_organization_id"), "number"),
        )
    )
    assert orjson.loads(written) == {
        "id": person.pk,
        "first": 'quo"te\n\\ ü',
        "preferences": DATA,
        "joined": person.date_joined.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "active": True,
        "letters": None,
        "organization": None,
    }


def test_whole_seconds_have_their_zeros(person: User) -> None:
    from datetime import UTC, datetime

    User.objects.filter(pk=person.pk).update(date_joined=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    written = value_of(JsonObject(Part("at", F("date_joined"), "moment")))
    assert written == '{"at":"2026-01-02T03:04:05.000000Z"}'
