"""The contract every import format keeps, run over its fixture folder."""

import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from postil.core.result import ItemError
from postil.formats.detect import IMPORTER_OF
from postil.formats.importer import ImportContext, Source, TaskItem, is_importer
from postil.formats.importers import IMPORTERS

FIXTURES = Path(__file__).parents[4] / "fixtures/formats/importers"
CARRIED = ("meta", "annotations", "predictions", "drafts", "allow_skip")


def read(name: str, source: Source | bytes, ctx: ImportContext | None = None) -> list[TaskItem | ItemError]:
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    return list(IMPORTERS.get(name).read(stream, ctx or ImportContext()))


def shown(item: TaskItem | ItemError) -> dict[str, Any]:
    if isinstance(item, ItemError):
        return {"error": str(item)}
    extra = {key: getattr(item, key) for key in CARRIED if getattr(item, key) not in (None, [])}
    return {"where": item.where, "index": item.index, "data": item.data, **extra}


class Pipe(io.RawIOBase):
    """A stream that gives a few bytes at a time and cannot go back."""

    def __init__(self, content: bytes, step: int = 7) -> None:
        self._content = io.BytesIO(content)
        self._step = step

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def read(self, size: int = -1) -> bytes:
        return self._content.read(size if 0 <= size < self._step else self._step)

    def readline(self, size: int | None = -1) -> bytes:
        return self._content.readline(-1 if size is None else size)


@pytest.mark.parametrize("name", IMPORTERS)
def test_format_reads_its_fixture_from_a_path_and_from_streams(name: str) -> None:
    (path,) = (FIXTURES / name).glob("input.*")
    expected = json.loads((FIXTURES / name / "expected.json").read_text())

    assert [shown(item) for item in read(name, path)] == expected
    assert [shown(item) for item in read(name, path.read_bytes())] == expected
    assert [shown(item) for item in read(name, Pipe(path.read_bytes()))] == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("name", IMPORTERS)
def test_format_keeps_the_contract(name: str) -> None:
    importer = IMPORTERS.get(name)

    assert is_importer(importer)
    assert {IMPORTER_OF[extension] for extension in importer.extensions} == {name}


@pytest.mark.parametrize("name", IMPORTERS)
def test_data_is_at_hand_as_json(name: str) -> None:
    (path,) = (FIXTURES / name).glob("input.*")
    tasks = [item for item in read(name, path) if isinstance(item, TaskItem)]

    assert tasks
    assert [json.loads(task.data_json()) for task in tasks] == [task.data for task in tasks]


@pytest.mark.parametrize("name", IMPORTERS)
@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n"])
def test_empty_file_is_an_error(name: str, content: bytes) -> None:
    (error,) = read(name, content)

    assert isinstance(error, ItemError)
    assert "is empty" in error.reason or "blank line" in error.reason


@pytest.mark.parametrize("name", IMPORTERS)
@pytest.mark.parametrize(
    "content", [b'[{"text": "caf\xe9"}]', '{"text": "x"}'.encode("utf-16"), b"text\ncaf\xe9\n", b"text\n\xed\xa0\x80\n"]
)
def test_what_is_not_utf8_is_an_error_and_nothing_is_raised(name: str, content: bytes) -> None:
    items = read(name, content)

    assert any(isinstance(item, ItemError) and "UTF-8" in item.reason for item in items) or name in {"json", "jsonl"}
    assert any(isinstance(item, ItemError) for item in items)


@pytest.mark.parametrize("name", IMPORTERS)
@pytest.mark.parametrize("content", [bytes(range(256)), b"\x89PNG\r\n\x1a\n\0\0", b"\0" * 50, b'"' * 99, b"[" * 500])
def test_garbage_gives_an_error(name: str, content: bytes) -> None:
    items = read(name, content)

    assert items
    if name not in {"txt", "html"}:
        assert any(isinstance(item, ItemError) for item in items)


@pytest.mark.parametrize("name", IMPORTERS)
def test_item_larger_than_allowed_is_an_error(name: str) -> None:
    text = "x" * 3_000
    content = {
        "json": f'[{{"text": "{text}"}}]',
        "jsonl": f'{{"text": "{text}"}}',
        "csv": f"text\n{text}\n",
        "tsv": f"text\n{text}\n",
    }.get(name, text)

    items = read(name, content.encode(), ImportContext(max_task_bytes=2048))

    assert any(isinstance(item, ItemError) and "2 kB" in item.reason for item in items)
    assert not any(isinstance(item, TaskItem) for item in items)


def rows(name: str, count: int) -> bytes:
    text = "word " * 20
    if name in {"json", "jsonl"}:
        lines = [json.dumps({"data": {"text": text, "n": n}}) for n in range(count)]
        return ("\n".join(lines) if name == "jsonl" else "[" + ", ".join(lines) + "]").encode()
    return "".join(["text\n", *(f"{text}{n}\n" for n in range(count))]).encode()


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "txt"])
def test_memory_does_not_grow_with_the_number_of_tasks(name: str, tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = tmp_path / str(count)
        path.write_bytes(rows(name, count))
        tracemalloc.start()
        found = sum(isinstance(item, TaskItem) for item in items(path))
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert found >= count
        return highest

    def items(path: Path) -> Iterator[TaskItem | ItemError]:
        yield from IMPORTERS.get(name).read(path, ImportContext())

    few = peak(15_000)

    assert peak(45_000) < few * 1.2


@pytest.mark.parametrize("name", ["txt", "html"])
def test_text_without_a_name_goes_under_the_given_key(name: str) -> None:
    (item,) = read(name, "só um".encode(), ImportContext(data_key="article"))

    assert shown(item)["data"] == {"article": "só um"}
