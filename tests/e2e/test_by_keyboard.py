"""Tasks that are labeled without a mouse, in scripts of every kind."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.editor_page import EditorPage

pytestmark = pytest.mark.e2e
TEXT = '<View><Labels name="ner" toName="t"><Label value="Person"/></Labels><Text name="t" value="$t"/></View>'
# What is typed after the label's key, and which part of the text it takes: offsets are code points.
SELECTIONS = [
    ("Alice met Bob", ["Control+Shift+ArrowRight"], 0, 5, "Alice"),
    ("Alice met Bob", ["Control+ArrowRight", "Control+ArrowRight", *["Shift+ArrowRight"] * 4], 9, 13, " Bob"),
    ("Hi 👋🏽 there", ["ArrowRight"] * 3 + ["Shift+ArrowRight"], 3, 5, "👋🏽"),
    ("我爱北京", ["ArrowRight"] * 2 + ["Shift+ArrowRight"] * 2, 2, 4, "北京"),
    # Written from right to left: onward is left.
    ("שלום עולם", ["Control+Shift+ArrowLeft"], 0, 4, "שלום"),
    ("one\ntwo", ["ArrowDown", "Shift+End"], 4, 7, "two"),
]


def press(page: Page, *keys: str) -> None:
    """Press keys, one after the other."""
    for key in keys:
        page.keyboard.press(key)


def reach(page: Page, target: Locator, most: int = 60) -> None:
    """Go on by Tab until the target has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError("Tab never came there")


@pytest.mark.parametrize(("text", "keys", "start", "end", "covered"), SELECTIONS)
def test_a_part_of_a_text(editor: EditorPage, text: str, keys: list[str], start: int, end: int, covered: str) -> None:
    page = editor.page
    editor.show(TEXT, {"t": text})
    reach(page, page.get_by_test_id("text-t"))
    press(page, "1", *keys, "Enter")
    expect(page.get_by_role("treeitem")).to_have_count(1)
    press(page, "Control+Enter")
    [item] = editor.saved()
    assert item["value"] == {"start": start, "end": end, "text": covered, "labels": ["Person"]}
    assert text[start:end] == covered


def test_a_region_is_chosen_and_taken_back(editor: EditorPage) -> None:
    page = editor.page
    editor.show(TEXT, {"t": "Alice met Bob"})
    reach(page, page.get_by_test_id("text-t"))
    press(page, "1", "Control+Shift+ArrowRight", "Enter", "ArrowLeft", "ArrowLeft", "Enter")
    expect(page.locator(".pe-span_selected")).to_have_text("Alice")
    press(page, "Backspace")
    expect(page.get_by_role("treeitem")).to_have_count(0)
    press(page, "Control+z")
    expect(page.get_by_role("treeitem")).to_have_count(1)


def test_a_question_about_a_region(editor: EditorPage) -> None:
    page = editor.page
    questions = (
        '<Choices name="sure" toName="t" perRegion="true" whenLabelValue="Place"><Choice value="Yes"/></Choices>'
        '<TextArea name="why" toName="t" perRegion="true"/>'
    )
    editor.show(TEXT.replace("</View>", f"{questions}</View>"), {"t": "Alice met Bob"})
    reach(page, page.get_by_test_id("text-t"))
    press(page, "1", "Control+Shift+ArrowRight", "Enter", "ArrowLeft", "ArrowLeft", "Enter", "Enter")
    # Enter leads into the first input that the selected region asks for.
    expect(page.locator('input[name="why"]')).to_be_focused()
    page.keyboard.type("a name")
    press(page, "Enter", "Control+Enter")
    assert [item["value"].get("text") for item in editor.saved()] == ["Alice", ["a name"]]


