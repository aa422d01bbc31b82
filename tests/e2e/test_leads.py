"""What a lead does with labels: find the worst ones and mend them, rename one everywhere, in a real browser."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from skimage import data, io

from tests.e2e.pages import Studio

pytestmark = pytest.mark.e2e
TASKS = 12
OUTSIDE = {2, 5, 9}


def box(x: float, label: str = "Car") -> dict[str, Any]:
    value = {"x": x, "y": 20, "width": 20, "height": 20, "rotation": 0, "rectanglelabels": [label]}
    size = {"original_width": 512, "original_height": 512}
    return {"type": "rectanglelabels", "from_name": "label", "to_name": "image", "value": value, **size}


@pytest.fixture
def streets(studio: Studio, tmp_path: Path) -> int:
    """A project of twelve labeled pictures; three have a box that reaches out of the picture."""
    studio.become_owner()
    project = studio.create_project("Streets", "Object Detection with Bounding Boxes")
    photo = tmp_path / "astronaut.png"
    io.imsave(photo, data.astronaut(), check_contrast=False)
    studio.import_files(project, [photo], tasks=1)
    image = studio.api(f"/api/tasks/?project={project}")["tasks"][0]["data"]["image"]
    labeled = [
        {"data": {"image": image}, "annotations": [{"result": [box(30), *([box(92)] if at in OUTSIDE else [])]}]}
        for at in range(TASKS)
    ]
    file = tmp_path / "labeled.json"
    file.write_text(json.dumps(labeled))
    studio.import_files(project, [file], tasks=TASKS)
    return project


def total(page: Page, text: str) -> None:
    """Wait until the toolbar counts so many tasks."""
    expect(page.get_by_role("toolbar", name="Tasks").get_by_text(text, exact=True)).to_be_visible()


def start_action(page: Page, title: str) -> Any:
    """Choose all tasks shown and open an action's dialog."""
    page.get_by_role("checkbox", name="Select all tasks").click()
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name=title).click()
    return page.get_by_role("dialog")


def test_the_worst_boxes_are_found_and_mended(studio: Studio, streets: int) -> None:
    page = studio.page
    studio.open(f"/projects/{streets}/data/")
    total(page, f"{TASKS + 1} tasks")
    page.get_by_role("button", name=re.compile("^Filter")).click()
    builder = page.get_by_role("dialog", name="Filter")
    builder.get_by_role("button", name="Add condition").click()
    condition = builder.get_by_role("group", name="Condition")
    condition.get_by_label("Column").first.click()
    condition.get_by_role("option", name="Out of bounds", exact=True).click()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Tasks where Out of bounds is greater than 0.").first).to_be_visible()
    total(page, f"{len(OUTSIDE)} tasks")

    page.get_by_role("grid").get_by_role("row").nth(1).click()
    page.wait_for_url(re.compile("task="))
    expect(page.get_by_text(f"1 of {len(OUTSIDE)}")).to_be_visible()
    page.get_by_role("treeitem").nth(1).click()
    page.keyboard.press("Backspace")
    expect(page.get_by_role("treeitem")).to_have_count(1)
    page.get_by_role("button", name="Update", exact=True).click()
    total(page, f"{len(OUTSIDE) - 1} tasks")
    page.get_by_role("button", name="Close task").click()

    dialog = start_action(page, "Fix slips of the hand")
    expect(dialog).to_contain_text("2 annotations")
    dialog.get_by_role("button", name="Fix slips of the hand").click()
    expect(page.get_by_text("No task matches")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    total(page, f"{len(OUTSIDE) - 1} tasks")


def test_a_label_is_renamed_everywhere_and_back(studio: Studio, streets: int) -> None:
    page = studio.page

    def labels() -> set[str]:
        tasks = studio.api(f"/api/tasks/?project={streets}&fields=all&page_size=100")["tasks"]
        results = [entry for task in tasks for one in task["annotations"] for entry in one["result"]]
        return {label for entry in results for label in entry["value"]["rectanglelabels"]}

    studio.open(f"/projects/{streets}/data/")
    total(page, f"{TASKS + 1} tasks")
    dialog = start_action(page, "Rename, merge or drop labels")
    dialog.get_by_label("Labels to replace").first.click()
    page.get_by_role("option", name="Car", exact=True).click()
    dialog.get_by_label("New label").first.fill("Automobile")
    expect(dialog).to_contain_text(f"{TASKS} annotations")
    dialog.get_by_role("button", name="Rename, merge or drop labels").click()
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    assert labels() == {"Automobile"}
    undo.click()
    expect(page.get_by_text(re.compile("back as"))).to_be_visible()
    assert labels() == {"Car"}
