"""What an editor leaves behind when its task is closed: nothing that grows."""

import pytest
from playwright.sync_api import expect

from tests.e2e.editor_page import EditorPage

pytestmark = pytest.mark.e2e
OPENS = 50
IMAGE = """<View>
  <RectangleLabels name="box" toName="image"><Label value="Car"/></RectangleLabels>
  <BrushLabels name="mask" toName="image"><Label value="Sky"/></BrushLabels>
  <MagicWand name="wand" toName="image"/>
  <Image name="image" value="$image" rotateControl="true" brightnessControl="true"/>
</View>"""
PICTURE = "/static/samples/desk.jpg"
BOX = {"x": 10, "y": 10, "width": 20, "height": 20, "rotation": 0, "rectanglelabels": ["Car"]}
RESULT = [{"id": "r1", "from_name": "box", "to_name": "image", "type": "rectanglelabels", "value": BOX}]


def test_fifty_opened_pictures_leave_nothing_behind(editor: EditorPage) -> None:
    page = editor.page
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def left() -> dict[str, float]:
        page.evaluate("close_()")
        expect(page.locator("#editor > *")).to_have_count(0)
        session.send("HeapProfiler.collectGarbage")
        session.send("HeapProfiler.collectGarbage")
        return {item["name"]: item["value"] for item in session.send("Performance.getMetrics")["metrics"]}

    def opened(times: int) -> None:
        for _ in range(times):
            editor.show(IMAGE, {"image": PICTURE}, annotations=[{"id": 1, "result": RESULT, "completed_by": 1}])
            page.locator(".pe-layer").first.wait_for()
            editor.drag("image", (0.5, 0.5), (0.6, 0.6))

    # The first openings fill caches and compile code.
    opened(5)
    before = left()
    opened(OPENS)
    after = left()
    assert (after["Nodes"] - before["Nodes"]) / OPENS < 5
    assert (after["JSEventListeners"] - before["JSEventListeners"]) / OPENS < 0.5
    assert (after["JSHeapUsedSize"] - before["JSHeapUsedSize"]) / OPENS < 60_000
