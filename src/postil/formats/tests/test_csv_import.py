"""CSV and TSV: delimiters, headers, numbers, rows that do not fit."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postil.core.result import ItemError
from postil.formats.importer import ImportContext, TaskItem
from postil.formats.importers import IMPORTERS


def read(content: str | bytes, name: str = "csv") -> list[TaskItem | ItemError]:
    raw = content.encode() if isinstance(content, str) else content
    return list(IMPORTERS.get(name).read(io.BytesIO(raw), ImportContext()))


def data(content: str, name: str = "csv") -> list[dict[str, Any]]:
    items = read(content, name)
    assert [item for item in items if isinstance(item, ItemError)] == []
    return [item.data for item in items if isinstance(item, TaskItem)]


def errors(content: str | bytes, name: str = "csv") -> list[str]:
    return [str(item) for item in read(content, name) if isinstance(item, ItemError)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a,b\n1,x\n", [{"a": 1, "b": "x"}]),
        ("a;b\n1;x,y\n", [{"a": 1, "b": "x,y"}]),
        ("a;b,c;d\n1;2;3\n", [{"a": 1, "b,c": 2, "d": 3}]),
        ("only\nx\ny\n", [{"only": "x"}, {"only": "y"}]),
        (",a\n0,x\n", [{"Unnamed: 0": 0, "a": "x"}]),
        (" a , b \r\n x,y \r\n", [{"a": " x", "b": "y "}]),
        ("\ufeffa,b\n1,2", [{"a": 1, "b": 2}]),
        ('"a,1","b ""q"""\n"x\r\ny",""\n', [{"a,1": "x\r\ny", 'b "q"': ""}]),
    ],
)
def test_header_names_the_columns(content: str, expected: list[dict[str, Any]]) -> None:
    assert data(content) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1", "-2", "0"], [1, -2, 0]),
        (["1", "", "3"], [1, "", 3]),
        (["1.5", "2"], [1.5, 2]),
        (["1.0", "-0.25"], [1.0, -0.25]),
        (["", ""], ["", ""]),
        (["1", "x"], ["1", "x"]),
        (["007", "8"], ["007", "8"]),
        (["1.50", "2"], ["1.50", "2"]),
        (["1e3", "2"], ["1e3", "2"]),
        (["+1", "2"], ["+1", "2"]),
        (["-0", "1"], ["-0", "1"]),
        (["1234567890123456", "1"], ["1234567890123456", "1"]),
        ([" 1", "1"], [" 1", "1"]),
        (["nan", "1"], ["nan", "1"]),
        (["True", "False"], ["True", "False"]),
        (["٣", "1"], ["٣", "1"]),
    ],
)
def test_column_becomes_numbers_only_if_nothing_is_lost(cells: list[str], expected: list[Any]) -> None:
    found = [row["n"] for row in data("n,x\n" + "".join(f"{cell},x\n" for cell in cells))]

    assert found == expected
    assert [type(value) for value in found] == [type(value) for value in expected]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a,b\n1\n", ["line 2, column `b`: missing"]),
        ("a,text\n1,x\n\n\n2\n3,y\n", ["line 5, column `text`: missing"]),
        ("a,b\n1,2,3\n", ["line 2: has 3 cells, but the header names 2 columns"]),
        ("a,b\n", ["file: has a header but no rows below it"]),
        ("\na,b\n", ["line 1: begins with a blank line; the first line must name the columns"]),
        ("a,b,a\n1,2,3\n", ["line 1, column `a`: the header names this column twice"]),
        ("a\tb\n1\t2\n", ["line 1: the columns seem to be separated by tab; name the file .tsv"]),
        ("a|b\n1|2\n", ["line 1: the columns seem to be separated by `|`; separate them by commas"]),
        ('a,b\n"x,1\n2,3\n', ["line 2: a quotation mark is opened here and never closed"]),
        ("a,b\r1,2\r", ["line 1: lines end with CR alone; save the file with LF or CRLF line ends"]),
        ("a,b\nx\0,1\n", ["line 2: has the character NUL; this is no text file"]),
    ],
)
def test_what_does_not_fit_is_an_error_with_its_line(content: str, expected: list[str]) -> None:
    assert errors(content) == expected


def test_misplaced_quotation_mark_spoils_one_row() -> None:
    items = read('a,b\n"x"y,1\nz,2\n')

    assert "line 2: a quotation mark is misplaced" in str(items[0])
    assert [item.data for item in items if isinstance(item, TaskItem)] == [{"a": "z", "b": 2}]


def test_wrong_encoding_names_line_and_byte() -> None:
    assert errors("text\nok\ncafé\nok\n".encode("latin-1")) == [
        "line 3: is not valid UTF-8 (byte 0xE9 at position 4); save the file as UTF-8"
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a,b\n1,2\n", ["line 1: the columns seem to be separated by `,`; name the file .csv"]),
        ("a|b\n1|2\n", ["line 1: the columns seem to be separated by `|`; separate them by tabs"]),
    ],
)
def test_tsv_says_when_it_is_none(content: str, expected: list[str]) -> None:
    assert errors(content, "tsv") == expected


def test_line_numbers_survive_cells_with_line_breaks() -> None:
    items = read('a,b\n"x\ny\nz",1\nlast\n')

    assert [item.where for item in items] == ["line 2", "line 5"]


name = st.text("abc ü_=", min_size=1, max_size=4).map(str.strip).filter(bool)
names = st.lists(name, min_size=2, max_size=4, unique=True)
characters = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('",;\n\t')
cells = st.text(characters, max_size=6).map("x".__add__)


@settings(max_examples=40, deadline=None)
@given(header=names, rows=st.lists(st.lists(cells, min_size=4, max_size=4), min_size=1, max_size=5), tab=st.booleans())
def test_table_in_is_table_out(header: list[str], rows: list[list[str]], tab: bool) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t" if tab else ",")
    writer.writerows([header, *(row[: len(header)] for row in rows)])

    found = data(text.getvalue(), "tsv" if tab else "csv")

    assert found == [dict(zip(header, row, strict=False)) for row in rows]
