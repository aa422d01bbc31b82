"""The bounded memory of parsed texts."""

import pytest

from postil.labeling import text_cache
from postil.labeling.text_cache import MAX_CHARS, cached_by_text


@pytest.fixture
def calls() -> list[str]:
    return []


def counting(calls: list[str]):
    @cached_by_text
    def make(text: str) -> list[str]:
        """Make a list."""
        calls.append(text[:1])
        if text == "bad":
            raise ValueError(text)
        return [text]

    return make


def test_the_same_text_gives_the_same_object(calls: list[str]):
    make = counting(calls)
    assert make("a") is make("a")
    assert make("b") == ["b"]
    assert calls == ["a", "b"]
    assert make.__doc__ == "Make a list."


def test_errors_are_not_remembered(calls: list[str]):
    make = counting(calls)
    for _ in range(2):
        with pytest.raises(ValueError, match="bad"):
            make("bad")
    assert calls == ["b", "b"]


def test_the_least_used_texts_are_forgotten_first(calls: list[str]):
    make = counting(calls)
    third = MAX_CHARS // 3
    for letter in "abc":
        make(letter * third)
    make("a" * third)
    make("d" * third)  # forgets b
    calls.clear()
    for letter in "acdb":
        make(letter * third)
    assert calls == ["b"]


def test_a_text_larger_than_all_is_kept_until_the_next(calls: list[str]):
    make = counting(calls)
    large = "x" * (MAX_CHARS + 1)
    assert make(large) is make(large)
    make("y")
    make(large)
    assert calls == ["x", "y", "x"]


def test_two_makers_at_once_agree(calls: list[str]):
    def make(text: str) -> list[str]:
        calls.append(text)
        if len(calls) == 1:
            remembered(text)  # as if another thread had come first
        return [text]

    remembered = text_cache.cached_by_text(make)
    first = remembered("a")
    assert remembered("a") is first
    assert calls == ["a", "a"]
