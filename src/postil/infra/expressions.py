"""SQL expressions over JSON columns and text that are spelled differently on SQLite and PostgreSQL.

Values of the wrong JSON type are NULL, so that a comparison with them matches nothing. On SQLite a path stands in the
SQL as a quoted literal, because an index on the same expression is found only then; a path with quotation marks or
control characters is a parameter.
"""

import re
import sqlite3
from collections.abc import Sequence
from typing import Any, ClassVar

import orjson
import re2
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from postil.infra.db import sqlite_path

Path = tuple[str | int, ...]
MAX_PATTERN_LENGTH = 1_000
NUMBER_PATTERN = r"^[+-]?(\d{1,250}(\.\d{0,250})?|\.\d{1,250})([eE][+-]?\d{1,3})?$"
_NUMBER = re.compile(NUMBER_PATTERN, re.ASCII)
_AWKWARD = re.compile(r'["\\\x00-\x1f]')
# RE2 and PostgreSQL write these differently.
_POSTGRES_SPELLING = {r"\b": r"\y", r"\B": r"\Y", r"\z": r"\Z", r"\C": "."}


class _JsonAt(models.Func):
    """Base: looks at one place inside a JSON column; subclasses say what of it they want."""

    sqlite_template: ClassVar[str] = ""
    postgres_template: ClassVar[str] = ""

    def __init__(self, column: str, path: Path, **extra: Any) -> None:
        self.path = path
        super().__init__(models.F(column), **extra)

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, Any]:  # type: ignore[override]
        """Use SQLite's JSON functions."""
        column, params = compiler.compile(self.source_expressions[0])
        kind, value, arguments = _sqlite_place(column, self.path)
        sql = self.sqlite_template.format(kind=kind, value=value)
        uses = self.sqlite_template.count("{kind}") + self.sqlite_template.count("{value}")
        return sql, [*params, *arguments] * uses

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, Any]:
        """Use PostgreSQL's path operators."""
        column, params = compiler.compile(self.source_expressions[0])
        sql = self.postgres_template.format(kind=f"json_typeof({column} #> %s)", value=f"({column} #>> %s)")
        return sql, [*params, [str(part) for part in self.path]] * sql.count("%s")


def _sqlite_place(column: str, path: Path) -> tuple[str, str, list[str]]:
    """Return SQL for the type and the value at `path`, and the parameters each takes."""
    if len(path) == 1 and _AWKWARD.search(str(path[0])):
        # SQLite's paths have no escape for a quote inside a key.
        one = f"(SELECT {{}} FROM json_each({column}) WHERE key = %s)"  # noqa: S608 -- a compiled column name
        return one.format("type"), one.format("value"), [str(path[0])]
    if any(_AWKWARD.search(str(part)) for part in path):
        path = ("",)
    literal = "'" + sqlite_path(path).replace("'", "''").replace("%", "%%") + "'"
    return f"json_type({column}, {literal})", f"json_extract({column}, {literal})", []


class JsonString(_JsonAt):
    """The value as text if it is a JSON string, compared by code points on both databases."""

    output_field: ClassVar["models.Field[Any, Any]"] = models.TextField()
    sqlite_template = "(CASE {kind} WHEN 'text' THEN {value} END)"
    postgres_template = "(CASE {kind} WHEN 'string' THEN {value} END) COLLATE \"C\""


class JsonNumber(_JsonAt):
    """The value if it is a JSON number, or a string that reads as one."""

    output_field: ClassVar["models.Field[Any, Any]"] = models.FloatField()
    sqlite_template = (
        "(CASE {kind} WHEN 'integer' THEN {value} WHEN 'real' THEN {value} WHEN 'text' THEN postil_number({value}) END)"
    )
    postgres_template = (
        "(CASE WHEN {kind} IN ('number', 'string') AND {value} ~ '"
        + NUMBER_PATTERN.replace("{", "{{").replace("}", "}}")
        + "' THEN {value}::numeric END)"
    )


