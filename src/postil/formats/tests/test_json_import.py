"""JSON and JSON Lines: what is taken, what is refused, and where it is said to be."""

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postil.core.result import ItemError
from postil.formats import json_array, strict_json
from postil.formats.importer import ImportContext, TaskItem
from postil.formats.importers import IMPORTERS
from postil.formats.strict_json import JsonProblem


def read(content: str | bytes, name: str = "json") -> list[TaskItem | ItemError]:
    raw = content.encode() if isinstance(content, str) else content
    return list(IMPORTERS.get(name).read(io.BytesIO(raw), ImportContext()))


def reasons(content: str | bytes, name: str = "json") -> list[str]:
    return [str(item) for item in read(content, name) if isinstance(item, ItemError)]


def data(content: str | bytes, name: str = "json") -> list[dict[str, Any]]:
    return [item.data for item in read(content, name) if isinstance(item, TaskItem)]


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), inner, max_size=4)
    ),
    max_leaves=12,
)


keys = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5)
objects = st.dictionaries(keys, values)


@settings(max_examples=50, deadline=None)
@given(tasks=st.lists(objects, min_size=1, max_size=6), indent=st.sampled_from([None, 0, 3]), plain=st.booleans())
def test_json_in_is_json_out(tasks: list[dict[str, Any]], indent: int | None, plain: bool) -> None:
    wrapped = [{"data": task} for task in tasks]

    text = json.dumps(wrapped, indent=indent, ensure_ascii=plain)

    items = read(text)
    assert [item.data for item in items if isinstance(item, TaskItem)] == tasks
    assert [json.loads(item.data_json()) for item in items if isinstance(item, TaskItem)] == tasks


@settings(max_examples=30, deadline=None)
@given(tasks=st.lists(objects, min_size=1, max_size=30), window=st.integers(8, 90), indent=st.sampled_from([None, 1]))
def test_list_is_split_the_same_at_every_window(tasks: list[Any], window: int, indent: int | None) -> None:
    text = json.dumps(tasks, indent=indent).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_array, "WINDOW", window)

        items = list(json_array.split(io.BytesIO(text[1:]), text[:1], max_item_bytes=10_000))

    assert [json.loads(item) for item in items] == tasks


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ('{"a": 1, "a": 2}', "has the key `a` twice"),
        ('{"a":1,"b":{"c":1,"c":1}}', "has the key `c` twice"),
        ('{"a" : 1, "a" : "\\u003a"}', "has the key `a` twice"),
        ('{"x": "\\u003a", "a": ":", "a": 1}', "has the key `a` twice"),
        ('{"a": "\\u0000"}', "has the character NUL"),
        ('{"a": ["x", ["\\u0000"]]}', "has the character NUL"),
        ('{"\\u0000": 1}', "has the character NUL"),
        ('{"a": NaN}', "NaN and Infinity are not JSON; write null (column 7)"),
        ('{"a": -Infinity}', "NaN and Infinity are not JSON"),
        ('{"a": 1e999}', "is not valid JSON: number is infinity"),
        ('{"a": "\\ud800"}', "half of a surrogate pair"),
        ('{"a": "\\udc00x"}', "half of a surrogate pair"),
        ('{"a": ' + "[" * 100 + "]" * 100 + "}", "is nested deeper than 100 levels"),
        ('{"a": ' + "[" * 300 + "]" * 300 + "}", "is nested deeper than 100 levels"),
        ('{"a": ' + "[" * 3000 + "]" * 3000 + "}", "is nested deeper than 100 levels"),
        ("[1]", "must be an object with the task's data, not a list"),
        ("null", "must be an object with the task's data, not null"),
        ("true", "must be an object with the task's data, not true or false"),
        ('{"data": null}', "column `data`: must be an object, not null"),
        ('{"data": {}, "annotations": [1]}', "column `annotations`: entry 1 must be an object, not a number"),
        ('{"data": {}, "predictions": "x"}', "column `predictions`: must be a list, not a text"),
        ('{"data": {}, "meta": [1]}', "column `meta`: must be an object, not a list"),
        ('{"data": {}, "allow_skip": 1}', "column `allow_skip`: must be true or false, not a number"),
        ('{"a": tru}', "is not valid JSON"),
        ('{"a": "line\nbreak"}', "is not valid JSON"),
    ],
)
def test_item_is_refused_with_its_place_and_the_others_are_read(item: str, reason: str) -> None:
    items = read(f'[{{"n": 1}}, {item}, {{"n": 3}}]')

    assert [each.data for each in items if isinstance(each, TaskItem)] == [{"n": 1}, {"n": 3}]
    (error,) = (each for each in items if isinstance(each, ItemError))
    assert error.where == "item 2"
    assert reason in str(error)


