"""What the editor's page does around the tags: panels, accessibility of every object and control, memory."""

from typing import Any

import pytest
from playwright.sync_api import expect

from postil.labeling import gallery
from postil.labeling.config import parse_config
from tests.e2e.editor_page import BOXES, EditorPage
from tests.e2e.pages import accessibility_problems

pytestmark = pytest.mark.e2e
TEXT = '<View><Labels name="ner" toName="t"><Label value="Person"/></Labels><Text name="t" value="$t"/></View>'
OBJECTS = {"Text", "HyperText", "Paragraphs", "Table", "List", "Pdf", "Chat", "Image"}
# One template for each mixture of tags that has a view.
MIXTURES = {
    frozenset(node.tag for node in parse_config(template.config).nodes): template
    for template in gallery.templates()
    if {item.tag for item in parse_config(template.config).objects.values()} <= OBJECTS
}


def test_the_panel_stands_where_somebody_puts_it(editor: EditorPage) -> None:
    page = editor.page
    page.evaluate("localStorage.clear()")
    editor.show(TEXT, {"t": "Alice met Bob"})
    panel = page.get_by_role("complementary", name="Regions and details")

    def box() -> dict[str, float]:
        found: Any = panel.bounding_box()
        return {key: round(value) for key, value in found.items()}

    width = page.viewport_size["width"] if page.viewport_size else 0
    assert box()["x"] + box()["width"] == width
    page.get_by_role("separator", name="Width of the panel").focus()
    before = box()["width"]
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert box()["width"] == before + 32
    page.get_by_role("button", name="Put the panel to the left").click()
    assert box()["x"] == 0
    page.get_by_role("button", name="Let the panel float").click()
    start = box()
    head = page.get_by_text("Regions and details", exact=True)
    at: Any = head.bounding_box()
    page.mouse.move(at["x"] + 20, at["y"] + 8)
    page.mouse.down()
    page.mouse.move(at["x"] + 120, at["y"] + 68, steps=4)
    page.mouse.up()
    assert (box()["x"] - start["x"], box()["y"] - start["y"]) == (100, 60)
    # Another task, and another visit, find it there.
    place = box()
    editor.show(TEXT, {"t": "Another one"})
    assert box() == place
    page.get_by_role("button", name="Hide the panel").click()
    expect(panel).to_have_count(0)
    page.get_by_role("button", name="Show regions and details").click()
    page.set_viewport_size({"width": 600, "height": 800})
    assert box()["width"] == 600
    page.evaluate("localStorage.clear()")


@pytest.mark.parametrize("template", MIXTURES.values(), ids=lambda template: template.id)
def test_every_mixture_of_tags_is_accessible(editor: EditorPage, template: gallery.Template) -> None:
    editor.show(template.config, template.sample_data[0])
    assert accessibility_problems(editor.page) == []


