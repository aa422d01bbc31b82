"""The code of brush masks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.labeling.rle import (
    MAX_RUN,
    RleError,
    decode_rle,
    decode_values,
    encode_rle,
    encode_values,
    pixel_count,
)

SMALL = [0, 0, 0, 48, 57, 27, 252, 96, 19, 255, 198, 1, 127, 254, 248, 0]


def grey(*pixels: int) -> bytes:
    return bytes(value for value in pixels for _ in range(4))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (grey(*(255 * int(pixel) for pixel in "011011110000")), SMALL),
        (grey(0, 10, 200, 255), [0, 0, 0, 16, 57, 27, 252, 96, 17, 133, 71, 145, 31, 248]),
        (bytes(40_000), [0, 0, 156, 64, 57, 27, 255, 156, 63, 0]),
        (bytes([1, 2, 3, 255, 1, 2, 3, 255]), [0, 0, 0, 8, 57, 27, 248, 224, 32, 64, 127, 224, 32, 64, 127, 224]),
    ],
)
def test_known_vectors(values: bytes, code: list[int]):
    assert encode_values(values) == code
    assert decode_values(code) == values


def test_a_mask_has_one_byte_a_pixel():
    mask = bytes(255 * int(pixel) for pixel in "011011110000")
    assert encode_rle(mask) == SMALL
    assert decode_rle(SMALL) == mask
    assert pixel_count(SMALL) == 12


def test_only_the_fourth_byte_of_a_pixel_counts():
    assert decode_rle(encode_values(bytes([9, 9, 9, 0, 0, 0, 0, 255, 1, 2, 3, 4]))) == bytes([0, 255, 4])


def test_an_empty_picture():
    assert decode_rle(encode_rle(b"")) == b""
    assert encode_rle(b"")[:4] == [0, 0, 0, 0]


@pytest.mark.parametrize("length", [8, 9, 16, 17, 256, 257, MAX_RUN, MAX_RUN + 1, MAX_RUN + 2, 2 * MAX_RUN + 1])
def test_runs_around_the_widths(length: int):
    for values in (b"\7" * length, b"\7" * length + b"\1", bytes(n % 2 for n in range(length))):
        assert decode_values(encode_values(values)) == values


@given(st.binary(max_size=400))
def test_values_survive(values: bytes):
    assert decode_values(encode_values(values)) == values


RUNS = st.lists(st.tuples(st.sampled_from([0, 255, 128]), st.integers(1, 700)), max_size=12)


@given(RUNS)
def test_masks_survive(runs: list[tuple[int, int]]):
    mask = b"".join(bytes([value]) * length for value, length in runs)
    code = encode_rle(mask)
    assert decode_rle(code) == mask
    assert decode_values(code)[3::4] == mask
    assert code == encode_values(bytes(value for value in mask for _ in range(4)))
    assert pixel_count(code) == len(mask)


def packed(text: str) -> list[int]:
    bits = text.replace(" ", "")
    bits += "0" * (-len(bits) % 8)
    return [int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)]


def test_other_word_sizes_and_widths_are_read():
    four_bits = packed(f"{4:032b} 00011 0000 0001 0010 0011  1 01 11 0101")
    assert decode_values(four_bits) == bytes([5, 5, 5, 5])
    sixteen_bits = packed(f"{2:032b} 01111 0010 0011 0111 1111  0 00 001 {0xAB00:016b} {0x12FF:016b}")
    assert decode_values(sixteen_bits) == bytes([0xAB, 0x12])


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ([], "ends too early"),
        ([0, 0, 0], "ends too early"),
        (SMALL[:-4], "ends too early"),
        ([0, 0, 0, 48, 57, 27], "ends too early"),
        ([255, 255, 255, 255, 57, 27, 252, 96], "are allowed"),
        ([0, 0, 0, 6, *SMALL[4:]], "more pixels than it says"),
        ([0, 256], "list of bytes"),
        ([-1], "list of bytes"),
        ([1.5], "list of bytes"),
        ("text", "list of bytes"),
        ([None], "list of bytes"),
    ],
)
def test_what_is_no_mask_is_refused(code: list, reason: str):
    with pytest.raises(RleError, match=reason):
        decode_rle(code)


def test_the_limit_is_checked_before_anything_is_made():
    assert decode_rle(SMALL, max_pixels=12)
    with pytest.raises(RleError, match="The mask has 12 pixels; 11 are allowed"):
        decode_rle(SMALL, max_pixels=11)


def test_a_size_needs_four_bytes():
    with pytest.raises(RleError):
        pixel_count([0, 0])
    with pytest.raises(RleError):
        pixel_count([0, 0, 0, "x"])


@given(st.lists(st.integers(0, 255), max_size=60))
def test_any_bytes_give_a_mask_or_the_typed_error(code: list[int]):
    try:
        mask = decode_rle(code, max_pixels=100_000)
    except RleError:
        return
    assert len(mask) == pixel_count(code)
