"""Splits a JSON list of any length into its items, holding no more than a window of it.

```
window:  {…}, {…}, {…}, {"text": "…          the file goes on
                       ^ cut: what is before it is handed out, what is after it begins the next window
```
A cut is guessed from the way the first item begins and proved by parsing: `[` + window up to the cut + `]` is a list
only if the cut lies between two items. Where guessing fails, the end of each item is found by counting brackets outside
strings; that way also finds the place where a broken list breaks.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

WINDOW = 1024 * 1024
GUESSES = 4
SPACES = re.compile(rb"[ \t\r\n]*+")
TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{}"]', re.DOTALL)
SCALAR = re.compile(rb"[^,\]\s]++")
FIRST_KEY = re.compile(rb'\s*(\{\s*"[^"\\]{0,100}+")')
ITEMS = msgspec.json.Decoder(list[msgspec.Raw])
QUOTE, OPENING, CLOSING = ord('"'), frozenset(b"{["), frozenset(b"}]")


class BrokenListError(ValueError):
    """The list cannot be read further: why, and on which line of the file."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def split(stream: BinaryIO, start: bytes, *, max_item_bytes: int) -> Iterator[bytes]:
    """Yield the items of a list: `start` is what was read of `stream`, beginning with its `[`.

    Items look like JSON values but are not checked. Raises `BrokenListError` when the list itself is broken or cut off,
    or an item is so much larger than `max_item_bytes` that its end is not worth looking for.
    """
    window = _Window(stream, start, max_item_bytes)
    while not window.closed:
        window.fill()
        end = window.guessed_end()
        if end:
            yield from map(bytes, ITEMS.decode(b"[%b]" % window.data[:end]))
            window.drop(window.skip(end) + 1)
        elif window.at_end and _is_list(b"[" + window.data):
            yield from map(bytes, ITEMS.decode(b"[" + window.data))
            return
        else:
            yield from window.scanned()


def _is_list(text: bytes) -> bool:
    try:
        ITEMS.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


class _Window:
    """The unread part of a list, from the beginning of an item on."""

    def __init__(self, stream: BinaryIO, start: bytes, max_item_bytes: int) -> None:
        self.stream = stream
        self.data = start
        self.max_item_bytes = max_item_bytes
        self.line = 1
        self.at_end = False
        self.closed = False
        self.first_key = b""
        self.drop(1)
        self._close_if_empty()

    def _close_if_empty(self) -> None:
        self.drop(self.skip(0))
        while not self.data and not self.at_end:
            self.grow(WINDOW)
            self.drop(self.skip(0))
        if self.data.startswith(b"]"):
            self.close(1)

    def fill(self) -> None:
        """Read until the window is full; learn from the first item how items begin."""
        if len(self.data) < WINDOW:
            self.grow(WINDOW)
        if not self.first_key:
            found = FIRST_KEY.match(self.data)
            self.first_key = found.group(1) if found else b"["

    def grow(self, by: int) -> None:
        chunk = self.stream.read(by)
        self.data += chunk
        self.at_end = not chunk

    def drop(self, count: int) -> None:
        """Forget the first `count` bytes."""
        self.line += self.data.count(b"\n", 0, count)
        self.data = self.data[count:]

    def skip(self, at: int) -> int:
        """Return the position of the first byte that is no white space, from `at` on."""
        found = SPACES.match(self.data, at)
        return found.end() if found else at

    def broken(self, reason: str, at: int) -> BrokenListError:
        return BrokenListError(reason, self.line + self.data.count(b"\n", 0, at))

    def close(self, at: int) -> None:
        """Take note that the list ends before `at`; nothing but white space may follow."""
        self.drop(at)
        while not self.closed:
            rest = self.skip(0)
            if rest < len(self.data):
                raise self.broken("something follows after the end of the list", rest)
            self.drop(rest)
            self.grow(WINDOW)
            self.closed = self.at_end

    def guessed_end(self) -> int:
        """Return where the last complete item of the window ends, or 0 if a few guesses do not find it."""
        stop = len(self.data)
        for _ in range(0 if self.at_end else GUESSES):
            stop = self.data.rfind(self.first_key, 1, stop)
            if stop <= 0:
                return 0
            head = self.data[max(0, stop - 64) : stop].rstrip()
            end = max(0, stop - 64) + len(head) - 1
            if head.endswith(b",") and end > 0 and _is_list(b"[%b]" % self.data[:end]):
                return end
        return 0

    def scanned(self) -> Iterator[bytes]:
        """Yield at least one item, found by counting brackets, and drop what was found from the window."""
        found = False
        at = self.skip(0)
        while not self.closed and (not found or at < WINDOW // 2):
            end = self.item_end(at)
            after = self.skip(end)
            mark = self.data[after : after + 1] if end else b""
            if not mark:
                if found:
                    break
                self.drop(at)
                self.need_more()
                at = self.skip(0)
                continue
            if mark not in {b",", b"]"}:
                raise self.broken("a comma is missing between two items", end)
            yield self.data[at:end]
            found = True
            at = self.skip(after + 1)
            if mark == b"]":
                self.close(after + 1)
        self.drop(at)

    def need_more(self) -> None:
        if len(self.data) > 2 * self.max_item_bytes:
            raise self.broken("an item is far larger than allowed, or a bracket or quote is never closed", 0)
        self.grow(max(WINDOW, len(self.data)))
        if self.at_end:
            raise self.broken("the file ends before the list does; it seems cut off", len(self.data))

    def item_end(self, at: int) -> int:
        """Return the position after the value that begins at `at`, or 0 if the window ends before it does."""
        if at >= len(self.data):
            return 0
        if self.data[at : at + 1] in {b",", b"]", b"}", b":"}:
            raise self.broken("a value is missing before a comma or bracket", at)
        if self.data[at] != QUOTE and self.data[at] not in OPENING:
            scalar = SCALAR.match(self.data, at)
            return scalar.end() if scalar and scalar.end() < len(self.data) else 0
        depth = 0
        for token in TOKEN.finditer(self.data, at):
            begin, end = token.span()
            byte = self.data[begin]
            if byte in OPENING:
                depth += 1
            elif byte in CLOSING:
                depth -= 1
            elif end - begin == 1:
                return 0
            if depth == 0:
                return end
        return 0
