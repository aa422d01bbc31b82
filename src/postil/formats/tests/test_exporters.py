"""The contract every export format keeps, run over its fixture folder."""

import io
import json
import struct
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postil.formats.exporter import ExportContext, TaskDocument, export, is_exporter
from postil.formats.exporters import EXPORTERS, choices
from postil.formats.output import Folder
from postil.labeling.config import parse_config

FIXTURES = Path(__file__).parents[4] / "fixtures/formats/exporters"
MADE_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
HEAD = b"-DOCSTART- -X- O\n"
EMPTY: dict[str, dict[str, bytes]] = {
    "ASR_MANIFEST": {"manifest.json": b""},
    "BRUSH_TO_NUMPY": {},
    "BRUSH_TO_PNG": {},
    "CONLL2003": {"result.conll": HEAD},
    "JSON": {"result.json": b"[]\n"},
    "JSON_MIN": {"result.json": b"[]\n"},
    "VOC": {},
}


class FolderMedia:
    """The uploads of a fixture; knows nothing else."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def open(self, url: str, task_id: int) -> BinaryIO | None:
        path = self.path / url.rpartition("-")[2]
        return path.open("rb") if url.startswith("/data/upload/") and path.exists() else None

    def size(self, url: str, task_id: int) -> tuple[int, int] | None:
        stream = self.open(url, task_id)
        if stream is None:
            return None
        with stream:
            width, height = struct.unpack(">II", stream.read(24)[16:])
        return width, height


def context(name: str) -> ExportContext:
    folder = FIXTURES / name.lower()
    config = parse_config((folder / "config.xml").read_text())
    return ExportContext(config, made_at=MADE_AT, media=FolderMedia(folder / "media"))


def fixture_tasks(name: str) -> list[dict[str, Any]]:
    tasks: list[dict[str, Any]] = json.loads((FIXTURES / name.lower() / "tasks.json").read_text())
    return tasks


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", EXPORTERS)
def test_format_writes_the_files_of_its_fixture(name: str, tmp_path: Path) -> None:
    report = EXPORTERS.get(name).write(map(TaskDocument.of, fixture_tasks(name)), Folder(tmp_path), context(name))

    assert files(tmp_path) == files(FIXTURES / name.lower() / "expected")
    expected = json.loads((FIXTURES / name.lower() / "report.json").read_text())
    assert {
        "written": report.written,
        "skipped": report.skipped,
        "errors": [str(error) for error in report.errors],
    } == expected


@pytest.mark.parametrize("name", EXPORTERS)
def test_format_is_described(name: str) -> None:
    exporter = EXPORTERS.get(name)

    assert is_exporter(exporter)
    assert exporter.description.endswith(".")
    assert exporter.link.startswith("https://")
    assert exporter.loses
    assert "/" in exporter.media_type


@pytest.mark.parametrize("name", EXPORTERS)
def test_download_is_one_file_of_the_promised_kind(name: str) -> None:
    stream = io.BytesIO()

    export(EXPORTERS.get(name), map(TaskDocument.of, fixture_tasks(name)), stream, context(name))

    expected = files(FIXTURES / name.lower() / "expected")
    if EXPORTERS.get(name).extension == "zip":
        with zipfile.ZipFile(stream) as archive:
            assert {entry: archive.read(entry) for entry in archive.namelist()} == expected
            assert archive.infolist()[0].date_time == (2026, 3, 1, 12, 0, 0)
    else:
        assert {f"result.{EXPORTERS.get(name).extension}": stream.getvalue()} == expected


@pytest.mark.parametrize("name", EXPORTERS)
def test_no_tasks_give_a_valid_file(name: str, tmp_path: Path) -> None:
    report = EXPORTERS.get(name).write([], Folder(tmp_path), context(name))

    assert (report.written, report.skipped, report.errors) == (0, 0, [])
    if name in EMPTY:
        assert files(tmp_path) == EMPTY[name]
        return
    if name.startswith("YOLO"):
        labels = [each["name"] for each in json.loads((tmp_path / "notes.json").read_text())["categories"]]
        assert (tmp_path / "classes.txt").read_text().split() == labels
        assert not (tmp_path / "labels").exists()
        return
    (written,) = files(tmp_path).values()
    if name == "BRUSH_TO_COCO":
        parts = json.loads(written)
        assert [parts[key] for key in ("images", "annotations", "categories")] == [[], [], []]
    elif name.startswith("COCO"):
        coco = json.loads(written)
        assert (coco["images"], coco["annotations"]) == ([], [])
        assert [c["name"] for c in coco["categories"]] == ["Sign", "Bike", "Car", "Mud", "Road", "default"]
    else:
        assert written.endswith(b"\r\n")
        assert written.count(b"\r\n") == 1


@pytest.mark.parametrize("name", EXPORTERS)
def test_a_bad_task_is_an_error_in_the_report_and_the_rest_is_written(name: str, tmp_path: Path) -> None:
    good = TaskDocument.of(fixture_tasks(name)[0])

    report = EXPORTERS.get(name).write(
        [TaskDocument(b""), good, TaskDocument(b"[1, 2]"), TaskDocument(b'"x"')], Folder(tmp_path), context(name)
    )

    assert report.written == 1
    assert [error.where for error in report.errors] == ["item 1", "item 3", "item 4"]


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
odd_values = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ("rle", "start", "end", "x", "y", "width", "height", "rotation", "points", "choices", "text", "type"),
        json_values,
    )
    | {
        key: st.just(["Car"]) | json_values
        for key in ("rectanglelabels", "polygonlabels", "keypointlabels", "brushlabels", "labels")
    },
)
odd_results = st.fixed_dictionaries(
    {},
    optional={
        "from_name": st.sampled_from(
            ["box", "area", "point", "mask", "paint", "mood", "note", "span", "spans", "words", "gone"]
        )
        | json_values,
        "type": st.sampled_from(["rectanglelabels", "choices", "relation", "chatmessage"]) | json_values,
        "value": odd_values | json_values,
        "id": json_values,
        "original_width": st.just(640) | json_values,
        "original_height": st.just(480) | json_values,
        "parentID": json_values,
    },
)
odd_tasks = st.fixed_dictionaries(
    {},
    optional={
        "id": json_values,
        "data": st.dictionaries(st.sampled_from(["image", "text", "=a", "mood"]), json_values) | json_values,
        "annotations": st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "id": json_values,
                    "result": st.lists(odd_results | json_values, max_size=4) | json_values,
                    "created_at": json_values,
                    "was_cancelled": st.booleans(),
                    "completed_by": json_values,
                    "lead_time": json_values,
                },
            )
            | json_values,
            max_size=2,
        )
        | json_values,
    },
)


def read(entry: str, content: bytes) -> None:
    """Fail if a reader of the format could not read a file of it."""
    if entry in {"notes.json", "result.json", "result_coco.json"}:
        json.loads(content)
    elif entry == "manifest.json":
        assert all("audio_filepath" in json.loads(line) for line in content.splitlines())
    elif entry.startswith("labels/"):
        assert all(float(word) is not None for line in content.decode().splitlines() for word in line.split())
    elif entry.endswith(".xml"):
        ElementTree.fromstring(content)


@pytest.mark.parametrize("name", EXPORTERS)
@settings(max_examples=25, deadline=None)
@given(tasks=st.lists(odd_tasks, max_size=3))
def test_whatever_the_tasks_hold_the_file_can_be_read(name: str, tasks: list[dict[str, Any]]) -> None:
    stream = io.BytesIO()

    report = export(EXPORTERS.get(name), map(TaskDocument.of, tasks), stream, context(name))

    assert report.written + report.skipped + report.error_count >= len(tasks)
    if EXPORTERS.get(name).extension == "zip":
        with zipfile.ZipFile(stream) as archive:
            assert archive.testzip() is None
            for entry in archive.namelist():
                read(entry, archive.read(entry))
    elif EXPORTERS.get(name).extension == "json":
        json.loads(stream.getvalue())
    else:
        stream.getvalue().decode()


@settings(max_examples=25, deadline=None)
@given(tasks=st.lists(st.dictionaries(st.text(), json_values)))
def test_json_gives_back_what_came_in(tasks: list[dict[str, Any]]) -> None:
    stream = io.BytesIO()

    report = export(EXPORTERS.get("JSON"), map(TaskDocument.of, tasks), stream, context("JSON"))

    assert json.loads(stream.getvalue()) == tasks
    assert report.written == len(tasks)


def test_json_passes_bytes_on_unparsed() -> None:
    stream = io.BytesIO()
    raw = b'{"n": 1.50, "big": 123456789012345678901234567890, "a":"\\u00e9"}'

    export(EXPORTERS.get("JSON"), [TaskDocument(raw), TaskDocument(raw)], stream, context("JSON"))

    assert stream.getvalue() == b"[\n" + raw + b",\n" + raw + b"\n]\n"


def test_json_joins_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postil.formats.exporters.json.BATCH_BYTES", 20)
    stream = io.BytesIO()

    export(EXPORTERS.get("JSON"), [TaskDocument(b'{"n":%d}' % n) for n in range(9)], stream, context("JSON"))

    assert json.loads(stream.getvalue()) == [{"n": n} for n in range(9)]


def test_task_is_parsed_once() -> None:
    document = TaskDocument(b'{"id": 1}')

    assert document.parsed is document.parsed
    assert document.parsed == {"id": 1}


def test_without_media_no_image_is_in_the_archive() -> None:
    stream = io.BytesIO()
    ctx = ExportContext(context("COCO_WITH_IMAGES").config)

    report = export(EXPORTERS.get("COCO_WITH_IMAGES"), many("COCO_WITH_IMAGES", 1), stream, ctx)

    with zipfile.ZipFile(stream) as archive:
        assert archive.namelist() == ["result.json"]
    assert "the image cannot be read, so it is not in the archive" in str(report.errors[0])


def many(name: str, count: int) -> Iterator[TaskDocument]:
    task = TaskDocument.of(fixture_tasks(name)[0])
    for _ in range(count):
        yield TaskDocument(task.raw)


@pytest.mark.parametrize("name", ["JSON", "JSON_MIN", "CSV", "COCO"])
def test_memory_does_not_grow_with_the_number_of_tasks(name: str, tmp_path: Path) -> None:
    def peak(count: int) -> int:
        with (tmp_path / str(count)).open("wb") as stream:
            tracemalloc.start()
            export(EXPORTERS.get(name), many(name, count), stream, context(name))
            _, highest = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return highest

    few = peak(600)

    # Threads of earlier tests may still end meanwhile; what they need is not always there.
    assert min(peak(2_400) for _ in range(3)) < few * 1.2


ALWAYS = ["JSON", "JSON_MIN", "CSV", "TSV"]
YOLO_OBB = ["YOLO_OBB", "YOLO_OBB_WITH_IMAGES"]
SHAPES = ["YOLO", "YOLO_WITH_IMAGES", *YOLO_OBB]


@pytest.mark.parametrize(
    ("tags", "more"),
    [
        ('<Image name="i" value="$i"/><RectangleLabels name="b" toName="i"><Label value="x"/></RectangleLabels>',
         ["COCO", "COCO_WITH_IMAGES", "VOC", *SHAPES]),
        ('<Image name="i" value="$i"/><PolygonLabels name="b" toName="i"><Label value="x"/></PolygonLabels>',
         ["COCO", "COCO_WITH_IMAGES", *SHAPES]),
        ('<Image name="i" value="$i"/><KeyPointLabels name="b" toName="i"><Label value="x"/></KeyPointLabels>',
         YOLO_OBB),
        ('<Image name="i" value="$i"/><BrushLabels name="b" toName="i"><Label value="x"/></BrushLabels>',
         ["BRUSH_TO_NUMPY", "BRUSH_TO_PNG", "BRUSH_TO_COCO"]),
        ('<Image name="i" value="$i"/><EllipseLabels name="b" toName="i"><Label value="x"/></EllipseLabels>', []),
        ('<Text name="t" value="$t"/><Labels name="l" toName="t"><Label value="x"/></Labels>', ["CONLL2003"]),
        ('<HyperText name="t" value="$t"/><Labels name="l" toName="t"><Label value="x"/></Labels>', []),
        ('<Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="x"/></Choices>', []),
        ('<Audio name="a" value="$a"/><TextArea name="t" toName="a"/>', ["ASR_MANIFEST"]),
    ],
)  # fmt: skip
def test_choices_put_formats_that_suit_first(tags: str, more: list[str]) -> None:
    found = list(choices(parse_config(f"<View>{tags}</View>")))

    assert [choice.name for choice in found if choice.suits] == [*ALWAYS, *more]
    assert {choice.name for choice in found} == set(EXPORTERS)
    assert [choice.suits for choice in found] == sorted((choice.suits for choice in found), reverse=True)
