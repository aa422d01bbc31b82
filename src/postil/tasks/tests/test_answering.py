"""Long lists become text some entries at a time, and are the same list."""

import json

import pytest

from postil.tasks import answering
from postil.tasks.answering import answer_list


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5])
def test_a_list_is_the_same_however_it_was_written(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "WRITTEN_AT_ONCE", 2)
    entries = [{"id": number, "text": 'ä"],['} for number in range(count)]
    found = answer_list(entry for entry in entries)
    assert found["Content-Type"] == "application/json"
    assert json.loads(found.content) == entries