class JsonStrictNumber(_JsonAt):
    """The value if it is a JSON number."""

    output_field: ClassVar["models.Field[Any, Any]"] = models.FloatField()
    sqlite_template = "(CASE {kind} WHEN 'integer' THEN {value} WHEN 'real' THEN {value} END)"
    # Only an exponent can make a JSON number too large to be read.
    postgres_template = JsonNumber.postgres_template.replace(
        "IN ('number', 'string') AND", "= 'number' AND strpos(lower({value}), 'e') = 0 OR {kind} = 'number' AND"
    )


class JsonBoolean(_JsonAt):
    """The value if it is true or false."""

    output_field: ClassVar["models.Field[Any, Any]"] = models.BooleanField()
    sqlite_template = "(CASE {kind} WHEN 'true' THEN 1 WHEN 'false' THEN 0 END)"
    postgres_template = "(CASE {kind} WHEN 'boolean' THEN ({value})::boolean END)"


class JsonAnyText(_JsonAt):
    """The value as text whatever its type: strings bare, everything else as JSON; NULL when missing or null."""

    output_field: ClassVar["models.Field[Any, Any]"] = models.TextField()
    sqlite_template = "(CASE {kind} WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE CAST({value} AS TEXT) END)"
    postgres_template = "{value}"


class JsonOtherText(_JsonAt):
    """The value as text unless it is a number: what comes after the numbers when a column is sorted."""

    output_field: ClassVar["models.Field[Any, Any]"] = models.TextField()
    sqlite_template = JsonAnyText.sqlite_template.replace(
        "{kind} WHEN", "{kind} WHEN 'integer' THEN NULL WHEN 'real' THEN NULL WHEN", 1
    )
    postgres_template = "(CASE {kind} WHEN 'number' THEN NULL ELSE {value} END) COLLATE \"C\""


class IsAmong(models.Func):
    """Whether a number is in a list of any length: one parameter, however long the list."""

    output_field: ClassVar["models.Field[Any, Any]"] = models.BooleanField()
    conditional = True

    def __init__(self, column: str, numbers: Sequence[int]) -> None:
        self.numbers = list(numbers)
        super().__init__(models.F(column))

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, Any]:  # type: ignore[override]
        """Read the list as a JSON table."""
        sql, params = compiler.compile(self.source_expressions[0])
        return f"({sql} IN (SELECT value FROM json_each(%s)))", [*params, orjson.dumps(self.numbers).decode()]  # noqa: S608 -- a compiled column name

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, Any]:
        """Use an array."""
        sql, params = compiler.compile(self.source_expressions[0])
        return f"({sql} = ANY(%s::bigint[]))", [*params, self.numbers]


class ContainsText(models.Func):
    """Whether the text contains `needle`, in any case and any script."""

    output_field: ClassVar["models.Field[Any, Any]"] = models.BooleanField()
    conditional = True

    def __init__(
        self, text: models.expressions.Combinable, needle: str, *, start: bool = False, end: bool = False
    ) -> None:
        self.needle, self.start, self.end = needle, start, end
        super().__init__(text)

    def _like(self) -> str:
        escaped = self.needle.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"{'' if self.start else '%'}{escaped}{'' if self.end else '%'}"

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, Any]:  # type: ignore[override]
        """SQLite's LIKE folds ASCII only; other scripts go through a function of ours."""
        sql, params = compiler.compile(self.source_expressions[0])
        if self.needle.isascii():
            return f"({sql} LIKE %s ESCAPE '\\')", [*params, self._like()]
        return f"postil_contains({sql}, %s, %s, %s)", [*params, self.needle.casefold(), self.start, self.end]

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, Any]:
        """ILIKE folds other scripts as the locale of the database says, and "C" says nothing: those are spelled out."""
        sql, params = compiler.compile(self.source_expressions[0])
        if self.needle.isascii():
            return f"(({sql}) ILIKE %s ESCAPE '\\')", [*params, self._like()]
        pattern = any_case_pattern(self.needle)
        return f"(({sql}) ~ %s)", [*params, f"{'^' if self.start else ''}{pattern}{'$' if self.end else ''}"]


