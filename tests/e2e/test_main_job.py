"""From an empty server to files of real labels, with a killed server in the middle."""

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from skimage import data, io

from tests.e2e.pages import Box, Studio

pytestmark = pytest.mark.e2e
CANVAS = {"astronaut": (512, 512), "coffee": (600, 400)}
FIRST, SECOND = Box(100, 80, 120, 90), Box(260, 150, 80, 140)
THIRD = Box(50, 60, 200, 110)
TEXTS = [
    "The food was wonderful and the service even better.",
    "Never again: two hours of waiting, and the soup was cold.",
    "Ein schöner Abend – 10/10 😀",
]


def photos(folder: Path) -> list[Path]:
    """Write two real photos."""
    paths = [folder / "astronaut.png", folder / "coffee.png"]
    io.imsave(paths[0], data.astronaut(), check_contrast=False)
    io.imsave(paths[1], data.coffee(), check_contrast=False)
    return paths


def percent(box: Box, scale: float, size: tuple[int, int]) -> dict[str, float]:
    """Return what a box on the screen must become: percent of the picture, which starts in the canvas's corner."""
    width, height = size
    return {
        "x": box.x / scale / width * 100,
        "y": box.y / scale / height * 100,
        "width": box.width / scale / width * 100,
        "height": box.height / scale / height * 100,
    }


def drawn(result: dict[str, Any]) -> dict[str, float]:
    return {name: result["value"][name] for name in ("x", "y", "width", "height")}


def test_photos_are_labeled_while_the_server_dies(studio: Studio, tmp_path: Path) -> None:
    studio.become_owner()
    project = studio.create_project("Photos", "Object Detection with Bounding Boxes")
    studio.import_files(project, photos(tmp_path), tasks=2)
    editor = studio.label_all(project)
    frame = editor.canvas.bounding_box()
    assert frame is not None

    editor.draw("1", FIRST)
    expect(editor.state).to_contain_text("Saved")
    studio.server.kill()
    editor.draw("2", SECOND)
    expect(editor.state).to_contain_text("1 change waiting")
    studio.server.start()
    expect(editor.state).to_contain_text("Saved", timeout=60_000)
    editor.submit()
    expect(studio.page.get_by_role("treeitem")).to_have_count(0)
    editor.draw("4", THIRD)
    expect(editor.state).to_contain_text("Saved")
    editor.submit()
    expect(studio.page.get_by_text(re.compile("2 of 2|labeled|done", re.I)).first).to_be_visible()

    exported = json.loads(studio.download(project, "JSON", tmp_path / "out.json").read_text())
    results = [task["annotations"][0]["result"] for task in exported]
    assert [[r["value"]["rectanglelabels"] for r in result] for result in results] == [
        [["Car"], ["Bicycle"]],
        [["Traffic light"]],
    ]
    for result, boxes, size in zip(results, [[FIRST, SECOND], [THIRD]], CANVAS.values(), strict=True):
        scale = min(frame["width"] / size[0], frame["height"] / size[1])
        for entry, box in zip(result, boxes, strict=True):
            assert (entry["original_width"], entry["original_height"]) == size
            assert drawn(entry) == pytest.approx(percent(box, scale, size), abs=0.3)

    with zipfile.ZipFile(studio.download(project, "COCO", tmp_path / "coco.zip")) as archive:
        coco = json.loads(archive.read("result.json"))
    names = {category["id"]: category["name"] for category in coco["categories"]}
    assert [(image["width"], image["height"]) for image in coco["images"]] == list(CANVAS.values())
    assert [names[item["category_id"]] for item in coco["annotations"]] == ["Car", "Bicycle", "Traffic light"]
    flat = [(entry, size) for result, size in zip(results, CANVAS.values(), strict=True) for entry in result]
    for item, (entry, (width, height)) in zip(coco["annotations"], flat, strict=True):
        value = entry["value"]
        expected = [value["x"] * width, value["y"] * height, value["width"] * width, value["height"] * height]
        assert item["bbox"] == pytest.approx([number / 100 for number in expected], abs=0.01)


def test_texts_are_labeled_by_keyboard_alone(studio: Studio, tmp_path: Path) -> None:
    studio.become_owner()
    project = studio.create_project("Moods", "Text Classification", group="Natural Language Processing")
    tasks = tmp_path / "texts.json"
    tasks.write_text(json.dumps([{"text": text} for text in TEXTS]))
    studio.import_files(project, [tasks], tasks=3)
    editor = studio.label_all(project)
    for text, key in zip(TEXTS, "121", strict=True):
        expect(studio.page.get_by_text(text)).to_be_visible()
        studio.page.keyboard.press(key)
        editor.submit()
        expect(studio.page.get_by_text(text)).not_to_be_visible()
    exported = json.loads(studio.download(project, "JSON", tmp_path / "out.json").read_text())
    assert [task["data"]["text"] for task in exported] == TEXTS
    choices = [task["annotations"][0]["result"][0]["value"]["choices"] for task in exported]
    assert choices[0] == choices[2] != choices[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible(studio: Studio, tmp_path: Path, scheme: str) -> None:
    studio.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
    studio.open("/")
    studio.page.get_by_label("E-mail").wait_for()
    problems = {"welcome": studio.accessibility_problems()}
    studio.become_owner()
    project = studio.create_project("Photos", "Object Detection with Bounding Boxes")
    studio.import_files(project, photos(tmp_path), tasks=2)
    waits = {
        "/projects/": "heading", f"/projects/{project}/data/": "grid", f"/projects/{project}/import/": "tabpanel",
        f"/projects/{project}/export/": "radiogroup", f"/projects/{project}/settings/general/": "heading",
        f"/projects/{project}/data/?labeling=1": "application",
    }  # fmt: skip
    for path, role in waits.items():
        studio.open(path)
        studio.page.get_by_role(role).first.wait_for()  # type: ignore[arg-type]  # a word of ARIA
        problems[path] = studio.accessibility_problems()
    assert {path: found for path, found in problems.items() if found} == {}


def test_a_telephone_shows_everything_without_sideways_scrolling(studio: Studio) -> None:
    studio.page.set_viewport_size({"width": 390, "height": 844})
    studio.become_owner()
    project = studio.create_project("Small", "Text Classification", group="Natural Language Processing")
    for path in ("/projects/", f"/projects/{project}/data/", f"/projects/{project}/import/", "/account/profile/"):
        studio.open(path)
        studio.page.get_by_role("main").wait_for()
        width = studio.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, path
