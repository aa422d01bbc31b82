"""Example tasks and answers."""

import base64
import io
import json
import wave
from pathlib import Path

import pytest
from PIL import Image

from postil.labeling import sample_media
from postil.labeling.config import parse_config
from postil.labeling.results import check_result
from postil.labeling.sample import sample_document, sample_task, written_sample
from postil.labeling.taskdata import check_task_data

FIXTURES = Path(__file__).parents[4] / "fixtures/tags"
TEXT = "Sample: Your text will go here."


def config(inner: str):
    return parse_config(f"<View>{inner}</View>")


def test_text_is_the_sentence_clients_know():
    assert sample_task(config('<Text name="t" value="$text"/>')) == {"text": TEXT}


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*/*.json")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_examples_fit_their_own_config(path: Path):
    found = parse_config(json.loads(path.read_text(encoding="utf-8"))["config"])
    document = sample_document(found)
    assert check_task_data(found, document["data"]) == []
    result = document["predictions"][0]["result"]
    assert check_result(found, result) == []
    assert document["annotations"] == [{"result": result}]
    json.dumps(document, allow_nan=False)


def test_shapes_bring_their_label_along():
    image = config(
        '<Image name="i" value="$i"/><Rectangle name="r" toName="i"/>'
        '<Labels name="l" toName="i"><Label value="A"/></Labels>'
    )
    shape, label = sample_document(image)["annotations"][0]["result"]
    assert (shape["type"], label["type"], shape["id"]) == ("rectangle", "labels", label["id"])
    assert label["value"] == {**shape["value"], "labels": ["A"]}
    video = config(
        '<Video name="v" value="$v"/><VideoRectangle name="b" toName="v"/>'
        '<Labels name="l" toName="v"><Label value="Cat"/></Labels>'
    )
    (box,) = sample_document(video)["annotations"][0]["result"]
    assert box["value"]["labels"] == ["Cat"]


def test_answers_follow_the_attributes_of_their_control():
    found = config(
        '<Text name="t" value="$t"/><Rating name="r" toName="t" maxRating="2"/><Number name="n" toName="t" min="2.5"/>'
        '<DateTime name="d" toName="t" only="date" format="%d.%m.%Y"/><DateTime name="h" toName="t" only="time"/>'
        '<Choices name="c" toName="t" allowNested="true"><Choice value="a"><Choice value="b"/></Choice></Choices>'
        '<Choices name="p" toName="t" perRegion="true"><Choice value="x"/></Choices>'
    )
    values = {item["from_name"]: item["value"] for item in sample_document(found)["annotations"][0]["result"]}
    assert values == {
        "r": {"rating": 2},
        "n": {"number": 2.5},
        "d": {"datetime": "09.02.2024"},
        "h": {"datetime": "09:30"},
        "c": {"choices": [["a", "b"]]},
    }


def test_what_cannot_be_answered_is_left_out():
    found = config(
        '<Image name="i" value="$i"/><Rectangle name="r" toName="i"/><Number name="n" toName="i" min="low"/>'
        '<Choices name="c" toName="i" value="$opts"/><Foo name="f" toName="i"/>'
        '<List name="li" value="$i"/><Ranker name="rk" toName="li"/><Labels name="l" toName="i" value="$words"/>'
        '<Taxonomy name="x" toName="i" value="$tree"/><Dialog value="$talk"/>'
    )
    document = sample_document(found)
    assert [item["from_name"] for item in document["predictions"][0]["result"]] == ["r", "n"]
    assert document["predictions"][0]["result"][1]["value"] == {"number": 0}
    assert document["data"]["opts"] == [{"value": "First choice"}, {"value": "Second choice"}]
    assert [word["value"] for word in document["data"]["words"]] == ["First label", "Second label"]
    assert document["data"]["tree"][0]["children"] == [{"value": "Cat"}, {"value": "Dog"}]
    assert document["data"]["talk"][0]["name"] == "Ann"


def test_paths_and_fields_inside_text_are_filled():
    assert sample_task(
        config(
            '<Header value="Hi $user.name, $user.names[1].first!"/><Text name="a" value="$a.b"/>'
            '<Video name="v" value="$v" frameRate="$fps"/>'
        )
    ) == {
        "user": {"name": TEXT, "names": [{}, {"first": TEXT}]},
        "a": {"b": TEXT},
        "v": sample_media.video(),
        "fps": 24,
    }


def test_a_repeater_gets_a_list():
    repeated = config(
        '<Repeater on="$list" indexFlag="{{i}}"><Text name="t_{{i}}" value="$list[{{i}}].text"/>'
        '<Image name="p_{{i}}" value="$list[{{i}}].photo"/></Repeater>'
    )
    assert sample_task(repeated) == {"list": [{"text": TEXT, "photo": sample_media.picture()}] * 2}


def test_one_field_used_in_two_ways_does_not_fail():
    assert sample_task(config('<Text name="a" value="$x"/><Text name="b" value="$x.y"/>')) == {"x": {"y": TEXT}}
    assert sample_task(config('<Text name="a" value="$x[0]"/><Text name="b" value="$x.y"/>')) == {"x": [TEXT]}
    assert sample_task(config('<Text name="a" value="$x.y.z"/><Text name="b" value="$x[0]"/>')) == {
        "x": {"y": {"z": TEXT}}
    }
    assert sample_task(config('<Text name="a" value="$x.[0]"/>')) == {"x": [TEXT]}
    assert sample_task(config('<Text name="a" value="$x[999999999].a"/>'))["x"][100] == {"a": TEXT}


def test_data_in_a_comment_comes_first():
    plain = config('<!-- not json --><!-- {"text": "mine"} --><Text name="t" value="$text"/><Header value="$title"/>')
    assert sample_task(plain) == {"text": "mine", "title": TEXT}
    full = config(
        '<!-- {"data": {"text": "mine"}, "annotations": [], "predictions": [{"result": []}]} -->'
        '<Text name="t" value="$text"/><Rating name="r" toName="t"/>'
    )
    assert sample_document(full) == {"data": {"text": "mine"}, "annotations": [], "predictions": [{"result": []}]}
    assert written_sample(config("<!-- [1, 2] -->")) is None


def test_time_series_hold_the_columns_that_are_shown():
    channels = '<Channel column="speed"/><Channel column="height"/>'
    inline = sample_task(
        config(f'<TimeSeries name="s" value="$s" valueType="json" timeColumn="at">{channels}</TimeSeries>')
    )["s"]
    assert sorted(inline) == ["at", "height", "speed"]
    assert inline["at"] == list(range(100))
    url = sample_task(
        config(
            '<TimeSeries name="s" value="$s" sep="tab" timeColumn="at" timeFormat="%Y-%m-%d %H:%M:%S">'
            f"{channels}</TimeSeries>"
        )
    )["s"]
    rows = base64.b64decode(url.partition(",")[2]).decode().splitlines()
    assert rows[0] == "at\tspeed\theight"
    assert rows[2].startswith("2024-01-01 00:00:01\t")
    assert len(rows) == 101


def test_tables_and_phrases_come_in_the_wanted_form():
    table = '<Table name="x" value="$x" valueType="{}"/>'
    assert sample_task(config(table.format("json")))["x"]["name"] == "Ada"
    assert sample_task(config(table.format("csv")))["x"].startswith("name,born\n")
    assert sample_task(config(table.format("csv|url")))["x"].startswith("data:text/csv;base64,")
    phrases = sample_task(config('<Paragraphs name="p" value="$p" nameKey="who" textKey="said"/>'))["p"]
    assert set(phrases[0]) == {"who", "said", "start", "end"}
    url = sample_task(config('<Paragraphs name="p" value="$p" valueType="url"/>'))["p"]
    assert json.loads(base64.b64decode(url.partition(",")[2]))[0]["author"] == "Ann"


def content(url: str) -> bytes:
    return base64.b64decode(url.partition(",")[2])


def test_media_are_real_files():
    with wave.open(io.BytesIO(content(sample_media.sound()))) as sound:
        assert (sound.getnchannels(), sound.getframerate(), sound.getnframes()) == (1, 4000, 4000)
    assert content(sample_media.video())[:4] == b"\x1a\x45\xdf\xa3"
    pdf = content(sample_media.document())
    table = int(pdf.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    assert pdf[table:].startswith(b"xref")
    assert sample_media.picture().startswith("data:image/svg+xml,%3Csvg")


def test_the_example_mask_is_a_png_of_the_pictures_size():
    with Image.open(io.BytesIO(content(sample_media.mask(640, 400)))) as picture:
        assert (picture.size, picture.mode) == ((640, 400), "RGBA")
        assert picture.getbbox() == (213, 133, 373, 200)
