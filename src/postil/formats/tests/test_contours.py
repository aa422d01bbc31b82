"""Outlines of masks: known pictures, and rules that hold for every picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.formats.contours import outlines

Spots = set[tuple[int, int]]


def of(*rows: str) -> list[list[tuple[int, int]]]:
    mask = bytes(0 if spot == "." else 200 for row in rows for spot in row)
    return list(outlines(mask, len(rows[0]), len(rows)))


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (["...", "..."], []),
        (["...", ".#.", "..."], [[(1, 1)]]),
        (["####", "####", "####"], [[(0, 0), (0, 2), (3, 2), (3, 0)]]),
        (["#..", ".#.", "..#"], [[(0, 0), (2, 2)]]),
        (["##...", "##..#"], [[(0, 0), (0, 1), (1, 1), (1, 0)], [(4, 1)]]),
        (["#####", "#...#", "#.#.#", "#...#", "#####"], [[(0, 0), (0, 4), (4, 4), (4, 0)]]),
        (["..#..", "..#..", "#####", "..#..", "..#.."],
         [[(2, 0), (2, 1), (1, 2), (0, 2), (1, 2), (2, 3), (2, 4), (2, 3), (3, 2), (4, 2), (3, 2), (2, 1)]]),
    ],
)  # fmt: skip
def test_outlines_are_the_corners_of_outer_borders(rows: list[str], found: list[list[tuple[int, int]]]) -> None:
    assert of(*rows) == found


def reached(start: Spots, allowed: Spots, steps: list[tuple[int, int]]) -> Spots:
    found, waiting = set(start), list(start)
    while waiting:
        x, y = waiting.pop()
        for dx, dy in steps:
            spot = (x + dx, y + dy)
            if spot in allowed and spot not in found:
                found.add(spot)
                waiting.append(spot)
    return found


STRAIGHT = [(1, 0), (-1, 0), (0, 1), (0, -1)]
ALL = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y]


@given(st.integers(1, 9), st.integers(1, 9), st.randoms(use_true_random=False))
def test_each_part_that_the_outside_touches_has_one_outline(width: int, height: int, chance: object) -> None:
    mask = bytes(chance.choice([0, 0, 255, 9]) for _ in range(width * height))  # type: ignore[attr-defined]
    full = {(at % width, at // width) for at, value in enumerate(mask) if value}
    frame = {(x, y) for x in range(-1, width + 1) for y in range(-1, height + 1)}
    outside = reached({(-1, -1)}, frame - full, STRAIGHT)
    edges = {spot for spot in full if any((spot[0] + x, spot[1] + y) in outside for x, y in STRAIGHT)}
    parts = []
    left = set(full)
    while left:
        part = reached({min(left)}, full, ALL)
        left -= part
        parts.append(part)
    found = list(outlines(mask, width, height))

    assert len(found) == sum(1 for part in parts if part & edges)
    for outline in found:
        assert set(outline) <= edges
        assert sum(1 for part in parts if part & set(outline)) == 1
        (part,) = [part for part in parts if part & set(outline)]
        xs, ys = [x for x, _ in outline], [y for _, y in outline]
        assert (min(xs), max(xs)) == (min(x for x, _ in part), max(x for x, _ in part))
        assert (min(ys), max(ys)) == (min(y for _, y in part), max(y for _, y in part))
