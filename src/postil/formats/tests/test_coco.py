"""COCO: numbers of categories, pixels, turned boxes, key points, and what has no place."""

import io
import json
import zipfile
from typing import Any

import pytest

from postil.formats.coco_categories import Categories
from postil.formats.exporter import ExportContext, TaskDocument, export
from postil.formats.exporters import EXPORTERS
from postil.formats.exporters.coco import Coco
from postil.formats.image_files import file_name
from postil.labeling.config import parse_config

CONFIG = """<View><Image name="image" value="$image"/>
<RectangleLabels name="box" toName="image"><Label value="cat"/><Label value="dog"/></RectangleLabels>
<PolygonLabels name="poly" toName="image"><Label value="cat"/></PolygonLabels>
<KeyPointLabels name="kp" toName="image"><Label value="nose"/><Label value="tail"/></KeyPointLabels>
<EllipseLabels name="round" toName="image"><Label value="eye"/></EllipseLabels>
<Rectangle name="plain" toName="image"/><Polygon name="plain_poly" toName="image"/>
<Labels name="labels" toName="image"><Label value="owl"/></Labels></View>"""


TWICE = "the point `tail` was set twice; link points to their object to tell them apart"


def region(name: str, size: tuple[int, int] | None = (200, 100), id_: str = "r", **value: Any) -> dict[str, Any]:
    sizes = {"original_width": size[0], "original_height": size[1]} if size else {}
    return {"id": id_, "from_name": name, "to_name": "image", "type": name, "value": value, **sizes}


def coco(*results: dict[str, Any], data: dict[str, Any] | None = None) -> tuple[dict[str, Any], list[str]]:
    stream = io.BytesIO()
    task = {"id": 7, "data": data or {"image": "/a/b.jpg"}, "annotations": [{"id": 1, "result": list(results)}]}
    report = export(EXPORTERS.get("COCO"), [TaskDocument.of(task)], stream, ExportContext(parse_config(CONFIG)))
    with zipfile.ZipFile(stream) as archive:
        return json.loads(archive.read("result.json")), [str(error) for error in report.errors]


def annotation(**changes: Any) -> dict[str, Any]:
    return {"id": 0, "image_id": 0, "segmentation": [], "ignore": 0, "iscrowd": 0, **changes}


def test_box_becomes_pixels() -> None:
    written, errors = coco(region("box", x=10, y=20, width=30, height=40, rotation=0, rectanglelabels=["cat"]))

    assert errors == []
    assert written["images"] == [{"width": 200, "height": 100, "id": 0, "file_name": file_name("/a/b.jpg")}]
    assert written["annotations"] == [annotation(category_id=0, bbox=[20, 20, 60, 40], area=2400)]


@pytest.mark.parametrize(
    ("rotation", "corners", "box"),
    [
        (90, [100, 20, 100, 60, 80, 60, 80, 20], [80, 20, 20, 40]),
        (180, [100, 20, 60, 20, 60, 0, 100, 0], [60, 0, 40, 20]),
        (360, [], [100, 20, 40, 20]),
        (30, [100, 20, 134.641, 40, 124.641, 57.321, 90, 37.321], [90, 20, 44.641, 37.321]),
    ],
)
def test_turned_box_keeps_its_shape_in_pixels(rotation: float, corners: list[float], box: list[float]) -> None:
    written, _ = coco(region("box", x=50, y=20, width=20, height=20, rotation=rotation, rectanglelabels=["dog"]))

    (found,) = written["annotations"]
    assert [round(n, 3) for each in found["segmentation"] for n in each] == corners
    assert [round(n, 3) for n in found["bbox"]] == box
    assert found["area"] == 800


def test_polygon_gets_area_and_box() -> None:
    written, _ = coco(region("poly", points=[[50, 50], [75, 50], [75, 100]], polygonlabels=["cat"]))

    expected = annotation(category_id=0, segmentation=[[100, 50, 150, 50, 150, 100]], bbox=[100, 50, 50, 50], area=1250)
    assert written["annotations"] == [expected]


def test_separate_shapes_and_labels_make_one_annotation() -> None:
    corners = {"points": [[0, 0], [10, 0], [10, 10]]}
    written, errors = coco(
        region("plain", x=0, y=0, width=10, height=10, id_="a"),
        region("labels", x=0, y=0, width=10, height=10, labels=["owl"], id_="a"),
        region("plain_poly", **corners, id_="b"),
        region("labels", **corners, labels=["owl"], id_="b"),
    )

    assert errors == []
    assert [a["bbox"] for a in written["annotations"]] == [[0, 0, 20, 10], [0, 0, 20, 10]]


def test_label_that_only_results_know_is_added_at_the_end() -> None:
    written, _ = coco(region("box", x=0, y=0, width=1, height=1, rectanglelabels=["gnu", "cat"]))

    assert written["categories"][-1] == {"id": 6, "name": "gnu"}
    assert written["annotations"][0]["category_id"] == 6


