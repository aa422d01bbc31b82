"""CSV, TSV and JSON_MIN: columns, cells, and what they are safe against."""

import csv
import io
import json
from typing import Any

import pytest

from postil.formats.exporter import ExportContext, TaskDocument, export
from postil.formats.exporters import EXPORTERS
from postil.formats.exporters.csv import cell
from postil.labeling.config import parse_config

CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="mood" toName="text"><Choice value="Good"/></Choices>
<Repeater on="$parts"><Choices name="part_{{idx}}" toName="text"><Choice value="a"/></Choices></Repeater></View>"""


def item(name: str, **value: Any) -> dict[str, Any]:
    return {"id": name, "from_name": name, "to_name": "text", "type": "choices", "value": value}


def table(*tasks: dict[str, Any], name: str = "CSV", config: str = CONFIG, raw: bool = False) -> list[dict[str, str]]:
    stream = io.BytesIO()
    export(EXPORTERS.get(name), map(TaskDocument.of, tasks), stream, ExportContext(parse_config(config), raw_cells=raw))
    delimiter = "," if name == "CSV" else "\t"
    return list(csv.DictReader(io.StringIO(stream.getvalue().decode(), newline=""), delimiter=delimiter))


def small(*tasks: dict[str, Any], config: str = CONFIG) -> list[dict[str, Any]]:
    stream = io.BytesIO()
    export(EXPORTERS.get("JSON_MIN"), map(TaskDocument.of, tasks), stream, ExportContext(parse_config(config)))
    rows: list[dict[str, Any]] = json.loads(stream.getvalue())
    return rows


def task(data: dict[str, Any], *annotations: dict[str, Any]) -> dict[str, Any]:
    return {"id": 1, "data": data, "annotations": list(annotations)}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_cell_that_a_spreadsheet_would_run_is_disarmed(start: str) -> None:
    dangerous = f"{start}cmd|' /C calc'!A0"

    (row,) = table(task({"text": dangerous}))
    (untouched,) = table(task({"text": dangerous}), raw=True)

    assert row["text"] == "'" + dangerous
    assert untouched["text"] == dangerous


def test_column_name_is_disarmed_too() -> None:
    (row,) = table(task({"=1+1": "x"}))

    assert row["'=1+1"] == "x"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (-5, "-5"), (2.5, "2.5"), (True, "True"), (None, '""'), ("", '""'), ("a", '"a"'), ('say "hi"', '"say ""hi"""'),
        ([1, "ü"], '"[1,""ü""]"'), ({"k": None}, '"{""k"":null}"'), ("-5", "\"'-5\""),
    ],
)  # fmt: skip
def test_cell_writes_numbers_bare_and_everything_else_quoted(value: object, expected: str) -> None:
    assert cell(value, raw=False) == expected


def test_data_with_the_name_of_a_control_moves_to_its_own_column() -> None:
    rows = table(
        task({"text": "x", "mood": "of the data"}, {"id": 5, "result": [item("mood", choices=["Good"])]}),
        task({"text": "y", "mood": "also", "annotator": "mine"}),
    )

    assert [(row["mood"], row["_data_mood"], row["annotator"]) for row in rows] == [
        ("Good", "of the data", ""), ("", "also", ""),
    ]  # fmt: skip


def test_data_called_id_wins_where_it_is_given() -> None:
    rows = table(task({"text": "x", "id": "mine"}), task({"text": "y"}))

    assert [row["id"] for row in rows] == ["mine", "1"]


def test_newest_annotation_comes_first_and_skipped_ones_are_left_out() -> None:
    annotations = [
        {"id": 1, "created_at": "2026-01-01T00:00:00Z", "result": []},
        {"id": 2, "created_at": "2026-01-03T00:00:00Z", "result": []},
        {"id": 3, "created_at": "2026-01-02T00:00:00Z", "result": [], "was_cancelled": True},
        {"id": 4, "created_at": None, "result": []},
    ]

    assert [row["annotation_id"] for row in table(task({"text": "x"}, *annotations))] == ["2", "1", "4"]


def test_names_made_by_a_repeater_are_columns() -> None:
    result = [item("part_0", choices=["a"]), item("part_12", choices=["a", "b"]), item("part_x", choices=["a"])]

    (row,) = small(task({"text": "x"}, {"id": 1, "result": result}))

    assert (row["part_0"], row["part_12"]) == ("a", {"choices": ["a", "b"]})
    assert "part_x" not in row


def test_several_answers_of_one_control_stay_a_list() -> None:
    result = [item("mood", choices=["Good"]), item("mood", choices=["Good", "Bad"])]

    (row,) = small(task({"text": "x"}, {"id": 1, "result": result}))

    assert row["mood"] == ["Good", {"choices": ["Good", "Bad"]}]


def test_results_of_an_empty_config_are_kept() -> None:
    result = [{"from_name": "own", "type": "reactcode", "value": {"reactcode": {"a": 1}}}]

    (row,) = small(task({"text": "x"}, {"id": 1, "result": result}), config="<View></View>")

    assert row["own"] == [{"reactcode": {"a": 1}}]


def test_chat_gets_a_readable_column() -> None:
    messages = [
        {"from_name": "chat", "type": "chatmessage", "value": {"chatmessage": {"role": role, "content": content}}}
        for role, content in (("user", "Hi"), ("assistant", ""), ("", "aside"))
    ]

    (row,) = table(task({"text": "x"}, {"id": 1, "result": messages}))

    assert row["chat_transcript"] == "user: Hi\nassistant:\naside"
    assert json.loads(row["chat"])[0] == {"role": "user", "content": "Hi"}


def test_history_and_agreement_are_carried_when_given() -> None:
    given = {**task({"text": "x"}, {"id": 1, "result": [], "history": [{"by": 1}]}), "agreement": 0.75}

    (row,) = table(given)

    assert (row["history"], row["agreement"]) == ('[{"by":1}]', "0.75")
    assert small(given)[0]["agreement"] == 0.75


def test_tsv_separates_by_tabs() -> None:
    (row,) = table(task({"text": "a\tb,c"}), name="TSV")

    assert row["text"] == "a\tb,c"


def test_many_rows_keep_their_columns() -> None:
    tasks = [{"id": n, "data": {"text": str(n), f"only_{n % 3}": n}, "annotations": []} for n in range(5_000)]

    rows = table(*tasks)

    assert [row["text"] for row in rows] == [str(n) for n in range(5_000)]
    assert rows[4_001]["only_2"] == "4001"
    assert rows[4_001]["only_1"] == ""
