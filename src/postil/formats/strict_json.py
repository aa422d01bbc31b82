"""JSON as we accept it: what was read can always be written out again, unchanged.

Refused beyond what JSON itself refuses: NaN and Infinity, halves of surrogate pairs, NUL in text, a key given twice in
one object, nesting deeper than a bound, and items larger than a bound. Integers outside 64 bits become floating-point
numbers, as in a browser.

A key given twice disappears when JSON is parsed; the text then holds more colons than the same value written out again.
So counting colons finds it, at the speed of `memchr`. Only where an escape may hide a colon, or the counts differ, the
slow and exact reader looks again.
"""

import json
from typing import Any, NoReturn

import orjson

BOM = b"\xef\xbb\xbf"


class JsonProblem(ValueError):
    """Why a piece of JSON is refused: a sentence without its place, which the caller knows."""


def loads(raw: bytes, *, max_depth: int = 100, max_bytes: int | None = None) -> Any:
    """Return the value of a whole JSON document, a BOM skipped; raises `JsonProblem` for what is refused."""
    value, _ = loads_compact(raw.removeprefix(BOM), max_depth=max_depth, max_bytes=max_bytes)
    return value


def loads_compact(raw: bytes, *, max_depth: int = 100, max_bytes: int | None = None) -> tuple[Any, bytes]:
    """Return the value of `raw` and its compact form; raises `JsonProblem` for what is refused."""
    if max_bytes is not None and len(raw) > max_bytes:
        raise JsonProblem(f"is larger than {size(max_bytes)}")
    try:
        value = orjson.loads(raw)
        compact = orjson.dumps(value)
    except orjson.JSONDecodeError as error:
        explain(raw, error, max_depth)
    except orjson.JSONEncodeError:  # its only reason for a parsed value: nesting beyond its own bound
        raise JsonProblem(f"is nested deeper than {max_depth} levels") from None
    if b"\\" in raw and (b"\\u003" in raw or b"\\u0000" in raw):  # a colon, or NUL
        check_unique(raw)
        check_nul(value)
    elif raw.count(b":") != compact.count(b":"):
        check_unique(raw)
    if raw.count(b"{") + raw.count(b"[") > max_depth and depth(value, max_depth) > max_depth:
        raise JsonProblem(f"is nested deeper than {max_depth} levels")
    return value, compact


def check_unique(raw: bytes) -> None:
    """Raise `JsonProblem` naming the first key that stands twice in one object."""

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) != len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise JsonProblem(f"has the key `{twice}` twice")
        return found

    json.loads(raw, object_pairs_hook=unique)


def check_nul(value: object) -> None:
    """Raise `JsonProblem` if a string or key inside `value` contains NUL."""
    level: list[object] = [value]
    while level:
        below: list[object] = []
        for each in level:
            if isinstance(each, dict):
                below.extend(each)
                below.extend(each.values())
            elif isinstance(each, list):
                below.extend(each)
            elif isinstance(each, str) and "\0" in each:
                raise JsonProblem("has the character NUL (\\u0000) in a text")
        level = below


def depth(value: object, stop_at: int) -> int:
    """Return how deep lists and objects are nested in `value`, or the first number above `stop_at`."""
    levels = 0
    level: list[Any] = [value] if isinstance(value, dict | list) else []
    while level and levels <= stop_at:
        levels += 1
        level = [
            inner
            for each in level
            for inner in (each.values() if type(each) is dict else each)
            if type(inner) is dict or type(inner) is list
        ]
    return levels


def explain(raw: bytes, error: orjson.JSONDecodeError, max_depth: int) -> NoReturn:
    """Raise `JsonProblem` with the reason in words and the line and column inside `raw`."""
    try:
        raw.decode()
    except UnicodeDecodeError as wrong:
        raise JsonProblem(not_utf8(raw, wrong)) from None
    message = error.msg
    if "depth limit" in message:
        raise JsonProblem(f"is nested deeper than {max_depth} levels") from None
    rest = raw.decode()[error.pos : error.pos + 9].lstrip("-")
    if rest.startswith(("NaN", "Infinity")):
        message = "NaN and Infinity are not JSON; write null"
    elif "surrogate" in message:
        message = "half of a surrogate pair (\\ud800 to \\udfff) is not a character"
    place = f"line {error.lineno} of it, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
    raise JsonProblem(f"is not valid JSON: {message} ({place})") from None


def not_utf8(raw: bytes, wrong: UnicodeDecodeError) -> str:
    """Return a sentence about the first byte that is not UTF-8, with advice."""
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "is UTF-16, not UTF-8; save the file as UTF-8"
    return f"is not valid UTF-8 (byte 0x{raw[wrong.start]:02X} at position {wrong.start + 1}); save the file as UTF-8"


def size(count: int) -> str:
    """Return a number of bytes for people: `10 MB`."""
    for unit, factor in (("MB", 1024 * 1024), ("kB", 1024)):
        if count >= factor:
            return f"{count / factor:.10g} {unit}"
    return f"{count} bytes"
