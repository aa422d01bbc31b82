"""The parts that need no server."""

import ast
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil_client import Filter, Unreachable, column, data
from postil_client._auth import expiry_of
from postil_client._items import JsonItems
from postil_client.errors import error_of

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
ITEMS = st.lists(st.dictionaries(st.text(), VALUES, max_size=4), max_size=8)


@given(ITEMS, st.integers(1, 50), st.sampled_from([None, 1]), st.booleans())
def test_items_come_out_as_they_went_in(items: list[object], size: int, indent: int | None, plain: bool) -> None:
    raw = json.dumps(items, indent=indent, ensure_ascii=plain).encode("utf-8", "surrogatepass")
    reader = JsonItems()
    found = [item for at in range(0, len(raw), size) for item in reader.feed(raw[at : at + size])]
    assert found + reader.close() == items


def test_a_list_that_is_cut_off_is_not_taken_for_a_whole_one() -> None:
    reader = JsonItems()
    assert reader.feed(b'[{"id": 1}, {"id"') == [{"id": 1}]
    with pytest.raises(Unreachable, match="cut off"):
        reader.close()


def test_something_else_than_a_list_is_refused() -> None:
    with pytest.raises(Unreachable, match="did not send a list"):
        JsonItems().feed(b'{"detail": "x"}')


def test_a_filter_is_written_as_the_api_takes_it() -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=2)))
    found = (column("created_at") >= moment) & column("annotators").contains(7) & data("a.b").is_empty()
    assert found.as_json() == {
        "conjunction": "and",
        "items": [
            {
                "filter": "filter:tasks:created_at",
                "operator": "greater_or_equal",
                "type": "Datetime",
                "value": "2026-01-02T01:04:05.000000Z",
            },
            {"filter": "filter:tasks:annotators", "operator": "contains", "type": "List", "value": 7},
            {"filter": "filter:tasks:data.a.b", "operator": "empty", "type": "String", "value": True},
        ],
    }


@pytest.mark.parametrize(
    ("made", "operator", "kind", "value"),
    [
        (column("id") != 3, "not_equal", "Number", 3),
        (column("id") < 3, "less", "Number", 3),
        (column("id") <= 3, "less_or_equal", "Number", 3),
        (column("draft_exists") == True, "equal", "Boolean", True),  # noqa: E712 -- it makes a filter
        (data("text").lacks("x"), "not_contains", "String", "x"),
        (column("predictions_model_versions").contains(["v1", "v2"]), "contains", "List", ["v1", "v2"]),
    ],
)
def test_each_comparison_has_its_operator_and_type(made: Filter, operator: str, kind: str, value: object) -> None:
    item = made.items[0]
    assert (item["operator"], item["type"], item["value"]) == (operator, kind, value)


def test_and_or_and_not_make_groups() -> None:
    one, two, three = (column("id") == number for number in (1, 2, 3))
    items = [each.items[0] for each in (one, two, three)]
    assert ((one & two) & three).as_json() == {"conjunction": "and", "items": items}
    assert (one & (two | three)).as_json() == {
        "conjunction": "and",
        "items": [items[0], {"conjunction": "or", "items": items[1:]}],
    }
    assert (~one | ~(two & three)).as_json() == {
        "conjunction": "or",
        "items": [
            {"conjunction": "and", "items": items[:1], "not": True},
            {"conjunction": "and", "items": items[1:], "not": True},
        ],
    }
    assert ~~one == one


def test_the_end_of_a_token_is_read() -> None:
    claims = "eyJleHAiOiAxNzAwMDAwMDAwfQ"  # {"exp": 1700000000}
    assert expiry_of(f"e30.{claims}.x") == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC).timestamp()
    assert expiry_of("0123456789abcdef") is None
    assert expiry_of("a.b.c") is None


def test_an_answer_that_is_no_json_still_has_words() -> None:
    error = error_of(502, "GET /x", None, "<h1>Bad gateway</h1>")
    assert (error.status, error.detail, error.fields) == (502, "<h1>Bad gateway</h1>", {})


def test_the_package_needs_httpx_and_nothing_else() -> None:
    folder = Path(__file__).resolve().parents[1] / "src/postil_client"
    nodes = [node for path in folder.glob("*.py") for node in ast.walk(ast.parse(path.read_text()))]
    named = {each.name for node in nodes if isinstance(node, ast.Import) for each in node.names}
    named |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    others = {name.split(".")[0] for name in named} - set(sys.stdlib_module_names)
    assert others == {"httpx", "postil_client"}


def test_the_waiting_client_is_made_from_the_other() -> None:
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "tools/gen_client.py", "--check"], cwd=root, check=False)
    assert done.returncode == 0
