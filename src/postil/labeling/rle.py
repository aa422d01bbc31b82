"""The run-length code of brush masks: `value.rle`, a list of bytes.

Bit stream, most significant bit first: the number of values (32 bits), the size of a value minus 1 (5), four widths
minus 1 (4 each); then blocks: 1 bit kind, 2 bits which width, the length minus 1 in that width, and one value (a
run) or as many values as the length says (a literal). The values are the RGBA bytes of the picture, row by row; only
the fourth of each pixel counts: 0 is empty.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

WORD_BITS = 8
WIDTHS = (3, 4, 8, 16)
MAX_RUN = 1 << WIDTHS[-1]
MAX_PIXELS = 200_000_000

_RUNS = re.compile(rb"(?s)(.)\1*")


class RleError(ValueError):
    """The bytes are no run-length code, or say more pixels than allowed."""


class _Bits:
    """Collects bits and gives them out as bytes."""

    def __init__(self) -> None:
        self.done = bytearray()
        self._pending = 0
        self._count = 0

    def put(self, value: int, width: int) -> None:
        self._pending = (self._pending << width) | value
        self._count += width
        if self._count >= 4096:
            self._flush()

    def _flush(self) -> None:
        rest = self._count % 8
        self.done += (self._pending >> rest).to_bytes(self._count // 8, "big")
        self._pending &= (1 << rest) - 1
        self._count = rest

    def finish(self) -> bytes:
        """Return everything, filled with zero bits to a full byte."""
        if self._count % 8:
            self.put(0, 8 - self._count % 8)
        self._flush()
        return bytes(self.done)


def encode_values(values: bytes) -> list[int]:
    """Return the code of a list of byte values: of a whole RGBA picture, or of anything else."""
    return _encode(((run.group(1)[0], run.end() - run.start()) for run in _RUNS.finditer(values)), len(values))


def encode_rle(mask: bytes) -> list[int]:
    """Return the code of a mask with one byte a pixel, row by row: 0 empty, else the opacity."""
    return _encode(((run.group(1)[0], 4 * (run.end() - run.start())) for run in _RUNS.finditer(mask)), 4 * len(mask))


def _encode(runs: Iterable[tuple[int, int]], size: int) -> list[int]:
    bits = _Bits()
    bits.put(size, 32)
    bits.put(WORD_BITS - 1, 5)
    for width in WIDTHS:
        bits.put(width - 1, 4)
    singles: list[int] = []
    for value, length in _pieces(runs):
        if length == 1:
            singles.append(value)
            if len(singles) == MAX_RUN:
                _put_literal(bits, singles)
            continue
        _put_literal(bits, singles)
        _put_head(bits, 1, length)
        bits.put(value, WORD_BITS)
    if len(singles) == 1:
        _put_head(bits, 1, 1)
        bits.put(singles[0], WORD_BITS)
    else:
        _put_literal(bits, singles)
    return list(bits.finish())


def _pieces(runs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for value, total in runs:
        for _ in range((total - 1) // MAX_RUN):
            yield value, MAX_RUN
        yield value, (total - 1) % MAX_RUN + 1


def _put_head(bits: _Bits, kind: int, length: int) -> None:
    index = next(index for index, width in enumerate(WIDTHS) if length <= 1 << width)
    bits.put(kind, 1)
    bits.put(index, 2)
    bits.put(length - 1, WIDTHS[index])


def _put_literal(bits: _Bits, values: list[int]) -> None:
    if values:
        _put_head(bits, 0, len(values))
        for value in values:
            bits.put(value, WORD_BITS)
        values.clear()


class _Reader:
    """Takes bits from bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self._end = 8 * len(data)

    def take(self, width: int) -> int:
        end = self._at + width
        if end > self._end:
            raise RleError("The mask ends too early.")
        last = (end + 7) // 8
        chunk = int.from_bytes(self._data[self._at // 8 : last], "big")
        self._at = end
        return (chunk >> (8 * last - end)) & ((1 << width) - 1)

    def take_words(self, count: int, bits: int) -> bytes:
        if bits != 8:
            top = max(0, bits - 8)
            return bytes((self.take(bits) >> top) & 0xFF for _ in range(count))
        return self.take(8 * count).to_bytes(count, "big")


def decode_values(rle: Sequence[int], *, max_values: int = 4 * MAX_PIXELS) -> bytes:
    """Return the byte values that a code stands for; raises `RleError`."""
    parts = []
    for _, value, length in _blocks(rle, max_values):
        parts.append(value * length if length else value)
    return b"".join(parts)


def decode_rle(rle: Sequence[int], *, max_pixels: int = MAX_PIXELS) -> bytes:
    """Return the mask that a code stands for, one byte a pixel, row by row; raises `RleError`.

    Holds one byte a pixel in memory, not four.
    """
    parts = []
    for at, value, length in _blocks(rle, 4 * max_pixels):
        if length:
            parts.append(value * ((at + length) // 4 - at // 4))
        else:
            parts.append(value[3 - at % 4 :: 4])
    return b"".join(parts)


def _blocks(rle: Sequence[int], max_values: int) -> Iterator[tuple[int, bytes, int]]:
    """Yield place, bytes, and how often the one byte of a run is repeated; 0 for a literal."""
    try:
        reader = _Reader(bytes(rle))
    except (TypeError, ValueError):
        raise RleError("A mask is a list of bytes.") from None
    size = reader.take(32)
    if size > max_values:
        raise RleError(f"The mask has {size // 4:,} pixels; {max_values // 4:,} are allowed.")
    bits = reader.take(5) + 1
    widths = [reader.take(4) + 1 for _ in range(4)]
    at = 0
    while at < size:
        is_run = reader.take(1)
        length = reader.take(widths[reader.take(2)]) + 1
        if at + length > size:
            raise RleError("The mask holds more pixels than it says.")
        yield (at, reader.take_words(1, bits), length) if is_run else (at, reader.take_words(length, bits), 0)
        at += length


def pixel_count(rle: Sequence[int]) -> int:
    """Return how many pixels the picture of a code has; raises `RleError`."""
    try:
        return _Reader(bytes(rle[:8])).take(32) // 4
    except (TypeError, ValueError):
        raise RleError("A mask is a list of bytes.") from None
