"""Going on from one picture to the next: at once, with no empty page in between and nothing left of the first."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.editor_page import EditorPage

pytestmark = pytest.mark.e2e
CONFIG = """<View>
  <RectangleLabels name="box" toName="image"><Label value="Car"/><Label value="Tree"/></RectangleLabels>
  <BrushLabels name="mask" toName="image"><Label value="Sky"/></BrushLabels>
  <Image name="image" value="$image" zoomControl="true"/>
</View>"""
DESK, STREET = "/static/samples/desk.jpg", "/static/samples/street.jpg"
BOX = {"x": 10, "y": 10, "width": 20, "height": 20, "rotation": 0, "rectanglelabels": ["Car"]}
RESULT = [{"id": "r1", "from_name": "box", "to_name": "image", "type": "rectanglelabels", "value": BOX}]
STORED = [{"id": 1, "result": RESULT, "completed_by": 1}]
GOES = 30
# What stands in the page at the beginning of each frame, from the one in which the page goes on.
FRAMES = """async (task) => {
  await new Promise(requestAnimationFrame)
  goOn(task)
  const frames = []
  for (let at = 0; at < 12; at += 1) {
    await new Promise(requestAnimationFrame)
    const picture = document.querySelector('.pe-canvas img')
    const { width, height } = picture?.parentElement.getBoundingClientRect() ?? {}
    const place = [width, height, picture && getComputedStyle(picture).transform].join()
    frames.push([
      document.querySelectorAll('.pe-toolbar button').length,
      document.querySelectorAll('.pe-layer').length,
      picture?.getAttribute('src') ?? null,
      place,
    ])
  }
  return frames
}"""
PAINTED = """() => [...document.querySelectorAll('.pe-layer')].map((layer) => {
  const { data } = layer.getContext('2d').getImageData(0, 0, layer.width, layer.height)
  return data.reduce((sum, value, at) => sum + (at % 4 === 3 && value > 0 ? 1 : 0), 0)
})"""
ZOOM = "() => new DOMMatrix(getComputedStyle(document.querySelector('.pe-canvas img')).transform).a"
LOADED = "(url) => { const image = new Image(); image.src = url; return image.decode() }"


GO_ON = """async (task) => {
  goOn(task)
  const isThere = () => document.querySelector('.pe-canvas img')?.getAttribute('src') === task.task.data.image
  do await new Promise(requestAnimationFrame)
  while (!isThere())
}"""


def opened(editor: EditorPage, picture: str, annotations: list[Any]) -> None:
    for url in (DESK, STREET):
        editor.page.evaluate(LOADED, url)
    editor.show(CONFIG, {"image": picture}, annotations=annotations)
    editor.page.locator(".pe-layer").first.wait_for()


def task(number: int, picture: str, annotations: list[Any]) -> dict[str, Any]:
    return {"task": {"id": number, "data": {"image": picture}}, "annotations": annotations}


def assert_only(frames: list[Any], before: list[Any], after: list[Any]) -> None:
    """Check that one task or the other is there in every frame, whole and at its place."""
    assert [frame for frame in frames if frame[:3] not in (before, after)] == []
    assert frames[-1][:3] == after
    assert [frame for frame in frames if frame[:3] == after and frame != frames[-1]] == []


def test_the_next_picture_takes_the_place_of_the_first_and_knows_nothing_of_it(editor: EditorPage) -> None:
    page = editor.page
    opened(editor, STREET, [])
    # Seen once, its size is known, as that of every picture that was fetched beforehand.
    page.evaluate(GO_ON, task(2, DESK, STORED))
    page.get_by_role("treeitem").click()
    editor.label("Tree")
    editor.drag("image", (0.5, 0.5), (0.7, 0.7))
    fit = page.evaluate(ZOOM)
    page.keyboard.press("Control+=")
    page.wait_for_function(f"(fit) => ({ZOOM})() > fit", arg=fit)
    editor.label("Sky")
    left, top, width, height = editor.canvas("image")
    page.mouse.move(left + width * 0.3, top + height * 0.6)
    page.mouse.down()
    page.mouse.move(left + width * 0.4, top + height * 0.7)
    assert min(page.evaluate(PAINTED)) > 100
    tools = page.locator(".pe-toolbar button").count()

    frames = page.evaluate(FRAMES, task(3, STREET, []))
    page.mouse.up()
    assert_only(frames, [tools, 2, DESK], [tools, 2, STREET])
    assert page.evaluate(PAINTED) == [0, 0]
    expect(page.get_by_role("treeitem")).to_have_count(0)
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    expect(page.locator(".pe-label_on")).to_have_count(0)

    frames = page.evaluate(FRAMES, task(4, DESK, STORED))
    assert_only(frames, [tools, 2, STREET], [tools, 2, DESK])
    assert page.evaluate(ZOOM) == pytest.approx(fit)
    assert page.evaluate(PAINTED)[0] > 100
    expect(page.get_by_role("treeitem")).to_have_count(1)


def test_the_next_picture_is_drawn_on_at_once(editor: EditorPage) -> None:
    page = editor.page
    opened(editor, STREET, STORED)
    page.evaluate(GO_ON, task(2, DESK, []))
    left, top, width, height = editor.canvas("image")
    page.keyboard.press("2")
    page.mouse.move(left + width * 0.25, top + height * 0.25)
    page.mouse.down()
    page.mouse.move(left + width * 0.5, top + height * 0.5)
    page.mouse.up()
    [item] = editor.submit()
    assert item["value"]["rectanglelabels"] == ["Tree"]
    assert item["value"]["x"] == pytest.approx(25, abs=0.5)
    assert item["value"]["width"] == pytest.approx(25, abs=0.5)


def test_many_tasks_in_a_row_leave_nothing_behind(editor: EditorPage) -> None:
    page = editor.page
    opened(editor, DESK, STORED)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def left() -> dict[str, float]:
        session.send("HeapProfiler.collectGarbage")
        session.send("HeapProfiler.collectGarbage")
        return {item["name"]: item["value"] for item in session.send("Performance.getMetrics")["metrics"]}

    def go_on(times: int) -> None:
        for number in range(times):
            page.evaluate(GO_ON, task(10 + number, (DESK, STREET)[number % 2], STORED))
            editor.drag("image", (0.5, 0.5), (0.6, 0.6))

    # The first ones fill caches and compile code.
    go_on(6)
    before = left()
    go_on(GOES)
    after = left()
    assert (after["Nodes"] - before["Nodes"]) / GOES < 5
    assert (after["JSEventListeners"] - before["JSEventListeners"]) / GOES < 0.5
    assert (after["JSHeapUsedSize"] - before["JSHeapUsedSize"]) / GOES < 60_000
