"""What counts as a word, and what a question asks for."""

from typing import Any

import pytest

from postil.labeling.words import MOST_WORDS, Wanted, wanted_words, words_of_data, words_of_result


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"text": "Hello, HELLO world-wide"}, {"hello", "world", "wide"}),
        ({"text": "Žluťoučký kůň Straße"}, {"zlutoucky", "kun", "strasse"}),
        ({"text": "機械学習"}, {"機械", "械学", "学習", "習"}),
        ({"text": "がぎ"}, {"がぎ", "ぎ"}),
        ({"text": "GPU学習2"}, {"gpu", "学習", "習", "2"}),
        ({"n": 42, "f": 1.5, "is_it": True, "none": None, "series": [1, 2, 3]}, {"42", "1", "5"}),
        ({"user": {"names": ["Ann", {"last": "Lee"}]}}, {"ann", "lee"}),
        ({"image": "data:image/png;base64,AAAA", "url": "s3://cats/one.jpg"}, {"s3", "cats", "one", "jpg"}),
        ({"text": "a_b 'quoted' \"x\""}, {"a", "b", "quoted", "x"}),
        ({"text": "x" * 50}, {"x" * 40}),
        ([], set()),
    ],
)
def test_words_of_data(data: Any, expected: set[str]) -> None:
    assert words_of_data(data) == expected


def test_words_of_a_result_are_what_was_said_and_not_how_it_is_stored() -> None:
    result = [
        {"id": "abc", "from_name": "box", "to_name": "image", "type": "rectanglelabels",
         "value": {"x": 12.5, "rectanglelabels": ["Blue Car"]}, "meta": {"text": ["look again"]}},
        {"from_name": "note", "value": {"text": ["Noir"]}},
        "broken", {"value": None},
    ]  # fmt: skip
    assert words_of_result(result) == {"blue", "car", "look", "again", "noir"}
    assert words_of_result(None) == set()


def test_endless_texts_have_an_end() -> None:
    text = " ".join(f"w{n}" for n in range(MOST_WORDS + 50))
    assert len(words_of_data({"text": text})) == MOST_WORDS


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Coffee sho", [Wanted("coffee"), Wanted("sho", is_beginning=True)]),
        ("coffee shop ", [Wanted("coffee"), Wanted("shop")]),
        ("an", [Wanted("an")]),
        ("機械学習", [Wanted("機械"), Wanted("械学"), Wanted("学習")]),
        ("学", [Wanted("学", is_beginning=True)]),
        ("coffee coffee", [Wanted("coffee"), Wanted("coffee", is_beginning=True)]),
        ('" OR *', [Wanted("or")]),
        ("?! --", []),
    ],
)
def test_what_a_question_asks(question: str, expected: list[Wanted]) -> None:
    assert wanted_words(question) == expected