def test_points_of_each_object_are_one_annotation() -> None:
    def point(label: str, x: float, parent: str | None) -> dict[str, Any]:
        return {**region("kp", x=x, y=50, width=1, keypointlabels=[label]), "parentID": parent}

    written, errors = coco(
        point("nose", 10, "a"), point("tail", 20, "a"), point("tail", 30, "b"), point("tail", 1, "b")
    )

    assert [a.get("keypoints") for a in written["annotations"]] == [[20, 50, 2, 40, 50, 2]]
    assert errors == [
        f"task 7, annotation 1, region r, column `kp`: {TWICE}",
    ]
    category = next(c for c in written["categories"] if c["name"] == "default")
    assert category["keypoints"] == ["nose", "tail"]
    assert written["annotations"][0]["category_id"] == category["id"]


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        (region("round", x=1, y=1, radiusX=1, radiusY=1, ellipselabels=["eye"]), "has no label, or a kind of shape"),
        (region("box", x=1, y=1, width=1, height=1, rectanglelabels=[]), "has no label, or a kind of shape"),
        (
            region("box", size=None, x=1, y=1, width=1, height=1, rectanglelabels=["cat"]),
            "the size of the image is unknown",
        ),
        (region("kp", size=None, x=1, y=1, keypointlabels=["nose"]), "the size of the image is unknown"),
        (region("kp", x=1, y=1, keypointlabels=["ear"]), "the label `ear` is none of the config's key points"),
        (region("box", x="1", y=1, width=1, height=1, rectanglelabels=["cat"]), "is neither a box nor a polygon"),
        (
            region("box", x=1, y=1, width=1, height=1, rotation="a", rectanglelabels=["cat"]),
            "the rotation is no number",
        ),
        (region("poly", points=[[1, 1], [2, 2]], polygonlabels=["cat"]), "a polygon needs three points"),
        (region("poly", points=[[1, 1], [2], [3, 3]], polygonlabels=["cat"]), "a point is not two numbers"),
        (region("poly", points="none", polygonlabels=["cat"]), "its points are no list"),
    ],
)
def test_region_without_a_place_is_reported(result: dict[str, Any], reason: str) -> None:
    written, errors = coco(result)

    assert written["annotations"] == []
    assert len(written["images"]) == 1
    assert len(errors) == 1
    assert reason in errors[0]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"other": 1}, "names no image"),
        ({"image": 5}, "names no image"),
        ({"image": ["a.png", "b.png"]}, "lists several images; COCO takes one a task"),
    ],
)
def test_task_without_an_image_is_reported(data: dict[str, Any], reason: str) -> None:
    written, errors = coco(data=data)

    assert written["images"] == []
    assert errors == [f"task 7, annotation 1, column `image`: {reason}"]


def test_numbers_of_categories_come_from_the_config() -> None:
    config = parse_config(
        '<View><Image name="i" value="$i"/><RectangleLabels name="b" toName="i"><Label value="zebra"/>'
        '<Label value="ant" category="1"/><Label value="bee" category="x"/><Label value="Bear" alias="bear"/>'
        '</RectangleLabels><PolygonLabels name="p" toName="i"><Label value="ant" category="1"/></PolygonLabels></View>'
    )

    categories = Categories(config)

    assert categories.listed == [
        {"id": 1, "name": "ant"}, {"id": 0, "name": "bear"}, {"id": 2, "name": "bee"}, {"id": 3, "name": "zebra"},
    ]  # fmt: skip
    assert [categories.number(word) for word in ("zebra", "new", "newer", "new")] == [3, 4, 5, 4]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/data/upload/3/1a2b3c4d-cat%20one.jpg", "images/1a2b3c4d-cat one.jpg"),
        ("https://h.example/x/cat.jpg?size=1", "cat.jpg"),
        ("/data/local-files/?d=set/one/cat.png", "cat.png"),
        ("s3://bucket/deep/cat.webp", "cat.webp"),
        ("data:image/svg+xml;base64,AAAA", "inline.svg"),
        ("/../../etc/passwd", "passwd"),
    ],
)
def test_file_name_is_the_images_own(url: str, expected: str) -> None:
    found = file_name(url)

    assert found.removeprefix("images/").partition("__")[2] or found.removeprefix("images/") in {expected[7:], expected}
    assert found.endswith(expected)
    assert file_name(url) == found


def test_marks_tell_equal_names_apart() -> None:
    assert file_name("s3://a/cat.jpg") != file_name("s3://b/cat.jpg")


@pytest.mark.parametrize(
    ("inside", "suits"),
    [
        ('<RectangleLabels name="a" toName="i"><Label value="x"/></RectangleLabels>', True),
        ('<PolygonLabels name="a" toName="i"><Label value="x"/></PolygonLabels>', True),
        ('<Rectangle name="r" toName="i"/><Labels name="a" toName="i"><Label value="x"/></Labels>', True),
        ('<Rectangle name="r" toName="i"/>', False),
        ('<KeyPointLabels name="a" toName="i"><Label value="x"/></KeyPointLabels>', False),
        ('<BrushLabels name="a" toName="i"><Label value="x"/></BrushLabels>', False),
        ('<Choices name="a" toName="i"><Choice value="x"/></Choices>', False),
    ],
)
def test_suits_configs_with_labeled_boxes_or_polygons(inside: str, suits: bool) -> None:
    assert Coco().suits(parse_config(f'<View><Image name="i" value="$i"/>{inside}</View>')) is suits


def test_does_not_suit_images_with_pages() -> None:
    boxes = '<RectangleLabels name="a" toName="i"><Label value="x"/></RectangleLabels>'

    assert Coco().suits(parse_config(f'<View><Image name="i" valueList="$i"/>{boxes}</View>')) is False
