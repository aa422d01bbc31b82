"""Words of a text by the rules of the Penn Treebank."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.formats.words import words


def texts(text: str) -> list[str]:
    return [text[start:end] for start, end in words(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" \n\t ", []),
        ("Ada met Charles in London.", ["Ada", "met", "Charles", "in", "London", "."]),
        ("He left. She stayed.", ["He", "left.", "She", "stayed", "."]),
        ("(The U.S.)", ["(", "The", "U.S", ".", ")"]),
        ("U.S. firms", ["U.S.", "firms"]),
        ("5,000.50 at 10:30, or so...", ["5,000.50", "at", "10:30", ",", "or", "so", "..."]),
        ("a,b; c--d", ["a", ",", "b", ";", "c", "--", "d"]),
        ('"Why?" [ok] {no} <b>', ['"', "Why", "?", '"', "[", "ok", "]", "{", "no", "}", "<", "b", ">"]),
        ("don't we're I'd Ada's", ["do", "n't", "we", "'re", "I", "'d", "Ada", "'s"]),
        ("DON'T", ["DO", "N'T"]),
        ("the dogs' bowls", ["the", "dogs", "'", "bowls"]),
        ("cannot gonna 'tis", ["can", "not", "gon", "na", "'t", "is"]),
        ("Zürich-West 東京 50% $5", ["Zürich-West", "東京", "50", "%", "$", "5"]),
    ],
)
def test_words_are_parted(text: str, found: list[str]) -> None:
    assert texts(text) == found


@given(st.text(alphabet="ab'n.,:-() \n\"", max_size=60))
def test_words_hold_every_sign_once_and_in_order(text: str) -> None:
    found = words(text)
    assert "".join(text[start:end] for start, end in found) == "".join(text.split())
    assert all(start < end for start, end in found)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(found))


def test_a_word_of_a_million_signs_is_one_word() -> None:
    assert words("n't" * 400_000) == [(0, 1_200_000)]
