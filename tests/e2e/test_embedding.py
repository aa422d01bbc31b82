"""The editor as a package: built, packed, and used by a page that has no server."""

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.package import node

pytestmark = pytest.mark.e2e


@pytest.fixture
def address(package: Path) -> Iterator[str]:
    """A static file server over the package."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    handler = functools.partial(Quiet, directory=str(package))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_page_without_a_server_labels_and_gets_the_results(page: Page, address: str) -> None:
    foreign: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(address) else foreign.append(request.url))
    page.goto(f"{address}/example/index.html")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("dialog")).to_contain_text("required")
    page.get_by_role("button", name="OK").click()
    page.get_by_role("checkbox", name="Good").check()
    page.get_by_role("button", name="Person").click()
    page.get_by_text("Alice met Bob").select_text()
    page.get_by_text("Alice met Bob").dispatch_event("pointerup")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("button", name="Update")).to_be_disabled()
    [saved] = page.evaluate("saved.map(({ id, result }) => ({ id, values: result.map(({ value }) => value) }))")
    assert saved["id"] == 100
    assert {"choices": ["Good"]} in saved["values"]
    page.evaluate("editor.destroy()")
    expect(page.locator("#editor > *")).to_have_count(0)
    assert [url for url in foreign if not url.startswith("data:")] == []


def test_the_package_can_be_published(package: Path) -> None:
    [packed] = json.loads(node("npm", "pack", "--json", "--dry-run", cwd=package, out=package / "dist"))
    names = {entry["path"] for entry in packed["files"]}
    exports = json.loads((package / "package.json").read_text())["exports"]
    promised = [exports["./style.css"], *exports["."].values(), *exports["./standalone"].values()]
    assert {path.removeprefix("./") for path in promised} <= names
    assert packed["size"] < 2_500_000  # half of it is the reader of PDF documents, loaded by configs that show some
    types = (package / "dist/types/index.d.ts").read_text()
    assert "export declare function createEditor(element: HTMLElement, props: EditorProps): EmbeddedEditor;" in types
    bundle = (package / "dist/esm/postil-editor.js").read_text()
    assert 'from"react"' in bundle.replace(" ", "")
