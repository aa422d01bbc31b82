"""The editor alone in a page: opened with any config and data, labeled by gestures, read by what it saves."""

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "src/postil/web/samples"
PAGE = """<!doctype html>
<html lang="en" data-theme="light">
  <head>
    <meta charset="utf-8" /><title>Editor</title><link rel="icon" href="data:," />
    <link rel="stylesheet" href="/dist/standalone/postil-editor.css" />
    <style>html, body { height: 100%; margin: 0 } #editor { height: 100% }</style>
  </head>
  <body>
    <main id="editor"></main>
    <script type="module">
      import { createEditor } from '/dist/standalone/postil-editor.js'
      let editor = null
      let props = null
      const element = document.getElementById('editor')
      window.saved = []
      const keep = async (payload, id) => {
        saved.push(payload)
        return { ...payload, id, completed_by: 1, etag: String(saved.length) }
      }
      window.close_ = () => {
        editor?.destroy()
        editor = null
      }
      window.show = (task) => {
        close_()
        saved.length = 0
        const saveDraft = async () => ({ id: 1 })
        const update = (id, payload) => keep(payload, id)
        const host = { saveDraft, submit: (payload) => keep(payload, 100), update }
        const user = { id: 1, displayName: 'Ann' }
        props = { annotations: [], predictions: [], user, host, ...task }
        editor = createEditor(element, props)
      }
      window.goOn = (task) => editor.update({ ...props, ...task })
    </script>
  </body>
</html>
"""
# Where a text begins on the screen: the boxes of some of its characters, in the page's own pixels.
BOXES = """(element, [from, to]) => {
  const root = element.tagName === 'IFRAME' ? element.contentDocument.body : element
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode
    if (node.data.trim().length < to) continue
    const lead = node.data.length - node.data.trimStart().length
    const frame = element.tagName === 'IFRAME' ? element.getBoundingClientRect() : { left: 0, top: 0 }
    return [from, to - 1].map((at) => {
      const range = node.ownerDocument.createRange()
      range.setStart(node, lead + at)
      range.setEnd(node, lead + at + 1)
      const box = range.getBoundingClientRect()
      const middle = (box.top + box.bottom) / 2 + frame.top
      return { left: box.left + frame.left, right: box.right + frame.left, middle }
    })
  }
  return null
}"""


@contextmanager
def serving(package: Path) -> Iterator[str]:
    """Serve the built package, its page and the sample files; yields the address."""

    class Files(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            if path.startswith("/static/samples/"):
                return str(SAMPLES / path.removeprefix("/static/samples/").split("?")[0])
            return super().translate_path(path)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    (package / "page.html").write_text(PAGE)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, directory=str(package))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class EditorPage:
    """The editor in one tab."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        page.goto(f"{address}/page.html")
        page.wait_for_function("window.show !== undefined")

    def show(self, config: str, data: Any, **more: Any) -> None:
        """Open a task and wait until all its tags are there."""
        self.page.evaluate("(task) => show(task)", {"config": config, "task": {"id": 1, "data": data}, **more})
        self.page.get_by_test_id("postil-editor").wait_for()
        expect(self.page.get_by_text("Loading…")).to_have_count(0)

    def submit(self) -> list[dict[str, Any]]:
        """Press Submit and return the saved results."""
        self.page.get_by_role("button", name="Submit", exact=True).click()
        return self.saved()

    def saved(self) -> list[dict[str, Any]]:
        """Return the results that were saved, once they are."""
        try:
            self.page.wait_for_function("saved.length > 0", timeout=5_000)
        except Exception:
            dialog = self.page.get_by_role("dialog")
            said = dialog.inner_text() if dialog.count() else "nothing"
            raise AssertionError(f"nothing was saved; the editor says: {said}") from None
        result: list[dict[str, Any]] = json.loads(self.page.evaluate("JSON.stringify(saved[0].result)"))
        return result

    def label(self, word: str, at: int = 0) -> None:
        """Make a label ready."""
        self.page.locator(".pe-label", has_text=word).nth(at).click()

    def drag_text(self, element: Locator, start: int, end: int) -> None:
        """Select characters of the first text in an element with the mouse."""
        element.scroll_into_view_if_needed()
        first, last = element.evaluate(BOXES, [start, end])
        mouse = self.page.mouse
        mouse.move(first["left"] + 0.5, first["middle"])
        mouse.down()
        mouse.move((first["left"] + last["right"]) / 2, last["middle"])
        mouse.move(last["right"] - 0.5, last["middle"])
        mouse.up()

    def take_word(self, element: Locator) -> None:
        """Double-click the first word of an element; the driver cannot drag inside a frame that runs no scripts."""
        element.scroll_into_view_if_needed()
        first, _ = element.evaluate(BOXES, [0, 2])
        self.page.mouse.dblclick(first["right"], first["middle"])

    def canvas(self, name: str) -> tuple[float, float, float, float]:
        """Return where a picture stands on the screen."""
        element = self.page.get_by_test_id(f"image-{name}")
        element.scroll_into_view_if_needed()
        box = element.bounding_box()
        assert box is not None
        return box["x"], box["y"], box["width"], box["height"]

    def click_at(self, name: str, x: float, y: float) -> None:
        """Click on a picture; places are parts of its size."""
        left, top, width, height = self.canvas(name)
        self.page.mouse.click(left + x * width, top + y * height)

    def drag(self, name: str, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Drag on a picture."""
        left, top, width, height = self.canvas(name)
        mouse = self.page.mouse
        mouse.move(left + start[0] * width, top + start[1] * height)
        mouse.down()
        mouse.move(left + (start[0] + end[0]) / 2 * width, top + (start[1] + end[1]) / 2 * height)
        mouse.move(left + end[0] * width, top + end[1] * height)
        mouse.up()
