"""Words of task data and of answers, as full-text search keeps and looks for them.

Case and accents do not count. Scripts without spaces (Chinese, Japanese, Korean, Thai) are cut into pairs of letters,
so that any part of a sentence is found.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

LONGEST = 40
MOST_WORDS = 20_000
LEAST_BEGINNING = 3
# Pictures and sounds inside the data are no text.
_EMBEDDED = re.compile(r"data:[\w.+-]+/[\w.+-]+[;,]")
_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_WORD = re.compile(rf"[{_UNSPACED}]+|(?:(?![{_UNSPACED}])[^\W_])+")
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_ACCENTS = re.compile("[\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word that must be there, or, with `is_beginning`, one that begins like this."""

    word: str
    is_beginning: bool = False


def words_of_data(data: Any) -> set[str]:
    """Return the words in the values of task data; keys and lists of numbers are left out."""
    found: set[str] = set()
    for text in _texts(data, with_numbers=True):
        _collect(text, found)
    return found


def words_of_result(result: Any) -> set[str]:
    """Return the words of an answer: labels, choices, written texts and notes, but no names of controls and no ids."""
    found: set[str] = set()
    for item in result if isinstance(result, list) else []:
        if isinstance(item, dict):
            for key in ("value", "meta"):
                for text in _texts(item.get(key), with_numbers=False):
                    _collect(text, found)
    return found


def wanted_words(question: str) -> list[Wanted]:
    """Return what a question asks for: all its words, the last one perhaps not written to its end."""
    runs = _runs(question)
    wanted: list[Wanted] = []
    for index, run in enumerate(runs):
        if not _IS_UNSPACED.match(run):
            is_open = index == len(runs) - 1 and len(run) >= LEAST_BEGINNING and question[-1:].isalnum()
            wanted.append(Wanted(run[:LONGEST], is_beginning=is_open))
        elif len(run) == 1:
            wanted.append(Wanted(run, is_beginning=True))
        else:
            wanted += [Wanted(run[at : at + 2]) for at in range(len(run) - 1)]
    return list(dict.fromkeys(wanted))


def _texts(value: Any, *, with_numbers: bool) -> Iterator[str]:
    if isinstance(value, str):
        if not _EMBEDDED.match(value):
            yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part, with_numbers=with_numbers)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part, with_numbers=False)
    elif with_numbers and isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)


def _collect(text: str, found: set[str]) -> None:
    for run in _runs(text):
        if len(found) >= MOST_WORDS:
            return
        if _IS_UNSPACED.match(run):
            found.update(run[at : at + 2] for at in range(len(run)))
        else:
            found.add(run[:LONGEST])


def _runs(text: str) -> list[str]:
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return _WORD.findall(unicodedata.normalize("NFC", plain))