def test_fifty_tasks_leave_nothing_behind(editor: EditorPage) -> None:
    page = editor.page
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    names = ["named-entity-recognition", "html-entity-recognition", "object-detection-with-bounding-boxes"]
    names += ["response-generation", "llm-ranker"]
    shown = [template for template in gallery.templates() if template.id in names]

    def measured() -> dict[str, float]:
        page.evaluate("close_()")
        # What one collection frees may let the next one free more, as the documents of frames.
        for _ in range(4):
            session.send("HeapProfiler.collectGarbage")
            page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))")
        metrics = {item["name"]: item["value"] for item in session.send("Performance.getMetrics")["metrics"]}
        return {name: metrics[name] for name in ("JSHeapUsedSize", "Nodes", "JSEventListeners")}

    def open_all() -> None:
        for template in shown:
            editor.show(template.config, template.sample_data[0])

    assert len(shown) == len(names)
    # What is loaded once stays: code, icons, decoded samples.
    open_all()
    open_all()
    before = measured()
    for _ in range(50 // len(shown)):
        open_all()
    after = measured()
    assert after["JSEventListeners"] <= before["JSEventListeners"] + 5
    assert after["Nodes"] <= before["Nodes"] + 300
    assert after["JSHeapUsedSize"] <= before["JSHeapUsedSize"] + 3_000_000


def test_a_box_on_a_document_takes_its_words(editor: EditorPage) -> None:
    page = editor.page
    labels = '<OcrLabels name="field" toName="pdf"><Label value="Title"/></OcrLabels>'
    config = f'<View>{labels}<Pdf name="pdf" value="$pdf"/></View>'
    editor.show(config, {"pdf": "/static/samples/report.pdf"})
    sheet = page.locator(".pe-pdf__page").first
    expect(sheet.locator("canvas")).to_be_visible()
    editor.label("Title")
    box: Any = sheet.bounding_box()
    mouse = page.mouse
    mouse.move(box["x"] + 0.02 * box["width"], box["y"] + 0.02 * box["height"])
    mouse.down()
    mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.1 * box["height"])
    mouse.move(box["x"] + 0.98 * box["width"], box["y"] + 0.3 * box["height"])
    mouse.up()
    row = page.get_by_role("treeitem")
    expect(row).to_have_count(1)
    row.click()
    words = page.get_by_role("textbox", name="Text in the box")
    assert len(words.input_value()) > 10
    words.fill("Mended words")
    words.press("Enter")
    page.get_by_role("button", name="Rotate right").click()
    [item] = editor.submit()
    value = item["value"]
    assert {key: value[key] for key in ("pageIndex", "rotation", "ocrtext", "ocrlabels")} == {
        "pageIndex": 1, "rotation": 0, "ocrtext": "Mended words", "ocrlabels": ["Title"],
    }  # fmt: skip
    assert [value[key] for key in ("x", "y", "width", "height")] == pytest.approx([0.02, 0.02, 0.96, 0.28], abs=0.01)


def test_pictures_that_are_compared_are_zoomed_together(editor: EditorPage) -> None:
    page = editor.page
    box = {"from_name": "box", "to_name": "image", "type": "rectanglelabels", "origin": "manual"}
    place = {"x": 10, "y": 10, "width": 20, "height": 20, "rotation": 0, "rectanglelabels": ["Car"]}
    annotations = [
        {"id": number, "completed_by": number, "result": [{**box, "id": f"box{number}", "value": place}]}
        for number in (1, 2)
    ]
    editor.show(
        '<View><Image name="image" value="$image"/><RectangleLabels name="box" toName="image"><Label value="Car"/>'
        "</RectangleLabels></View>",
        {"image": "/static/samples/kitchen.jpg"},
        annotations=annotations,
    )
    page.get_by_role("button", name="Compare all").click()
    pictures = page.get_by_test_id("image-image")
    expect(pictures).to_have_count(2)
    other = pictures.nth(1)
    expect(other.locator("canvas").first).to_be_visible()
    before = other.screenshot()
    pictures.nth(0).hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -400)
    page.keyboard.up("Control")
    for _ in range(50):
        page.evaluate("new Promise(requestAnimationFrame)")
        if other.screenshot() != before:
            break
    else:
        raise AssertionError("the other picture was not zoomed")