@pytest.mark.parametrize(
    "item",
    [
        '{"a": "\\\\u0000"}', '{"a": "\\u003a", "b": "\\u003a"}', '{"a": ":::", "b" : ": :"}', '{"a:": {"b:": ":"}}',
        '{"a": [{"x": 1}, {"x": 1}], "x": 1}', '{"a":\t1 ,\r\n"b"\n:2}', '{"": "", "\\"": "\\":"}',
        '{"a": ' + "[" * 99 + "]" * 99 + "}", '{"a": [[1], [2], [3]]}',
        '{"n": 1.0, "e": 1e5, "m": -0.0, "\\u00e9": "é"}',
    ],
)  # fmt: skip
def test_odd_but_proper_item_is_taken(item: str) -> None:
    assert data(f"[{item}]") == [json.loads(item)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[", "line 1, after item 0: the file ends before the list does; it seems cut off"),
        ('[{"a": 1},\n{"a": 2}', "line 2, after item 1: the file ends before the list does"),
        ('[{"a": 1},\n{"a": "never closed', "line 2, after item 1: the file ends before the list does"),
        ('[{"a": 1}\n{"a": 2}]', "line 1, after item 0: a comma is missing between two items"),
        ('[{"a": 1},,{"a": 2}]', "line 1, after item 1: a value is missing before a comma or bracket"),
        ('[{"a": 1},\n]', "line 2, after item 1: a value is missing before a comma or bracket"),
        ('[{"a": 1}]\n\nmore', "line 3, after item 1: something follows after the end of the list"),
        ("[]", "file: holds an empty list; there is nothing to import"),
        ("\n [ \n ] \n", "file: holds an empty list"),
        ("\n\n5", "line 3: is no JSON: it must begin with `[` or `{`"),
        ("text,n\nhello,1", "line 1: is no JSON: it must begin with"),
        ('{"a": 1}\n{"a": 2}', "line 2: a second object follows: this looks like JSON Lines; name the file .jsonl"),
        ('{"a": 1', "item 1: is not valid JSON"),
    ],
)
def test_broken_file_is_an_error_with_its_line(content: str, expected: str) -> None:
    assert expected in reasons(content)[-1]


def test_single_object_is_one_task() -> None:
    (item,) = read('\ufeff\n {"data": {"a": 1}, "file_upload_id": 4}\n')

    assert isinstance(item, TaskItem)
    assert (item.where, item.data, item.file_upload_id) == ("item 1", {"a": 1}, 4)


def test_references_to_predictions_in_an_export_are_no_error() -> None:
    (item,) = read('[{"data": {}, "predictions": [3, 4], "annotations": [], "drafts": null, "id": 5}]')

    assert isinstance(item, TaskItem)
    assert (item.predictions, item.annotations, item.drafts) == ([], [], [])


def test_cut_inside_nested_objects_is_not_taken_for_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_array, "WINDOW", 64)
    tasks = [{"id": n, "text": '}, {"id": 1', "inner": [{"id": 1}, {"id": 2, "deep": [{"id": 3}]}]} for n in range(50)]

    assert data(json.dumps(tasks)) == tasks


def test_endless_item_is_not_kept_in_memory() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b'[{"a": "' if self.given == size else b"x" * size

    stream = Endless()
    items = list(IMPORTERS.get("json").read(stream, ImportContext(max_task_bytes=100_000)))  # type: ignore[arg-type]

    assert "far larger than allowed" in str(items[0])
    assert stream.given < 20_000_000


def test_list_without_objects_is_an_error_for_each_item() -> None:
    assert reasons('[1, -2.5, "x]", null, [3]]') == [
        f"item {number}: must be an object with the task's data, not {kind}"
        for number, kind in enumerate(("a number", "a number", "a text", "null", "a list"), 1)
    ]


def test_white_space_around_a_list_is_free() -> None:
    space = " \n\t" * 700_000

    assert data(f'{space}[{space[:999]}{{"a": 1}}{space[:999]}]{space}') == [{"a": 1}]
    assert reasons(f"[{space}]{space}x")[-1].endswith("something follows after the end of the list")


def test_many_numbers_cost_no_more_than_their_number(count_calls: Any) -> None:
    points = {"points": [[n / 7, n / 3] for n in range(20_000)]}
    few = {"points": points["points"][:10_000]}

    assert data(json.dumps([points])) == [points]

    texts = json.dumps([few]), json.dumps([points])
    assert count_calls(lambda: data(texts[1])) < 2.2 * count_calls(lambda: data(texts[0]))


def test_json_lines_name_the_line() -> None:
    assert reasons('{"a": 1}\n\n{"a": \n{"a": 3}', "jsonl")[0].startswith("line 3: is not valid JSON")
    assert data('{"a": 1}\r\n\r\n{"a": 2}\r\n', "jsonl") == [{"a": 1}, {"a": 2}]


def test_strict_loads_takes_any_value_and_skips_a_bom() -> None:
    assert strict_json.loads(b'\xef\xbb\xbf [1, "a"] ') == [1, "a"]
    with pytest.raises(JsonProblem, match="has the key `a` twice"):
        strict_json.loads(b'[{"a": 1, "a": 1}]')
    with pytest.raises(JsonProblem, match=r"is larger than 1 kB"):
        strict_json.loads(b"1" * 1025, max_bytes=1024)
    with pytest.raises(JsonProblem, match="is UTF-16, not UTF-8"):
        strict_json.loads("[]".encode("utf-16"))


@pytest.mark.parametrize(("count", "text"), [(10 * 1024 * 1024, "10 MB"), (1536, "1.5 kB"), (12, "12 bytes")])
def test_size_is_shown_for_people(count: int, text: str) -> None:
    assert strict_json.size(count) == text
