"""Slips that are mended, and what is left alone."""

from typing import Any

import pytest

from postil.labeling.lint import facts_of
from postil.labeling.lint_fixes import KINDS, fix_slips


def box(x: float, y: float, width: float, height: float, name: str = "a", **value: Any) -> dict[str, Any]:
    place = {"x": x, "y": y, "width": width, "height": height, "rotation": 0, "rectanglelabels": ["Car"], **value}
    return {"id": name, "from_name": "box", "to_name": "image", "type": "rectanglelabels", "value": place}


def span(start: Any, end: Any, text: str | None, name: str = "a", label: str = "PER", **value: Any) -> dict[str, Any]:
    place = {"start": start, "end": end, "labels": [label], **({} if text is None else {"text": text}), **value}
    return {"id": name, "from_name": "ner", "to_name": "text", "type": "labels", "value": place}


def polygon(*points: list[float]) -> dict[str, Any]:
    value = {"points": list(points), "polygonlabels": ["Car"]}
    return {"id": "p", "from_name": "poly", "to_name": "image", "type": "polygonlabels", "value": value}


def link(first: str, second: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": first, "to_id": second, "direction": "right"}


@pytest.mark.parametrize(
    ("kind", "result", "expected", "count"),
    [
        ("out_of_bounds", [box(-5, 10, 20, 20)], [box(0, 10, 15, 20)], 1),
        ("out_of_bounds", [box(90, 95, 20, 20)], [box(90, 95, 10, 5)], 1),
        ("out_of_bounds", [box(0, 0, 100.01, 100)], [box(0, 0, 100.01, 100)], 0),
        ("out_of_bounds", [box(120, 10, 20, 20)], [box(120, 10, 20, 20)], 0),
        ("out_of_bounds", [box(-5, 10, 20, 20, rotation=30)], [box(-5, 10, 20, 20, rotation=30)], 0),
        ("out_of_bounds", [polygon([-5, 0], [50, 120], [50, 0])], [polygon([0, 0], [50, 100], [50, 0])], 1),
        ("out_of_bounds", [polygon([-5, 0], [-9, 20], [-7, 9])], [polygon([-5, 0], [-9, 20], [-7, 9])], 0),
        ("duplicates", [box(1, 1, 5, 5), box(1, 1, 5, 5, "b"), box(1, 1, 6, 5, "c")],
         [box(1, 1, 5, 5), box(1, 1, 6, 5, "c")], 1),
        ("duplicates", [box(1, 1, 5, 5), box(1, 1, 5, 5, "b"), box(9, 9, 5, 5, "c"), link("b", "c")],
         [box(1, 1, 5, 5), box(9, 9, 5, 5, "c"), link("a", "c")], 1),
        ("duplicates", [box(1, 1, 5, 5), box(1, 1, 5, 5, "b"), {**span(0, 1, "x", "b"), "value": {"text": ["note"]}}],
         [box(1, 1, 5, 5), box(1, 1, 5, 5, "b"), {**span(0, 1, "x", "b"), "value": {"text": ["note"]}}], 0),
        ("zero_length", [box(1, 1, 0, 5), box(9, 9, 5, 5, "b"), link("a", "b")], [box(9, 9, 5, 5, "b")], 1),
        ("zero_length", [span(4, 4, ""), span(5, 7, "ab", "b")], [span(5, 7, "ab", "b")], 1),
        ("overlapping_spans", [span(0, 5, "Ann L"), span(3, 9, " Lee x", "b")],
         [span(0, 5, "Ann L"), span(5, 9, "ee x", "b")], 1),
        ("overlapping_spans", [span(0, 9, "Ann Lee x"), span(4, 7, "Lee", "b")], [span(0, 9, "Ann Lee x")], 1),
        ("overlapping_spans", [span(0, 5, "Ann L"), span(3, 9, " Lee x", "b", "ORG")],
         [span(0, 5, "Ann L"), span(3, 9, " Lee x", "b", "ORG")], 0),
        ("overlapping_spans", [span(0, 5, "Ann L"), span(3, 9, "other", "b")],
         [span(0, 5, "Ann L"), span(3, 9, "other", "b")], 0),
        ("overlapping_spans", [span(0.5, 2.0, None), span(1.5, 3.0, None, "b")],
         [span(0.5, 2.0, None), span(2.0, 3.0, None, "b")], 1),
        ("overlapping_spans",
         [span("0", "0", "abcde", startOffset=0, endOffset=5),
          span("0", "0", "defgh", "b", startOffset=3, endOffset=8, globalOffsets={"start": 13, "end": 18})],
         [span("0", "0", "abcde", startOffset=0, endOffset=5),
          span("0", "0", "fgh", "b", startOffset=5, endOffset=8, globalOffsets={"start": 15, "end": 18})], 1),
    ],
)  # fmt: skip
def test_slips_are_mended_and_the_rest_stays(kind: str, result: Any, expected: Any, count: int) -> None:
    before = repr(result)
    assert fix_slips(result, [kind]) == (expected, count)
    assert repr(result) == before
    others = [name for name in KINDS if name != kind]
    if kind != "out_of_bounds":
        assert fix_slips(expected, [kind])[1] == 0
    assert set(others) | {kind} == set(KINDS)


def test_everything_at_once_leaves_nothing_to_mend() -> None:
    result = [
        box(-5, 10, 20, 20), box(-5, 10, 20, 20, "b"), box(3, 3, 0, 0, "c"), span(0, 5, "Ann L", "d"),
        span(3, 9, " Lee x", "e"),
    ]  # fmt: skip
    mended, count = fix_slips(result, list(KINDS))
    assert count == 5
    facts = facts_of(mended)
    assert (facts.out_of_bounds_count, facts.duplicate_region_count, facts.zero_length_count) == (0, 0, 0)
    assert facts.overlapping_span_count == 0


@pytest.mark.parametrize("result", [None, "text", [1, 2], [], [{"value": None}], [{"type": "choices", "value": {}}]])
def test_what_is_no_result_stays_as_it_is(result: Any) -> None:
    assert fix_slips(result, list(KINDS)) == (result if isinstance(result, list) else [], 0)


def about(region: dict[str, Any], word: str) -> dict[str, Any]:
    place = {key: part for key, part in region["value"].items() if key not in ("rectanglelabels", "labels")}
    return {**region, "from_name": "q", "type": "choices", "value": {**place, "choices": [word]}}


def test_spans_over_several_paragraphs_are_kept() -> None:
    long = span("/p[1]", "/p[2]", "x" * 20, startOffset=50, endOffset=3, globalOffsets={"start": 50, "end": 70})
    talk = span("0", "2", "x" * 20, "b", startOffset=10, endOffset=4)
    assert fix_slips([long, talk], list(KINDS)) == ([long, talk], 0)


def test_what_is_said_about_a_span_is_trimmed_and_dropped_with_it() -> None:
    first, second, inside = span(0, 5, "Ann L"), span(3, 9, " Lee x", "b"), span(1, 2, "n", "c")
    mended, count = fix_slips([first, second, about(second, "sure"), inside, about(inside, "sure")], list(KINDS))
    later = span(5, 9, "ee x", "b")
    assert (mended, count) == ([first, later, about(later, "sure")], 2)


def test_a_copy_with_the_same_answers_goes_with_them() -> None:
    first, copy = box(1, 1, 5, 5), box(1, 1, 5, 5, "b")
    whole = [first, about(first, "clear"), copy, about(copy, "clear"), link("a", "b")]
    assert fix_slips(whole, ["duplicates"]) == ([first, about(first, "clear")], 1)
    differs = [first, about(first, "clear"), copy, about(copy, "hidden")]
    assert fix_slips(differs, ["duplicates"]) == (differs, 0)


def test_a_span_with_a_label_more_is_not_cut() -> None:
    both = span(3, 4, "x", "b")
    both["value"]["labels"] = ["PER", "VIP"]
    assert fix_slips([span(0, 9, "Ann Lee x"), both], ["overlapping_spans"])[1] == 0


def test_ranges_of_frames_are_left_alone() -> None:
    ranges = [
        {"id": str(start), "from_name": "l", "to_name": "v", "type": "timelinelabels",
         "value": {"ranges": [{"start": start, "end": start + 5}], "timelinelabels": ["Run"]}}
        for start in (1, 3)
    ]  # fmt: skip
    assert fix_slips(ranges, list(KINDS)) == (ranges, 0)
