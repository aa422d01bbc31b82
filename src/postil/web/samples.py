"""Sample files at the addresses that old label configs and tutorials name: a table over time, a conversation."""

import math
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse

from postil.core.errors import Invalid
from postil.infra.failures import answer_to
from postil.infra.http import to_json

ROWS = 1_000
MAX_COLUMNS = 50
MAX_NAME = 200
START = datetime(2020, 1, 1)  # noqa: DTZ001 -- sample times have no zone
SEPARATORS = {"comma": ",", "tab": "\t", "\\t": "\t", "space": " ", "dot": ".", "semicolon": ";"}
TALK = (
    ("Alice", "Hi, Bob."),
    ("Bob", "Hello, Alice!"),
    ("Alice", "What's up?"),
    ("Bob", "Good. Ciao!"),
    ("Alice", "Bye, Bob."),
)


def time_series(request: HttpRequest) -> HttpResponse:
    """Answer with a table: `time` and `values` name its columns, `sep` separates them, `tf` writes the times.

    Columns that are all named by numbers mean a table without a head.
    """
    try:
        text = "\n".join(_table(request))
    except Invalid as problem:
        return answer_to(request, problem)
    return HttpResponse(text, content_type="text/csv; charset=utf-8")


def paragraphs(request: HttpRequest) -> HttpResponse:
    """Answer with a conversation; `nameKey` and `textKey` name the fields of its lines."""
    author, text = (request.GET.get(key) or name for key, name in (("nameKey", "author"), ("textKey", "text")))
    lines = [{author[:MAX_NAME]: who, text[:MAX_NAME]: said} for who, said in TALK]
    return HttpResponse(to_json(lines), content_type="application/json")


def _table(request: HttpRequest) -> Iterator[str]:
    time_column = request.GET.get("time", "")[:MAX_NAME]
    names = [name[:MAX_NAME] for name in request.GET.get("values", "value").split(",")]
    if len(names) > MAX_COLUMNS:
        raise Invalid.field("values", f"At most {MAX_COLUMNS} columns can be made.")
    asked = request.GET.get("sep", ",")
    separator = SEPARATORS.get(asked, asked)
    if len(separator) != 1:
        raise Invalid.field("sep", f"One character is needed, or one of {', '.join(SEPARATORS)}.")
    head = [*([time_column] if time_column else []), *names]
    if not all(name.isdecimal() for name in head):
        yield separator.join(head)
    form = request.GET.get("tf", "")[:MAX_NAME]
    for row in range(ROWS):
        yield separator.join([*([_moment(row, form)] if time_column else []), *_values(row, len(names))])


def _moment(row: int, form: str) -> str:
    if not form:
        return str(row)
    moment = START + timedelta(days=row)
    try:
        return moment.strftime(form)
    except ValueError:
        raise Invalid.field("tf", "A time format such as %Y-%m-%d is needed.") from None


def _values(row: int, count: int) -> Iterator[str]:
    for column in range(count):
        yield f"{math.sin(row / (7 + 5 * column)) + math.cos(row / (31 + 3 * column)) / 2:.4f}"
