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


def pages(start: tuple[str, int], end: tuple[str, int], on_page: tuple[int, int] | None = None) -> dict[str, Any]:
    value: dict[str, Any] = {
        "start": start[0], "startOffset": start[1], "end": end[0], "endOffset": end[1], "hypertextlabels": ["a"]
    }  # fmt: skip
    if on_page is not None:
        value["globalOffsets"] = {"start": on_page[0], "end": on_page[1]}
    return {"from_name": "h", "to_name": "t", "type": "hypertextlabels", "value": value}


def test_a_span_from_one_paragraph_into_the_next_is_not_empty() -> None:
    assert facts_of([pages(("/p[1]", 50), ("/p[2]", 3))]).zero_length_count == 0
    assert facts_of([pages(("0", 10), ("2", 4))]).zero_length_count == 0
    assert facts_of([pages(("/p[1]", 50), ("/p[2]", 3), (50, 70))]).zero_length_count == 0
    assert facts_of([pages(("/p[1]", 5), ("/p[1]", 5), (5, 5))]).zero_length_count == 1


def test_overlaps_are_found_by_places_on_the_page_where_all_spans_have_them() -> None:
    long, short = pages(("/p[1]", 50), ("/p[2]", 30), (50, 130)), pages(("/p[2]", 10), ("/p[2]", 40), (110, 140))
    assert facts_of([long, short]).overlapping_span_count == 1
    assert facts_of([long, pages(("/p[2]", 10), ("/p[2]", 40))]).overlapping_span_count == 0


def about(region: dict[str, Any], word: str, **item: Any) -> dict[str, Any]:
    place = {key: part for key, part in region["value"].items() if key not in ("rectanglelabels", "labels")}
    return {**region, "from_name": "q", "type": "choices", "value": {**place, "choices": [word]}, **item}


def test_what_is_said_about_a_region_is_no_region_of_its_own() -> None:
    outer, inner = box(0, 0, 50, 50), box(60, 60, 70, 10)
    found = facts_of([outer, about(outer, "clear"), inner, about(inner, "hidden"), about(inner, "x", from_name="r")])
    assert (found.region_count, found.out_of_bounds_count, found.nested_region_count) == (2, 1, 0)
    first, second = span(0, 10, "PER"), span(5, 12, "ORG")
    assert facts_of([first, about(first, "a"), second, about(second, "a")]).overlapping_span_count == 0


def test_answers_about_regions_do_not_hide_that_they_are_nested() -> None:
    outer, inner = box(0, 0, 50, 50), box(10, 10, 10, 10)
    assert facts_of([outer, about(outer, "clear"), inner, about(inner, "hidden")]).nested_region_count == 1


def test_sharing_one_of_several_labels_is_enough() -> None:
    inner = box(10, 10, 10, 10, rectanglelabels=["Car", "Taxi"])
    assert facts_of([box(0, 0, 50, 50), inner, box(0, 0, 60, 60, "Taxi")]).nested_region_count == 1
    both = span(5, 12)
    both["value"]["labels"] = ["VIP", "PER"]
    assert facts_of([span(0, 10), both]).overlapping_span_count == 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"x": 101, "y": 5, "width": 0.5, "keypointlabels": ["a"]}, 1),
        ({"x": 50, "y": 5, "width": 0.5, "keypointlabels": ["a"]}, 0),
        ({"x": -3, "y": 5}, 1),
        ({"vertices": [{"x": 5, "y": 5}, {"x": 5, "y": 120}]}, 1),
        ({"sequence": [{"x": 95, "y": 1, "width": 9, "height": 9, "frame": 1, "enabled": True}]}, 1),
        ({"sequence": [{"x": 95, "y": 1, "width": 9, "height": 9, "frame": 1, "enabled": False}]}, 0),
        ({"sequence": [{"x": 5, "y": 1, "width": 9, "height": 9, "frame": 1, "rotation": 0}]}, 0),
    ],
)
def test_points_lines_and_videos_can_be_out_of_bounds(value: dict[str, Any], expected: int) -> None:
    found = facts_of([{"id": "a", "from_name": "k", "to_name": "i", "type": "keypointlabels", "value": value}])
    assert (found.region_count, found.out_of_bounds_count, found.zero_length_count) == (1, expected, 0)
    assert found.largest_area is None


def frames(start: int, end: int) -> dict[str, Any]:
    value = {"ranges": [{"start": start, "end": end}], "timelinelabels": ["Run"]}
    return {"id": f"{start}-{end}", "from_name": "l", "to_name": "v", "type": "timelinelabels", "value": value}


def test_ranges_of_frames_hold_their_last_frame() -> None:
    found = facts_of([frames(3, 3), frames(4, 9)])
    assert (found.zero_length_count, found.overlapping_span_count) == (0, 0)
    found = facts_of([frames(3, 4), frames(4, 9), frames(9, 5)])
    assert (found.zero_length_count, found.overlapping_span_count) == (1, 1)


def test_a_polygon_of_two_points_has_no_extent() -> None:
    line = {"type": "polygonlabels", "value": {"points": [[0, 0], [10, 10]], "polygonlabels": ["a"]}}
    assert facts_of([line]).zero_length_count == 1


def test_a_region_with_a_note_is_no_copy() -> None:
    noted = {**box(0, 0, 9, 9), "id": "b", "meta": {"text": ["look"]}}
    assert facts_of([box(0, 0, 9, 9), noted]).duplicate_region_count == 0


@pytest.mark.parametrize("huge", [1e308, -1e308, 2**63])
def test_numbers_without_measure_are_no_error(huge: float) -> None:
    assert facts_of([box(huge, 0, 10, 10), box(0, 0, huge, huge)]).region_count == 2
    assert facts_of([{**box(0, 0, 10, 10), "original_width": huge}]).largest_area == pytest.approx(1.0)
    assert facts_of([span(0, huge)]).region_count == 1
