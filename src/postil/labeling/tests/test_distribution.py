"""Answers of several people, spread."""

from postil.labeling.distribution import distributions


def item(name: str, kind: str, value: object) -> dict:
    return {"from_name": name, "to_name": "t", "type": kind, "value": {kind: value}}


def test_words_are_counted_and_numbers_averaged():
    found = distributions(
        [
            [
                item("mood", "choices", ["good"]),
                item("stars", "rating", 4),
                item("kind", "taxonomy", [["a", "b"], ["c"]]),
            ],
            [item("mood", "choices", ["good", "bad"]), item("stars", "rating", 1)],
            [item("note", "textarea", ["hello"])],
            None,
        ]
    )
    assert list(found) == ["mood", "stars", "kind", "note"]
    assert (found["mood"].type, found["mood"].labels, found["mood"].average) == ("choices", {"good": 2, "bad": 1}, None)
    assert (found["stars"].average, found["stars"].numbers, found["stars"].labels) == (2.5, [4.0, 1.0], {})
    assert found["kind"].labels == {"a / b": 1, "c": 1}
    assert found["note"].labels == {}


def test_odd_items_are_passed_over():
    odd = [
        5,
        {"from_name": 1},
        {"from_name": "a", "type": "choices"},
        item("a", "rating", True),
        item("b", "choices", "x"),
    ]
    found = distributions([odd, "text"])
    assert [(name, dist.labels, dist.numbers) for name, dist in found.items()] == [("a", {}, []), ("b", {}, [])]
