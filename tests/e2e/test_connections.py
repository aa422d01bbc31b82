"""Storages, model servers and webhooks are connected, tried and read without a mouse, and on a narrow screen."""

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.pages import Studio
from tests.e2e.test_by_keyboard import press, reach
from tests.faults.server import Server, prepared_environment_for

pytestmark = pytest.mark.e2e
REASON = "The model needs a text of at least three words."
NARROW = {"width": 390, "height": 844}


class Other(BaseHTTPRequestHandler):
    """A model server that cannot predict, and a receiver of webhooks."""

    def do_GET(self) -> None:
        self._say(200, {"status": "UP"})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        failed = self.path == "/predict"
        self._say(500 if failed else 200, {"error": REASON} if failed else {"model_version": "v1"})

    def _say(self, status: int, body: object) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def other() -> Iterator[str]:
    """The address of the other server."""
    made = ThreadingHTTPServer(("127.0.0.1", 0), Other)
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of files that tasks may come from."""
    made = tmp_path / "files" / "texts"
    made.mkdir(parents=True)
    (made / "one.txt").write_text("one")
    return made


@pytest.fixture
def server(tmp_path: Path, folder: Path) -> Iterator[Server]:
    """A server that may read this folder and reach this machine."""
    allowed = {
        "POSTIL_LOCAL_FILES_ENABLED": "true",
        "POSTIL_LOCAL_FILES_ROOT": str(folder.parent),
        "POSTIL_ALLOWED_PRIVATE_HOSTS": "127.0.0.1",
    }
    made = Server(prepared_environment_for(tmp_path / "data") | allowed)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def project(studio: Studio) -> int:
    studio.become_owner()
    return studio.create_project("Connected", "Text Classification", "Natural Language Processing")


def settle(page: Page, name: str) -> None:
    """Go by Tab to a button of this name and press it."""
    reach(page, page.get_by_role("button", name=name, exact=True).last)
    press(page, "Enter")


def fits(page: Page) -> bool:
    """Whether nothing lies beside the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_storage_is_checked_and_mended(studio: Studio, project: int, folder: Path) -> None:
    page = studio.page
    studio.open(f"/projects/{project}/settings/storages")
    reach(page, page.get_by_role("button", name="Add").first)
    press(page, "Enter")
    kind = page.get_by_role("combobox", name="Kind")
    reach(page, kind)
    press(page, "Enter")
    pointed = page.locator("[role=option][data-combobox-selected]")
    for _ in range(6):
        if pointed.all_inner_texts() == ["Local files"]:
            break
        press(page, "ArrowDown")
    press(page, "Enter")
    expect(kind).to_have_value("Local files")
    path = page.get_by_label(re.compile("path|folder", re.IGNORECASE)).first
    reach(page, path)
    page.keyboard.type(str(folder.parent / "nowhere"))
    settle(page, "Check connection")
    expect(page.get_by_role("dialog").get_by_role("alert").last).to_contain_text("There is no folder")
    assert studio.accessibility_problems() == []
    reach(page, path)
    press(page, "Control+a")
    page.keyboard.type(str(folder))
    settle(page, "Check connection")
    checked = page.get_by_role("status", name="What was checked")
    expect(checked).to_contain_text("fine")
    expect(checked).not_to_contain_text("failed")
    settle(page, "Save")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert studio.api(f"/api/storages/?project={project}")[0]["path"] == str(folder)


def test_a_model_server_is_connected_and_tried_and_its_own_reason_shown(
    studio: Studio, project: int, other: str
) -> None:
    page = studio.page
    studio.open(f"/projects/{project}/import/")
    page.request.post(
        f"{studio.server.url}/api/projects/{project}/import",
        data=[{"text": "a good thing"}],
        headers={"X-CSRFToken": next(c["value"] for c in page.context.cookies() if c["name"] == "csrftoken")},
    )
    studio.open(f"/projects/{project}/settings/models")
    reach(page, page.get_by_role("button", name="Add"))
    press(page, "Enter")
    address = page.get_by_role("textbox", name="Address")
    expect(address).to_be_focused()
    page.keyboard.type(other)
    press(page, "Enter")
    expect(page.get_by_text("Connected", exact=True).first).to_be_visible()
    reach(page, page.get_by_role("button", name="Try", exact=True))
    press(page, "Enter")
    outcome = page.get_by_role("status", name="What the model server answered")
    expect(outcome).to_contain_text(f"The ML backend answered 500 at /predict: {REASON}")
    assert studio.accessibility_problems() == []
    page.set_viewport_size(NARROW)
    expect(outcome).to_be_visible()
    assert fits(page)
    press(page, "Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert fits(page)


def test_the_log_of_a_webhook_is_read_and_replayed_on_a_narrow_screen(studio: Studio, project: int, other: str) -> None:
    page = studio.page
    page.set_viewport_size(NARROW)
    studio.open(f"/projects/{project}/settings/webhooks")
    reach(page, page.get_by_role("button", name="Add"))
    press(page, "Enter")
    expect(page.get_by_role("textbox", name="Address")).to_be_focused()
    page.keyboard.type(f"{other}/hook")
    press(page, "Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    title = {"title": "Connected again"}
    token = next(c["value"] for c in page.context.cookies() if c["name"] == "csrftoken")
    page.request.patch(f"{studio.server.url}/api/projects/{project}/", data=title, headers={"X-CSRFToken": token})
    webhook = studio.api(f"/api/webhooks/?project={project}")[0]["id"]
    page.wait_for_function(
        """async (path) => (await (await fetch(path)).json()).results.some((one) => one.state === 'delivered')""",
        arg=f"/api/webhooks/{webhook}/deliveries/",
    )
    reach(page, page.get_by_role("button", name="Log"))
    press(page, "Enter")
    log = page.get_by_role("table", name="Log")
    line = log.get_by_role("row").filter(has_text="PROJECT_UPDATED").first
    for part in (line.get_by_text("PROJECT_UPDATED"), line.get_by_text("200"), line.get_by_role("button").last):
        expect(part).to_be_in_viewport(ratio=1)
    assert fits(page)
    settle_in = line.get_by_role("button", name="Content")
    reach(page, settle_in)
    press(page, "Enter")
    expect(log.get_by_text("Connected again")).to_be_visible()
    assert fits(page)
    assert studio.accessibility_problems() == []
    reach(page, line.get_by_role("button", name="Send again"))
    press(page, "Enter")
    expect(log.get_by_role("button", name="Send again")).to_have_count(2)
