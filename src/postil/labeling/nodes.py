"""XML text → a tree of tags that knows where each tag stands.

Nothing but elements, attributes, text, CDATA and comments is taken: a document type (and with it every entity) and
processing instructions are refused, so there is nothing to expand and nothing to load.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from postil.labeling.problems import ConfigError, Problem
from postil.labeling.spec import TagSpec
from postil.labeling.tags import find_spec

MAX_BYTES = 1_000_000
MAX_DEPTH = 100
MAX_TAGS = 20_000

# These mean the same on every tag, also on tags that nobody knows.
SHARED_ATTRS = {name.lower(): name for name in ("name", "toName", "value", "valueList", "alias", "perRegion")}
VERBATIM_TEXT = {"Style", "Markdown"}
_START_TAG = re.compile(rb"""<(?:"[^"]*"|'[^']*'|[^"'>])*>""")


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One tag. `tag` and the keys of `attrs` are canonical names; `written` is the tag as it was written.

    `attrs["value"]` is the text inside the tag where that stands for the attribute.
    """

    tag: str
    written: str
    attrs: Mapping[str, str]
    line: int
    column: int
    spec: TagSpec | None = field(repr=False)
    children: tuple["Node", ...] = field(default=(), repr=False)
    text: str = field(default="", repr=False)
    markup: str = field(default="", repr=False)

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute as text."""
        return self.attrs.get(name, default)

    def flag(self, name: str) -> bool:
        """Return a boolean attribute; anything but `true` and `false` counts as the default."""
        text = self.attrs.get(name)
        if text in {"true", "false"}:
            return text == "true"
        attr = self.spec.attrs.get(name) if self.spec else None
        return bool(attr.default) if attr else False

    def walk(self) -> Iterator["Node"]:
        """Yield this tag and all below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed text: its root and its comments."""

    root: Node
    comments: tuple[str, ...]


@dataclass(slots=True)
class _Open:
    written: str
    attrs: dict[str, str]
    line: int
    column: int
    content_at: int = -1
    children: list[Node] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def parse_nodes(source: str) -> Document:
    """Return the tree of `source`; raises `ConfigError`."""
    if not source.strip():
        raise _error("empty", "Label config is not set or is empty")
    try:
        data = source.encode()
    except UnicodeEncodeError as error:
        message = f"The label config holds a character that is no text (at position {error.start + 1})."
        raise _error("malformed", message) from None
    if len(data) > MAX_BYTES:
        raise _error("too_large", f"The label config is larger than {MAX_BYTES:,} bytes.")
    return _Builder(data).run()


def _error(code: str, message: str, line: int = 1, column: int = 1, tag: str = "") -> ConfigError:
    return ConfigError(Problem("error", code, message, line, column, tag))


class _Builder:
    """Feeds expat and builds nodes from its events."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._stack: list[_Open] = []
        self._count = 0
        self._verbatim = 0  # depth inside the mark-up of a HyperText
        self._comments: list[str] = []
        self._root: Node | None = None
        self._parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.CommentHandler = self._comments.append
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.ProcessingInstructionHandler = self._refuse_instruction

    def run(self) -> Document:
        """Return the document."""
        try:
            self._parser.Parse(self._data, True)
        except expat.ExpatError as error:
            line, column = error.lineno, error.offset + 1
            reason = expat.ErrorString(error.code)
            message = f"{reason}: line {line}, column {column}"
            if self._data[self._parser.ErrorByteIndex - 1 : self._parser.ErrorByteIndex + 1].find(b"&") >= 0:
                message += ". Write &amp; for an ampersand."
            raise _error("malformed", message, line, column) from None
        assert self._root is not None  # the parser refuses a text without a tag
        return Document(self._root, tuple(self._comments))

    def _place(self) -> tuple[int, int]:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def _start(self, written: str, raw: dict[str, str]) -> None:
        if len(self._stack) + max(0, self._verbatim - 1) >= MAX_DEPTH:
            raise _error("too_deep", f"Tags are nested deeper than {MAX_DEPTH} levels.", *self._place(), written)
        self._count += 1
        if self._count > MAX_TAGS:
            raise _error("too_large", f"The label config has more than {MAX_TAGS:,} tags.", *self._place(), written)
        if self._verbatim:
            self._verbatim += 1
            return
        line, column = self._place()
        self._stack.append(_Open(written, raw, line, column))
        if written.lower() == "hypertext":
            self._verbatim = 1
            self._stack[-1].content_at = _end_of_start_tag(self._data, self._parser.CurrentByteIndex)

    def _end(self, _written: str) -> None:
        if self._verbatim > 1:
            self._verbatim -= 1
            return
        self._verbatim = 0
        node = self._close(self._stack.pop())
        if self._stack:
            self._stack[-1].children.append(node)
        else:
            self._root = node

    def _close(self, tag: _Open) -> Node:
        spec = find_spec(tag.written)
        attrs = _canonical(tag.attrs, spec)
        text, markup = "".join(tag.text), ""
        name = spec.name if spec else tag.written
        if tag.content_at >= 0:
            markup = self._data[tag.content_at : max(tag.content_at, self._parser.CurrentByteIndex)].decode()
            if markup.strip():
                attrs["value"] = markup
        elif not tag.children and text.strip() and "value" not in attrs:
            attrs["value"] = text if name in VERBATIM_TEXT else text.strip()
        return Node(name, tag.written, attrs, tag.line, tag.column, spec, tuple(tag.children), text, markup)

    def _characters(self, text: str) -> None:
        if self._stack and not self._verbatim:
            self._stack[-1].text.append(text)

    def _refuse_doctype(self, *_: object) -> None:
        # The parser stands behind the name by now; the place is that of the opening bracket.
        before = self._data[: self._data.rfind(b"<!DOCTYPE", 0, self._parser.CurrentByteIndex + 9)].decode()
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise _error("doctype", "A document type (DOCTYPE) is forbidden in a label config.", line, column)

    def _refuse_instruction(self, *_: object) -> None:
        raise _error("instruction", "Processing instructions are forbidden in a label config.", *self._place())


def _end_of_start_tag(data: bytes, at: int) -> int:
    """Return where the content begins after the start tag at `at`; for an empty tag, where the tag ends."""
    match = _START_TAG.match(data, at)
    assert match is not None  # the parser has just read it
    return match.end()


def _canonical(raw: Mapping[str, str], spec: TagSpec | None) -> dict[str, str]:
    """Return attributes under their canonical names; where two spellings meet, the canonical one wins."""
    known = spec.spellings if spec else SHARED_ATTRS
    attrs: dict[str, str] = {}
    for written, text in raw.items():
        lower = written.lower()
        name = known.get(lower) or SHARED_ATTRS.get(lower) or written
        if name == written or name not in raw:
            attrs.setdefault(name, text)
    return attrs