def test_a_dialogue_and_html(editor: EditorPage) -> None:
    page = editor.page
    editor.show(
        '<View><ParagraphLabels name="say" toName="d"><Label value="Claim"/></ParagraphLabels>'
        '<Paragraphs name="d" value="$d" layout="dialogue"/>'
        '<HyperTextLabels name="mark" toName="h"><Label value="Name"/></HyperTextLabels>'
        '<HyperText name="h" value="$h" inline="true"/></View>',
        {
            "d": [{"author": "Ann", "text": "Good day"}, {"author": "Bob", "text": "Hello"}],
            "h": "<p>Marlow <b>Inn</b></p>",
        },
    )
    reach(page, page.get_by_test_id("dialogue-d"))
    press(page, "1", "Control+Shift+ArrowRight", "Enter")
    reach(page, page.get_by_test_id("html-h"))
    press(page, "2", *["Shift+ArrowRight"] * 10, "Enter", "Control+Enter")
    said, marked = (item["value"] for item in editor.saved())
    assert said == {
        "start": "0", "end": "0", "startOffset": 0, "endOffset": 4, "text": "Good", "paragraphlabels": ["Claim"],
    }  # fmt: skip
    assert marked["globalOffsets"] == {"start": 0, "end": 10}
    assert marked["text"] == "Marlow Inn"


def test_choices_and_all_other_answers(editor: EditorPage) -> None:
    page = editor.page
    editor.show(
        '<View><Text name="t" value="$t"/><Choices name="mood" toName="t"><Choice value="Good"/><Choice value="Bad"/>'
        '</Choices><Rating name="stars" toName="t"/><TextArea name="note" toName="t"/><Number name="age" toName="t"/>'
        '<DateTime name="day" toName="t" only="date"/><Taxonomy name="kind" toName="t"><Choice value="Plant">'
        '<Choice value="Tree"/></Choice></Taxonomy></View>',
        {"t": "A text"},
    )
    press(page, "2", "3", "3")
    reach(page, page.locator('input[name="note"]'))
    page.keyboard.type("Fine")
    press(page, "Enter")
    reach(page, page.locator('input[name="age"]'))
    page.keyboard.type("42")
    reach(page, page.locator('input[name="day"]'))
    page.keyboard.type("2024-02-09")
    press(page, "Tab")
    reach(page, page.locator('input[name="kind"]'))
    press(page, "ArrowRight", "ArrowDown", "Enter", "Escape", "Control+Enter")
    values = {item["from_name"]: item["value"] for item in editor.saved()}
    assert values == {
        "mood": {"choices": ["Bad"]},
        "stars": {"rating": 2},
        "note": {"text": ["Fine"]},
        "age": {"number": 42},
        "day": {"datetime": "2024-02-09"},
        "kind": {"taxonomy": [["Plant", "Tree"]]},
    }


def test_a_ranking(editor: EditorPage) -> None:
    page = editor.page
    editor.show(
        '<View><List name="l" value="$items"/><Ranker name="rank" toName="l"/></View>',
        {"items": [{"id": name, "title": name} for name in ("one", "two", "three")]},
    )
    grip = page.get_by_role("button", name="three")
    grip.focus()
    press(page, "Space")
    expect(page.locator(".pe-card_dragged")).to_have_count(1)
    press(page, "ArrowUp")
    expect(page.get_by_text("Moved three to place 2 of 3.")).to_have_count(1)
    press(page, "Space")
    expect(page.locator(".pe-card_dragged")).to_have_count(0)
    press(page, "Control+Enter")
    [item] = editor.saved()
    assert item["value"] == {"ranker": {"rank": ["one", "three", "two"]}}


def test_a_box_on_a_picture(editor: EditorPage) -> None:
    page = editor.page
    editor.show(
        '<View><Image name="image" value="$image"/><RectangleLabels name="box" toName="image"><Label value="Car"/>'
        "</RectangleLabels></View>",
        {"image": "/static/samples/kitchen.jpg"},
    )
    picture = page.get_by_test_id("image-image")
    expect(picture).to_be_visible()
    reach(page, picture)
    press(page, "1", "Space", *["ArrowRight"] * 8, *["ArrowDown"] * 6, "Space")
    expect(page.get_by_role("treeitem")).to_have_count(1)
    press(page, "Control+Enter")
    [item] = editor.saved()
    assert item["value"]["rectanglelabels"] == ["Car"]
    width, height = (item["value"][key] / 100 * item[f"original_{key}"] for key in ("width", "height"))
    assert width / height == pytest.approx(8 / 6, abs=0.02)
