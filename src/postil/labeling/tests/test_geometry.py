"""Corners, boxes, areas."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.labeling.geometry import (
    Box,
    bounding_box,
    ellipse_area,
    ellipse_bounding_box,
    ellipse_points,
    mask_area,
    mask_bounding_box,
    points_to_pixels,
    polygon_area,
    rectangle_area,
    rotated_corners,
)

BOX = {"x": 10, "y": 20, "width": 50, "height": 10}


def near(points):
    return [pytest.approx(point) for point in points]


def test_corners_of_an_upright_box():
    assert rotated_corners(BOX, 200, 100) == near([(20, 20), (120, 20), (120, 30), (20, 30)])
    assert rotated_corners({**BOX, "rotation": None}, 200, 100) == rotated_corners(BOX, 200, 100)


def test_rotation_is_clockwise_about_the_corner_and_in_pixels():
    assert rotated_corners({**BOX, "rotation": 90}, 200, 100) == near([(20, 20), (20, 120), (10, 120), (10, 20)])
    corners = rotated_corners({**BOX, "rotation": 30}, 200, 100)
    assert corners[1] == pytest.approx((20 + 100 * math.cos(math.pi / 6), 20 + 50))


PERCENT = st.floats(0, 100)


@given(PERCENT, PERCENT, PERCENT, PERCENT, st.floats(-360, 360))
def test_turning_keeps_the_area_and_the_first_corner(x: float, y: float, width: float, height: float, angle: float):
    value = {"x": x, "y": y, "width": width, "height": height, "rotation": angle}
    corners = rotated_corners(value, 640, 480)
    assert corners[0] == pytest.approx((x * 6.4, y * 4.8))
    assert polygon_area(corners) == pytest.approx(rectangle_area(value, 640, 480), abs=1e-6)


def test_bounding_boxes():
    assert bounding_box([(3, 4), (1, 9), (7, 5)]) == Box(1, 4, 6, 5)
    assert bounding_box([[2, 2]]) == Box(2, 2, 0, 0)
    assert bounding_box([]) == Box(0, 0, 0, 0)


def test_polygon_areas():
    square = [(0, 0), (10, 0), (10, 10), (0, 10)]
    assert polygon_area(square) == 100
    assert polygon_area(square[::-1]) == 100
    assert polygon_area([(0, 0), (4, 0), (0, 3)]) == 6
    assert polygon_area([(0, 0), (4, 0)]) == 0
    assert polygon_area([]) == 0


def test_points_become_pixels():
    assert points_to_pixels([[50, 50], [0, 100]], 200, 100) == [(100, 50), (0, 100)]


def test_ellipses_stand_on_their_center():
    value = {"x": 50, "y": 50, "radiusX": 10, "radiusY": 20}
    assert ellipse_bounding_box(value, 200, 100) == pytest.approx(Box(80, 30, 40, 40))
    assert ellipse_area(value, 200, 100) == pytest.approx(math.pi * 400)
    wide = {"x": 50, "y": 50, "radiusX": 25, "radiusY": 10, "rotation": 90}
    assert ellipse_bounding_box(wide, 200, 100) == pytest.approx(Box(90, 0, 20, 100))


@given(st.floats(1, 50), st.floats(1, 50), st.floats(-180, 180))
def test_points_of_an_ellipse_fill_its_box(across: float, down: float, angle: float):
    value = {"x": 40, "y": 60, "radiusX": across, "radiusY": down, "rotation": angle}
    points = ellipse_points(value, 300, 200, count=720)
    assert len(points) == 720
    assert bounding_box(points) == pytest.approx(ellipse_bounding_box(value, 300, 200), abs=0.1)
    assert polygon_area(points) == pytest.approx(ellipse_area(value, 300, 200), rel=1e-3)


def test_masks():
    mask = bytes.fromhex("000000000000ff000080010000000000")
    assert mask_area(mask) == 3
    assert mask_bounding_box(mask, 4) == Box(1, 1, 2, 2)
    assert mask_bounding_box(bytes(16), 4) is None
    assert mask_bounding_box(b"\xff" * 6, 3) == Box(0, 0, 3, 2)


@pytest.mark.parametrize("width", [0, -1, 3])
def test_a_mask_must_fit_its_width(width: int):
    with pytest.raises(ValueError, match="has no rows of"):
        mask_bounding_box(bytes(16), width)
