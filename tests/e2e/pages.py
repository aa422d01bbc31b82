"""What a person does on each page, in the words of the page."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.faults.server import Server

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
RULES = json.dumps(
    {
        "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
        "rules": {"label-content-name-mismatch": {"enabled": True}},
    }
)
EMAIL, PASSWORD = "owner@example.com", "correct horse 9"


def accessibility_problems(page: Page) -> list[str]:
    """Return what axe finds on a page as it is."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(f"async () => JSON.stringify((await axe.run({RULES})).violations)")
    return [
        f"{item['id']} ({item['impact']}): {item['nodes'][0]['html'][:200]}"
        for item in json.loads(found)
        if item["impact"] in ("serious", "critical")
    ]


@dataclass(frozen=True)
class Box:
    """A box on the screen, relative to the top left corner of the canvas."""

    x: float
    y: float
    width: float
    height: float


class Studio:
    """The application in one tab."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.server = server

    def open(self, path: str) -> None:
        """Go to a page."""
        self.page.goto(self.server.url + path)

    def become_owner(self) -> None:
        """Make the first account on the welcome page."""
        self.open("/")
        self.page.wait_for_url("**/welcome/")
        self.page.get_by_label("E-mail").fill(EMAIL)
        self.page.locator("input[type=password]").fill(PASSWORD)
        self.page.get_by_role("button", name="Create account and start").click()
        self.page.wait_for_url("**/projects/")

    def create_project(self, name: str, template: str, group: str = "Computer Vision") -> int:
        """Make a project from a template, without its sample tasks; return its id."""
        self.open("/projects/new/")
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_role("button", name=group).click()
        self.page.get_by_role("button", name=template, exact=True).click()
        self.page.get_by_role("checkbox", name=re.compile("sample tasks")).uncheck()
        self.page.get_by_role("button", name="Create project").click()
        self.page.wait_for_url(re.compile(r"/projects/\d+/"))
        return int(self.page.url.split("/projects/")[1].split("/")[0])

    def import_files(self, project: int, files: list[Path], tasks: int) -> None:
        """Give files to the import page and wait until they are tasks."""
        self.open(f"/projects/{project}/import/")
        self.page.locator("input[type=file]").first.set_input_files(files)
        expect(self.page.get_by_role("alert")).to_contain_text(re.compile(rf"{tasks} tasks? imported"))

    def label_all(self, project: int) -> "Editor":
        """Open the label stream."""
        self.open(f"/projects/{project}/data/?labeling=1")
        return Editor(self.page)

    def download(self, project: int, title: str, target: Path) -> Path:
        """Make an export in this format and take the file home."""
        self.open(f"/projects/{project}/export/")
        self.page.get_by_role("radio", name=re.compile(rf"^{title} ")).first.click()
        downloads = self.page.get_by_role("link", name=re.compile("Download"))
        self.page.wait_for_load_state("networkidle")
        before = downloads.count()
        self.page.get_by_role("button", name="Create export").click()
        expect(downloads).to_have_count(before + 1)
        with self.page.expect_download() as download:
            downloads.first.click()
        download.value.save_as(target)
        return target

    def api(self, path: str) -> Any:
        """Read something with the session of the page."""
        return self.page.request.get(self.server.url + path).json()

    def accessibility_problems(self) -> list[str]:
        """Return what axe finds on the page as it is."""
        return accessibility_problems(self.page)


class Editor:
    """The editor with one task."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def canvas(self) -> Locator:
        """Where images are drawn on."""
        return self.page.get_by_role("application")

    @property
    def state(self) -> Locator:
        """What the bar says about saving."""
        return self.page.get_by_role("status").filter(has_text=re.compile(r"Saved|waiting|No changes|offline", re.I))

    def wait_for_image(self, name: str) -> None:
        """Wait until the task with this picture can be drawn on."""
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        expect(self.page.get_by_text(name)).to_be_visible()

    def draw(self, key: str, box: Box) -> None:
        """Choose the label with its key and draw a box with the mouse."""
        regions = self.page.get_by_role("treeitem").count()
        frame = self.canvas.bounding_box()
        assert frame is not None
        left, top = frame["x"] + box.x, frame["y"] + box.y
        self.page.keyboard.press(key)
        self.page.mouse.move(left, top)
        self.page.mouse.down()
        self.page.mouse.move(left + box.width / 2, top + box.height / 2, steps=3)
        self.page.mouse.move(left + box.width, top + box.height, steps=3)
        self.page.mouse.up()
        expect(self.page.get_by_role("treeitem")).to_have_count(regions + 1)

    def submit(self) -> None:
        """Submit by keyboard."""
        self.page.keyboard.press("Control+Enter")
