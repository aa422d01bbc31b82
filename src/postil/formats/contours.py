"""Outlines of masks: border following after Suzuki and Abe, "Topological structural analysis of digitized binary images
by border following" (1985), outer borders only."""

import re
from collections.abc import Iterator

Outline = list[tuple[int, int]]

EMPTY, FULL, BORDER, LAST = 0, 1, 2, 3  # LAST: a border pixel with nothing to its right
# East, then counterclockwise; y points down.
STEPS = ((1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1), (0, 1), (1, 1))
WEST = 4
_START_OR_BORDER = re.compile(rb"(?<=\x00)\x01|[\x02\x03]")
_TO_FULL = bytes([EMPTY]) + bytes([FULL]) * 255


def outlines(mask: bytes, width: int, height: int) -> Iterator[Outline]:
    """Yield the outer border of each connected part (corners touch) of what is not 0, row by row, top left first.

    An outline is the list of its corner pixels (x, y), counterclockwise; parts inside holes of others have none. A part
    of one pixel has one point.
    """
    row = width + 2
    grid = bytearray(row)
    filled = mask.translate(_TO_FULL)
    for start in range(0, width * height, width):
        grid += b"\0" + filled[start : start + width] + b"\0"
    grid += bytes(row)
    offsets = [x + y * row for x, y in STEPS]
    at, inside_until_row = 0, (0, False)
    while found := _START_OR_BORDER.search(grid, at):
        place = found.start()
        at = place + 1
        y = place // row
        is_inside = inside_until_row == (y, True)
        if grid[place] == FULL:
            if is_inside:
                continue
            yield _follow(grid, place, offsets, row)
        inside_until_row = (y, grid[place] == BORDER)


def _follow(grid: bytearray, start: int, offsets: list[int], row: int) -> Outline:
    """Mark a border and return its corners."""
    x, y = start % row - 1, start // row - 1
    direction = next((d % 8 for d in range(WEST - 1, WEST - 8, -1) if grid[start + offsets[d % 8]]), None)
    if direction is None:
        grid[start] = LAST
        return [(x, y)]
    first = start + offsets[direction]
    corners: Outline = []
    place, before = start, direction ^ 4
    while True:
        back = direction
        direction = next(d for d in range(back + 1, back + 9) if grid[place + offsets[d % 8]]) % 8
        if 0 < direction <= back:  # the search went past the east, where nothing is
            grid[place] = LAST
        elif grid[place] == FULL:
            grid[place] = BORDER
        if direction != before:
            corners.append((x, y))
            before = direction
        following = place + offsets[direction]
        if following == start and place == first:
            return corners
        place = following
        x, y = x + STEPS[direction][0], y + STEPS[direction][1]
        direction = (direction + 4) % 8
