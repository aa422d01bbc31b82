"""Numbers about results: areas, slips, spans."""

from typing import Any

import pytest

from postil.labeling.lint import Facts, facts_of


def box(x: float, y: float, width: float, height: float, label: str = "Car", **more: Any) -> dict[str, Any]:
    value = {"x": x, "y": y, "width": width, "height": height, "rotation": 0, "rectanglelabels": [label], **more}
    return {"id": f"{x}{y}{label}", "from_name": "b", "to_name": "i", "type": "rectanglelabels", "value": value}


def span(start: float, end: float, label: str = "PER") -> dict[str, Any]:
    value = {"start": start, "end": end, "text": "x", "labels": [label]}
    return {"id": f"{start}{end}{label}", "from_name": "l", "to_name": "t", "type": "labels", "value": value}


CHOICE = {"from_name": "c", "to_name": "t", "type": "choices", "value": {"choices": ["a"]}}


@pytest.mark.parametrize("result", [None, [], "x", [5], [{}], [{"value": 5}], [{"value": {"x": "a"}}][:0], [CHOICE]])
def test_nothing_drawn_gives_zeros(result: Any) -> None:
    assert facts_of(result) == Facts()


def test_areas_are_percent_of_the_picture() -> None:
    found = facts_of([box(0, 0, 10, 20), box(50, 50, 50, 50, "Bus")])
    assert (found.region_count, found.smallest_area, found.largest_area) == (2, 2.0, 25.0)


def test_the_size_of_the_picture_does_not_change_the_percents() -> None:
    item = {**box(10, 10, 50, 20), "original_width": 800, "original_height": 200}
    assert facts_of([item]).largest_area == pytest.approx(10.0)


def test_polygons_and_ellipses_have_areas() -> None:
    polygon = {"type": "polygonlabels", "value": {"points": [[0, 0], [10, 0], [10, 10]], "polygonlabels": ["a"]}}
    ellipse = {"type": "ellipse", "value": {"x": 50, "y": 50, "radiusX": 10, "radiusY": 10, "rotation": 0}}
    assert facts_of([polygon]).largest_area == pytest.approx(0.5)
    assert facts_of([ellipse]).largest_area == pytest.approx(3.14159, rel=1e-4)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (box(0, 0, 100, 100), 0),
        (box(-1, 0, 10, 10), 1),
        (box(95, 0, 10, 10), 1),
        (box(0, 95, 10, 10), 1),
        (box(99.99, 0, 0.05, 1), 0),
        (box(10, 10, 50, 50, rotation=45), 1),
        (box(50, 10, 10, 10, rotation=45), 0),
    ],
)
def test_what_reaches_out_of_the_picture(item: dict[str, Any], expected: int) -> None:
    assert facts_of([item]).out_of_bounds_count == expected


def test_the_same_region_twice_is_a_duplicate() -> None:
    again = {**box(0, 0, 10, 10), "id": "other"}
    assert facts_of([box(0, 0, 10, 10), again, box(0, 0, 10, 10, "Bus")]).duplicate_region_count == 1


def test_boxes_inside_others_with_the_same_label() -> None:
    found = facts_of([box(0, 0, 50, 50), box(10, 10, 10, 10), box(20, 20, 5, 5, "Bus"), box(45, 45, 10, 10)])
    assert found.nested_region_count == 1


def test_regions_without_extent() -> None:
    assert facts_of([box(5, 5, 0, 10), span(3, 3), span(3, 4)]).zero_length_count == 2


def test_spans_that_overlap_with_the_same_label() -> None:
    found = facts_of([span(0, 10), span(5, 12), span(6, 7, "ORG"), span(12, 20), span(1, 2)])
    assert found.overlapping_span_count == 2


def test_spans_of_pages_are_told_by_their_places() -> None:
    def of(paragraph: str, start: int, end: int) -> dict[str, Any]:
        value = {
            "start": paragraph, "end": paragraph, "startOffset": start, "endOffset": end, "paragraphlabels": ["a"]
        }  # fmt: skip
        return {"from_name": "p", "to_name": "t", "type": "paragraphlabels", "value": value}

    assert facts_of([of("0", 0, 5), of("1", 3, 8)]).overlapping_span_count == 0
    assert facts_of([of("0", 0, 5), of("0", 3, 8)]).overlapping_span_count == 1


@pytest.mark.parametrize("value", [{"x": None, "y": 1, "width": 2, "height": 3}, {"points": [[1], [2], [3]]}])
def test_unreadable_shapes_are_passed_over(value: dict[str, Any]) -> None:
    found = facts_of([{"type": "rectangle", "value": value}])
    assert (found.region_count, found.largest_area, found.zero_length_count) == (1, None, 0)
