"""Views, filters, a bulk action with its undo, and an export of what is shown, in a real browser."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.pages import Studio

pytestmark = pytest.mark.e2e
SOURCES = ("web", "mail", "app")


@pytest.fixture
def reviews(studio: Studio, tmp_path: Path) -> int:
    """A project of 900 texts from three sources."""
    studio.become_owner()
    project = studio.create_project("Reviews", "Text Classification", group="Natural Language Processing")
    tasks = tmp_path / "reviews.json"
    tasks.write_text(
        json.dumps([{"text": f"Review {i}", "source": SOURCES[i % 3], "stars": i % 5} for i in range(900)])
    )
    studio.import_files(project, [tasks], tasks=900)
    return project


def filter_by(page: Page, column: str, comparison: str, value: str) -> None:
    """Add a condition with the builder."""
    page.get_by_role("button", name=re.compile("^Filter")).click()
    builder = page.get_by_role("dialog", name="Filter")
    builder.get_by_role("button", name="Add condition").click()
    condition = builder.get_by_role("group", name="Condition").last
    for field, wanted in (("Column", column), ("Comparison", comparison)):
        condition.get_by_label(field).first.click()
        condition.get_by_role("option", name=wanted, exact=True).click()
    condition.get_by_label("Value").first.fill(value)
    page.wait_for_url(re.compile("q="))
    page.keyboard.press("Escape")
    expect(builder).to_be_hidden()


def total(page: Page, count: str) -> None:
    """Wait until the toolbar counts so many tasks."""
    expect(page.get_by_role("toolbar", name="Tasks")).to_contain_text(f"{count} task")


def test_a_view_is_filtered_saved_acted_on_and_exported(studio: Studio, reviews: int, tmp_path: Path) -> None:
    page = studio.page
    studio.open(f"/projects/{reviews}/data/")
    page.get_by_role("grid").wait_for()
    total(page, "900")
    filter_by(page, "source", "is", "mail")
    total(page, "300")
    page.get_by_role("button", name="Save as new view").click()
    page.get_by_label("Name of the view").fill("By mail")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="By mail")).to_have_attribute("aria-current", "page")
    address = page.url
    assert re.search(r"\?view=\d+$", address)

    page.get_by_role("checkbox", name="Select row 1", exact=True).click()
    page.get_by_role("checkbox", name="Select row 5", exact=True).click(modifiers=["Shift"])
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Delete tasks").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("5 tasks")
    dialog.get_by_role("button", name="Delete tasks").click()
    total(page, "295")
    page.get_by_role("button", name="Undo").click()
    total(page, "300")

    page.get_by_role("button", name="Export what is shown or selected").click()
    expect(page.get_by_label("Which tasks").first).to_have_value("View “By mail”")
    page.get_by_label("Only annotated tasks").uncheck()
    page.get_by_role("button", name="Create export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").first.click()
    download.value.save_as(tmp_path / "mail.json")
    exported = json.loads((tmp_path / "mail.json").read_text())
    assert len(exported) == 300
    assert {task["data"]["source"] for task in exported} == {"mail"}

    page.goto(address)
    total(page, "300")
    columns_are_arranged(page)


def columns_are_arranged(page: Page) -> None:
    """Widen a column at its edge and drag one before another; both outlive a reload."""
    source = page.get_by_role("columnheader", name=re.compile("^source"))
    stars = page.get_by_role("columnheader", name=re.compile("^stars"))
    before = source.bounding_box()
    assert before is not None
    page.mouse.move(before["x"] + before["width"] - 4, before["y"] + 16)
    page.mouse.down()
    page.mouse.move(before["x"] + before["width"] + 96, before["y"] + 16, steps=4)
    page.mouse.up()
    stars.drag_to(source)
    expect(stars).to_be_visible()
    page.wait_for_url(re.compile("q="))
    page.reload()
    total(page, "300")
    widened, first = source.bounding_box(), stars.bounding_box()
    assert widened is not None
    assert first is not None
    assert abs(widened["width"] - before["width"] - 100) <= 2
    assert first["x"] < widened["x"]
    cell = page.get_by_role("gridcell", name="mail", exact=True).first.bounding_box()
    assert cell is not None
    assert (cell["x"], cell["width"]) == (widened["x"], widened["width"])


def test_the_keyboard_walks_looks_and_opens(studio: Studio, reviews: int) -> None:
    page = studio.page
    studio.open(f"/projects/{reviews}/data/")
    grid = page.get_by_role("grid")
    expect(page.get_by_text("Review 0", exact=True)).to_be_visible()
    grid.focus()
    page.keyboard.press("End")
    expect(page.get_by_text("Review 899", exact=True)).to_be_visible()
    page.keyboard.press("Space")
    look = page.get_by_role("dialog")
    expect(look).to_contain_text("Review 899")
    page.keyboard.press("ArrowUp")
    expect(look).to_contain_text("Review 898")
    page.keyboard.press("Escape")
    grid.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("task="))
    expect(page.get_by_text("900 of 900")).to_be_visible()
    page.reload()
    expect(page.get_by_text("900 of 900")).to_be_visible()

    studio.open("/account/appearance/")
    page.get_by_label("Language").first.click()
    page.get_by_role("option", name="Deutsch").click()
    expect(page.get_by_role("heading", name="Aussehen")).to_be_visible()
    studio.open(f"/projects/{reviews}/data/")
    expect(page.get_by_role("toolbar", name="Aufgaben")).to_contain_text("900 Aufgaben")
    expect(page.locator("html")).to_have_attribute("lang", "de")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screens_of_the_data_are_accessible(studio: Studio, reviews: int, scheme: str) -> None:
    page = studio.page
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
    waits = {
        f"/projects/{reviews}/data/": "grid",
        f'/projects/{reviews}/data/?q={{"g":1}}': "listbox",
        f"/projects/{reviews}/dashboard/": "heading",
        f"/projects/{reviews}/settings/storages/": "heading",
        f"/projects/{reviews}/settings/webhooks/": "heading",
        f"/projects/{reviews}/settings/models/": "heading",
        "/account/sessions/": "listitem",
    }
    problems = {}
    for path, role in waits.items():
        studio.open(path)
        page.get_by_role(role).first.wait_for()  # type: ignore[arg-type]  # a word of ARIA
        problems[path] = studio.accessibility_problems()
    studio.open(f"/projects/{reviews}/data/")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("button", name="Add condition").click()
    problems["filter"] = studio.accessibility_problems()
    assert {path: found for path, found in problems.items() if found} == {}