def test_the_ends_of_spans_are_dragged_in_dialogues_and_html(editor: EditorPage) -> None:
    page = editor.page
    said = {"start": "0", "end": "0", "startOffset": 0, "endOffset": 4, "text": "Good", "paragraphlabels": ["Claim"]}
    marked = {
        "start": "/p[1]/text()[1]", "end": "/p[1]/text()[1]", "startOffset": 0, "endOffset": 6, "text": "Marlow",
        "globalOffsets": {"start": 0, "end": 6}, "hypertextlabels": ["Name"],
    }  # fmt: skip
    result = [
        {"id": "a", "from_name": "say", "to_name": "d", "type": "paragraphlabels", "value": said},
        {"id": "b", "from_name": "mark", "to_name": "h", "type": "hypertextlabels", "value": marked},
    ]
    editor.show(
        '<View className="mine"><Style>.mine p { letter-spacing: 3px }</Style>'
        '<ParagraphLabels name="say" toName="d"><Label value="Claim"/></ParagraphLabels>'
        '<Paragraphs name="d" value="$d"/>'
        '<HyperTextLabels name="mark" toName="h"><Label value="Name"/></HyperTextLabels>'
        '<HyperText name="h" value="$h" inline="true"/><HyperText name="framed" value="$h"/></View>',
        {"d": [{"author": "Ann", "text": "Good day to you"}], "h": "<p>Marlow Inn, London</p>"},
        drafts=[{"id": 1, "result": result}],
    )
    # The Style of the config reaches into the frame.
    framed = page.frame_locator('[data-testid="html-framed"]').locator("p")
    assert framed.evaluate("(element) => getComputedStyle(element).letterSpacing") == "3px"
    for row, test_id, end in ((0, "dialogue-d", 8), (1, "html-h", 10)):
        page.get_by_role("treeitem").nth(row).click()
        # Waits until it stands still: the frame below takes its height once it is loaded.
        page.locator(".pe-edge_end:visible").hover()
        root = page.get_by_test_id(test_id)
        _, last = (root.locator(".pe-phrase__text") if row == 0 else root).evaluate(BOXES, [0, end])
        page.mouse.down()
        page.mouse.move(last["right"] - 1, last["middle"], steps=4)
        page.mouse.up()
    first, second = (item["value"] for item in editor.submit())
    assert (first["endOffset"], first["text"]) == (8, "Good day")
    assert (second["globalOffsets"], second["text"]) == ({"start": 0, "end": 10}, "Marlow Inn")


SHAPES = (
    '<View><Image name="image" value="$image"/><RectangleLabels name="box" toName="image"><Label value="Car"/>'
    '</RectangleLabels><PolygonLabels name="area" toName="image"><Label value="Lake"/></PolygonLabels></View>'
)


def test_backspace_deletes_picked_points_before_the_region(editor: EditorPage) -> None:
    page = editor.page
    points = [[20, 20], [60, 20], [60, 60], [20, 60]]
    value = {"points": points, "closed": True, "polygonlabels": ["Lake"]}
    result = [{"id": "a", "from_name": "area", "to_name": "image", "type": "polygonlabels", "value": value}]
    editor.show(SHAPES, {"image": "/static/samples/desk.jpg"}, drafts=[{"id": 1, "result": result}])
    page.locator(".pe-layer").first.wait_for()
    editor.click_at("image", 0.4, 0.4)
    page.keyboard.down("Control")
    editor.click_at("image", 0.6, 0.6)
    page.keyboard.up("Control")
    page.keyboard.press("Backspace")
    expect(page.get_by_role("treeitem")).to_have_count(1)
    [item] = editor.submit()
    assert item["value"]["points"] == [points[0], points[1], points[3]]


def test_fingers_draw_and_zoom(editor: EditorPage) -> None:
    page = editor.page
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 2})

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    editor.show(SHAPES, {"image": "/static/samples/desk.jpg"})
    page.locator(".pe-layer").first.wait_for()
    left, top, width, height = editor.canvas("image")

    def at(x: float, y: float) -> tuple[float, float]:
        return left + x * width, top + y * height

    editor.label("Car")
    touch("touchStart", at(0.2, 0.2))
    touch("touchMove", at(0.3, 0.3))
    touch("touchMove", at(0.4, 0.5))
    touch("touchEnd")
    expect(page.get_by_role("treeitem")).to_have_count(1)
    # Two fingers draw nothing: they take the picture apart.
    picture = page.locator(".pe-canvas img").first
    before: Any = picture.evaluate("(image) => new DOMMatrix(getComputedStyle(image).transform).a")
    editor.label("Car")
    touch("touchStart", at(0.45, 0.5))
    touch("touchStart", at(0.45, 0.5), at(0.55, 0.5))
    touch("touchMove", at(0.35, 0.5), at(0.65, 0.5))
    touch("touchEnd")
    scale = "new DOMMatrix(getComputedStyle(document.querySelector('.pe-canvas img')).transform).a"
    page.wait_for_function(f"(before) => {scale} > before * 2", arg=before)
    [item] = editor.submit()
    value = item["value"]
    assert (round(value["x"]), round(value["y"])) == (20, 20)
    assert (round(value["width"]), round(value["height"])) == (20, 30)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
