"""Reads the items of a JSON list while it arrives."""

import json
from codecs import getincrementaldecoder

from postil_client.errors import Unreachable

_SPACES = " \t\r\n"


class JsonItems:
    """Takes pieces of a JSON list, gives its items as they become whole; keeps no more than the unfinished rest."""

    def __init__(self) -> None:
        self._bytes = getincrementaldecoder("utf-8")()
        self._read = json.JSONDecoder().raw_decode
        self._text = ""
        self._wanted = 0
        self._is_open = False
        self._is_over = False

    def feed(self, piece: bytes) -> list[dict[str, object]]:
        """Return the items that this piece completes; raises `Unreachable` for what is no list."""
        self._text += self._bytes.decode(piece)
        # An item larger than a piece is looked at again only when twice as much of it has come.
        return [] if len(self._text) < self._wanted else self._items()

    def close(self) -> list[dict[str, object]]:
        """Return the last items; raises `Unreachable` if the list was cut off."""
        found = self._items()
        if not self._is_over:
            raise Unreachable("The list of tasks was cut off: the connection ended before it did.")
        return found

    def _items(self) -> list[dict[str, object]]:
        at, found = self._start(), []
        while not self._is_over:
            at = self._skip(at, _SPACES + ",")
            if self._text[at : at + 1] == "]":
                self._is_over = True
                break
            try:
                item, at = self._read(self._text, at)
            except ValueError:
                break
            found.append(item)
        self._text = self._text[at:]
        self._wanted = 0 if found else 2 * len(self._text)
        return found

    def _start(self) -> int:
        at = self._skip(0, _SPACES)
        if not self._is_open and at < len(self._text):
            if self._text[at] != "[":
                raise Unreachable("The server did not send a list of tasks.")
            self._is_open = True
            at += 1
        return at

    def _skip(self, at: int, what: str) -> int:
        while at < len(self._text) and self._text[at] in what:
            at += 1
        return at