def any_case_pattern(text: str) -> str:
    """Return a regular expression of PostgreSQL that matches the text in any case, whatever the locale."""
    parts = []
    for letter in text:
        cases = sorted({case for case in (letter, letter.lower(), letter.upper()) if len(case) == 1})
        if len(cases) > 1:
            parts.append(f"[{''.join(cases)}]")
        else:
            parts.append(letter if letter.isalnum() or not letter.isascii() else f"\\{letter}")
    return "".join(parts)


class MatchesPattern(models.Func):
    """Whether a regular expression is found in the text, in linear time.

    The caller checks the pattern with `is_pattern` first. What RE2 accepts has neither back-references nor look-around,
    and PostgreSQL runs such patterns without backtracking.
    """

    output_field: ClassVar["models.Field[Any, Any]"] = models.BooleanField()
    conditional = True

    def __init__(self, text: models.expressions.Combinable, pattern: str) -> None:
        self.pattern = pattern
        super().__init__(text)

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, Any]:  # type: ignore[override]
        """Run RE2 through a function of ours."""
        sql, params = compiler.compile(self.source_expressions[0])
        return f"postil_regex({sql}, %s)", [*params, self.pattern]

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, Any]:
        """Use PostgreSQL's own engine, in its spelling."""
        sql, params = compiler.compile(self.source_expressions[0])
        return f"(({sql}) ~ %s)", [*params, postgres_pattern(self.pattern)]


def is_pattern(pattern: str) -> bool:
    """Whether RE2 accepts the regular expression, and it is short enough."""
    if len(pattern) > MAX_PATTERN_LENGTH or "\x00" in pattern:
        return False
    return _compiled(pattern) is not None


def postgres_pattern(pattern: str) -> str:
    """Return a pattern of RE2 as PostgreSQL writes it."""
    spelled = re.sub(r"\\.", lambda found: _POSTGRES_SPELLING.get(found[0], found[0]), pattern, flags=re.DOTALL)
    # Without this mark a leading `*` or `***` would be an embedded option.
    return "***:" + re.sub(r"\(\?P?<\w+>", "(", spelled)


def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 8 << 20
    try:
        return re2.compile(pattern, options)
    except re2.error:
        return None


_patterns: dict[str, Any] = {}


def _regex(text: object, pattern: str) -> bool | None:
    if not isinstance(text, str):
        return None
    if pattern not in _patterns:
        if len(_patterns) > 100:
            _patterns.clear()
        _patterns[pattern] = _compiled(pattern)
    compiled = _patterns[pattern]
    return compiled is not None and compiled.search(text) is not None


def _contains(text: object, needle: str, start: int, end: int) -> bool | None:
    if not isinstance(text, str):
        return None
    folded = text.casefold()
    if start or end:
        return (not start or folded.startswith(needle)) and (not end or folded.endswith(needle))
    return needle in folded


def _number(text: object) -> float | None:
    if isinstance(text, str) and _NUMBER.match(text.strip()):
        return float(text)
    return None


def add_functions(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Give a fresh SQLite connection the functions that the expressions above use."""
    raw = connection.connection
    if isinstance(raw, sqlite3.Connection):
        raw.create_function("postil_regex", 2, _regex, deterministic=True)
        raw.create_function("postil_contains", 4, _contains, deterministic=True)
        raw.create_function("postil_number", 1, _number, deterministic=True)


class PairAtLeast(models.Func):
    """Whether a pair of columns comes at or after a pair of values, in the order of an index on both."""

    output_field: ClassVar["models.Field[Any, Any]"] = models.BooleanField()
    conditional = True

    def __init__(self, first: Any, second: Any, lowest_first: Any, lowest_second: Any) -> None:
        super().__init__(first, second, lowest_first, lowest_second)

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, Any]:  # type: ignore[override]
        """Compare rows, which both databases do by an index."""
        parts = [compiler.compile(part) for part in self.source_expressions]
        first, second, lowest_first, lowest_second = (sql for sql, _ in parts)
        return f"({first}, {second}) >= ({lowest_first}, {lowest_second})", [p for _, params in parts for p in params]
