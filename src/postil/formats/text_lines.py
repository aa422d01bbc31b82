"""Opens the source of an import, and reads text from it line by line, strictly as UTF-8."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from postil.formats.importer import Source
from postil.formats.strict_json import BOM, not_utf8, size


class UnreadableError(ValueError):
    """The rest of a text file cannot be read: why, and from which line on."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


@contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """Give a binary stream; closes it only if it was opened here."""
    if isinstance(source, Path):
        with source.open("rb") as stream:
            yield stream
    else:
        yield source


def read_up_to(stream: BinaryIO, limit: int, head: bytes = b"") -> bytes:
    """Return `head` and what follows in the stream, until there are more than `limit` bytes."""
    while len(head) <= limit and (chunk := stream.read(limit + 1 - len(head))):
        head += chunk
    return head


def lines(stream: BinaryIO, *, max_bytes: int) -> Iterator[str]:
    """Yield the lines of a text with their line ends, a BOM skipped; raises `UnreadableError`."""
    number = 0
    while raw := stream.readline(max_bytes + 1):
        number += 1
        if number == 1:
            raw = raw.removeprefix(BOM)
        if len(raw) > max_bytes:
            raise UnreadableError(number, f"is longer than {size(max_bytes)}")
        try:
            line = raw.decode()
        except UnicodeDecodeError as wrong:
            raise UnreadableError(number, not_utf8(raw, wrong)) from None
        if "\0" in line:
            raise UnreadableError(number, "has the character NUL; this is no text file")
        yield line
