"""Words of a text by the rules of the Penn Treebank, with their places.

White space parts words. Punctuation and brackets stand alone, but for commas and colons inside numbers and full stops
inside the text; the last full stop stands alone. Contractions part before their second half (`do` `n't`, `we` `'re`).
The rules: "Treebank tokenization" of the Linguistic Data Consortium.
"""

import re
from collections.abc import Iterator

Word = tuple[int, int]

LONGEST = 100
_CHUNK = re.compile(r"\S+")
_APART = re.compile(r"\.\.\.|--|[;@#$%&?!()\[\]{}<>\"/]|[:,](?!\d)")
_END = re.compile(r"[^.](\.)[\])}>\"']*\s*$")
_HALVES = re.compile(r"(?i)(?:n't|'(?:s|m|d|ll|re|ve))$|(?<=[^'])'$")
_PAIRS = re.compile(
    r"(?i)^(?:(can)(not)|(gim)(me)|(gon)(na)|(got)(ta)|(lem)(me)|(wan)(na)|(d)('ye)|('t)(is)|('t)(was))$"
)


def words(text: str) -> list[Word]:
    """Return start and end of each word, in order."""
    end = _END.search(text)
    last_stop = end.start(1) if end else -1
    return [word for chunk in _CHUNK.finditer(text) for word in _of_chunk(text, chunk.start(), chunk.end(), last_stop)]


def _of_chunk(text: str, start: int, end: int, last_stop: int) -> Iterator[Word]:
    at = start
    marks = [(found.start(), found.end()) for found in _APART.finditer(text, start, end)]
    if start <= last_stop < end and not any(first <= last_stop < last for first, last in marks):
        marks.append((last_stop, last_stop + 1))
    for first, last in sorted(marks):
        yield from _of_piece(text, at, first)
        yield first, last
        at = last
    yield from _of_piece(text, at, end)


def _of_piece(text: str, start: int, end: int) -> Iterator[Word]:
    if start == end:
        return
    # longer ones are no words, and parting them would take long
    half = _HALVES.search(text[start:end]) if end - start <= LONGEST else None
    if half and half.start():
        yield from _of_piece(text, start, start + half.start())
        yield start + half.start(), end
        return
    pair = _PAIRS.match(text[start:end])
    middle = start + next(len(part) for part in pair.groups() if part) if pair else start
    if middle > start:
        yield start, middle
    yield middle, end
