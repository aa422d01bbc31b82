"""Configs, results and files."""

import base64
from pathlib import Path

import pytest

from postil_ml import (
    BadConfigError,
    Control,
    Introduction,
    Model,
    UnreadableFileError,
    box,
    chosen_in,
    controls_of,
    find_control,
    read_file,
    span,
    write_whole,
)
from postil_ml.files import _address

CONFIG = """<View>
  <Image name="photo" value="$image"/><Text name="text" value="$caption"/>
  <RectangleLabels name="box" toName="photo"><Label value="Car"/><Label value="Bus" alias="bus"/></RectangleLabels>
  <Choices name="topic" toName="text"><Choice value="A"><Choice value="A1"/></Choice></Choices>
  <Pairwise name="best" toName="photo,text"/>
</View>"""


def test_controls_know_their_labels_and_data() -> None:
    assert controls_of(CONFIG) == [
        Control("box", "RectangleLabels", ("photo",), ("image",), ("Car", "bus")),
        Control("topic", "Choices", ("text",), ("caption",), ("A", "A1")),
        Control("best", "Pairwise", ("photo", "text"), ("image", "caption"), ()),
    ]


def test_a_config_without_the_control_is_refused() -> None:
    with pytest.raises(BadConfigError, match="no Rating or Number"):
        find_control(CONFIG, "Rating", "Number")


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><View><Text name="&a;" value="$t"/></View>'
    with pytest.raises(ValueError, match="Entit"):
        controls_of(bomb)


def test_a_box_is_given_in_per_cent_of_its_picture() -> None:
    found = box(find_control(CONFIG, "RectangleLabels"), (50, 20), (100, 40), "Car", (200, 80), score=0.5)
    assert found["value"] == {"x": 25, "y": 25, "width": 50, "height": 50, "rotation": 0, "rectanglelabels": ["Car"]}
    assert (found["original_width"], found["original_height"], found["score"]) == (200, 80, 0.5)


def test_a_span_has_its_text() -> None:
    control = Control("ner", "Labels", ("text",), ("text",), ("City",))
    assert span(control, 3, 7, "City", "in Rome.")["value"] == {
        "start": 3,
        "end": 7,
        "text": "Rome",
        "labels": ["City"],
    }


def test_choices_are_read_from_annotations() -> None:
    control = find_control(CONFIG, "Choices")
    result = [
        {"from_name": "topic", "type": "choices", "value": {"choices": ["A", "A1"]}},
        {"from_name": "other", "type": "choices", "value": {"choices": ["B"]}},
        {"type": "relation", "from_id": "a", "to_id": "b"},
    ]
    assert chosen_in({"result": result}, control) == ["A", "A1"]
    assert chosen_in({"result": result, "was_cancelled": True}, control) == []
    assert chosen_in({"result": None}, control) == []


def test_state_stays_over_restarts(tmp_path: Path) -> None:
    given = Introduction("3.5", CONFIG)
    Model(given, tmp_path).keep("v1", seen=3)
    Model(given, tmp_path).keep("v2")
    again = Model(given, tmp_path)
    assert (again.version, again.state(), again.versions()) == ("v2", {"seen": 3, "version": "v2"}, ["v2"])
    assert given.project_id == 3


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "file"
    write_whole(target, b"old")
    with pytest.raises(TypeError):
        write_whole(target, "no bytes")  # type: ignore[arg-type]
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_data_urls_are_decoded() -> None:
    given = Introduction("1.0", CONFIG)
    assert read_file(given, "data:image/png;base64," + base64.b64encode(b"\x00abc").decode()) == b"\x00abc"
    assert read_file(given, "data:text/plain,a%20b") == b"a b"
    for broken in ("data:text/plain;base64", "data:text/plain;base64,***"):
        with pytest.raises(UnreadableFileError):
            read_file(given, broken)


def test_the_key_goes_to_the_labeling_server_only() -> None:
    given = Introduction("1.0", CONFIG, "http://labels.test:80/", "secret")
    assert _address(given, "/data/upload/1/a.png", None) == ("http://labels.test:80/data/upload/1/a.png", True)
    assert _address(given, "http://labels.test:80/data/a.png", None) == ("http://labels.test:80/data/a.png", True)
    assert _address(given, "http://labels.test:80.evil.test/a.png", None)[1] is False
    assert _address(given, "https://elsewhere.test/a.png", None) == ("https://elsewhere.test/a.png", False)
    name = base64.urlsafe_b64encode(b"s3://bucket/a.png").decode()
    assert _address(given, "s3://bucket/a.png", 5) == (f"http://labels.test:80/tasks/5/presign/?fileuri={name}", True)
    with pytest.raises(UnreadableFileError, match="the task's id is needed"):
        _address(given, "s3://bucket/a.png", None)
    with pytest.raises(UnreadableFileError, match="did not say where it is"):
        _address(Introduction("1.0", CONFIG), "/data/a.png", None)
