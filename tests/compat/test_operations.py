"""Every operation that existing clients call is served, with and without the final slash."""

from pathlib import Path
from typing import Any

import pytest

LINES = [
    line.rsplit(maxsplit=1)
    for line in (Path(__file__).parent / "operations.txt").read_text().splitlines()
    if not line.startswith("#")
]
OPERATIONS = [(method, path) for methods, path in LINES for method in methods.split()]
# Of these only the spelling in the list exists: the name of a file ends the path.
FILES = ("a.png", ".csv", ".json")
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda value: value)
def test_an_operation_is_served(method: str, path: str, client_for: Any) -> None:
    """A stranger is sent away, which says that somebody is at home: 404 and 405 are no answers."""
    address = path.replace("{id}", "1")
    spellings = [address] if address.endswith(FILES) else [address.rstrip("/"), address.rstrip("/") + "/"]
    for spelling in spellings:
        answer = client_for(None).request(method, spelling, {})
        assert answer.status not in (404, 405, 301, 308), (spelling, answer.status)


def test_what_is_not_served_is_told_apart(client_for: Any) -> None:
    assert client_for(None).request("GET", "/api/nothing/1/").status == 404
    assert client_for(None).request("PUT", "/api/projects/counts/", {}).status == 405


def test_the_list_is_whole() -> None:
    assert len(OPERATIONS) == len(set(OPERATIONS)) == 266
    assert sum(path.startswith("/api/storages/") for _, path in OPERATIONS) == 99
