"""Every template of the gallery opens in a real browser, and each of its controls is answered by hand and saved."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from postil.labeling import gallery
from postil.labeling.config import Control, LabelConfig, parse_config
from tests.e2e.editor_page import EditorPage

pytestmark = pytest.mark.e2e
# Objects with a time of their own have no view yet: their templates show a notice in its place.
WITHOUT_A_VIEW = {"Audio", "Video", "TimeSeries"}
TEMPLATES = {template.id: template for template in gallery.templates()}
ANSWER = "An answer in words"


def first_word(control: Control, data: dict[str, Any]) -> str:
    """Return the first word that a control offers, from the config or from the task."""
    for word, attrs in control.labels.items():
        return attrs.get("value", word)
    words = data[control.node.attrs["value"].removeprefix("$")]
    return str(words[0]["value"])


def draw(editor: EditorPage, config: LabelConfig, control: Control, data: dict[str, Any], at: int) -> None:
    """Make a region with the first label of a control."""
    name = control.to_name[0]
    tag = config.objects[name].tag
    group = editor.page.get_by_role("group", name=control.name).filter(has=editor.page.locator(".pe-label")).first
    group.locator(".pe-label").first.click()
    if tag == "Text":
        editor.drag_text(editor.page.get_by_test_id(f"text-{name}"), 0, 5)
    elif tag == "HyperText":
        editor.take_word(editor.page.locator("iframe, [data-testid^=html-]").first)
    elif tag == "Paragraphs":
        editor.drag_text(editor.page.locator(".pe-phrase__text").first, 0, 4)
    else:
        shape(editor, config, control, name, 0.1 + 0.25 * at)


def shape(editor: EditorPage, config: LabelConfig, control: Control, name: str, left: float) -> None:
    """Draw what the control, or the first tool of its picture, draws."""
    if "Polygon" in control.tag:
        for x, y in [(0, 0), (0.15, 0), (0.15, 0.2), (0, 0)]:
            editor.click_at(name, left + x, 0.2 + y)
    elif "KeyPoint" in control.tag:
        editor.click_at(name, left, 0.3)
    else:
        if control.tag == "Labels":
            assert any(other.tag == "Rectangle" for other in config.controls.values())
            editor.page.keyboard.press("r")
        editor.drag(name, (left, 0.2), (left + 0.18, 0.45))


def answer(editor: EditorPage, control: Control) -> dict[str, Any] | None:
    """Answer a control that asks about its object or the selected region; returns the expected value."""
    page = editor.page
    group = page.get_by_role("group", name=control.name, exact=True)
    if control.tag == "Choices":
        group.locator("input").first.click()
        return None
    if control.tag == "TextArea":
        box = page.locator(f'[name="{control.name}"]').first
        box.fill(ANSWER)
        box.press("Shift+Enter" if int(control.node.attrs.get("rows", "1")) > 1 else "Enter")
        return {"text": [ANSWER]}
    if control.tag == "Rating":
        page.get_by_role("radiogroup", name=control.name).locator("input").nth(2).click(force=True)
        return {"rating": 3}
    if control.tag == "Pairwise":
        page.locator(".pe-pair__button").first.click()
        return {"selected": "left"}
    if control.tag == "Taxonomy":
        box = page.locator(f'input[name="{control.name}"]')
        box.focus()
        for key in ("ArrowRight", "ArrowDown", "Enter", "Escape"):
            box.press(key)
        return None
    assert control.tag == "Ranker", f"nobody knows how to answer {control.tag}"
    return None


def label_all(editor: EditorPage, config: LabelConfig, data: dict[str, Any]) -> dict[str, Any]:
    """Answer every control; returns the values that must be saved, by control, where the answer says them."""
    drawn = [control for control in config.controls.values() if control.is_region]
    asked = [control for control in config.controls.values() if not control.is_region]
    expected: dict[str, Any] = {}
    labelers = [control for control in drawn if control.labels or control.is_dynamic]
    for at, control in enumerate(labelers):
        draw(editor, config, control, data, at)
        expect(editor.page.get_by_role("treeitem")).to_have_count(at + 1)
    for control in asked:
        if control.is_per_region:
            row = editor.page.get_by_role("treeitem").first
            if row.get_attribute("aria-selected") != "true":
                row.click()
        expected[control.name] = answer(editor, control)
    return expected


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_opens_and_labels(one_editor: EditorPage, name: str) -> None:
    editor = one_editor
    template = TEMPLATES[name]
    config, data = parse_config(template.config), template.sample_data[0]
    editor.show(template.config, data)
    missing = {item.tag for item in config.objects.values()} & WITHOUT_A_VIEW
    notices = editor.page.locator(".pe-notice, .pe-problem")
    if missing:
        assert notices.count() > 0
        return
    expect(notices).to_have_count(0)
    expected = label_all(editor, config, data)
    saved = {item["from_name"]: item for item in editor.submit() if "from_name" in item}
    alternatives = {"Polygon"} if name == "optical-character-recognition" else set()
    wanted = {control.name for control in config.controls.values() if control.tag not in alternatives}
    assert set(saved) == wanted
    for control in config.controls.values():
        if control.name not in saved:
            continue
        value = saved[control.name]["value"]
        if control.is_region and control.tag not in {"Rectangle", "Polygon"}:
            key = "labels" if control.tag == "Labels" else control.tag.lower()
            word = first_word(control, data)
            assert [control.labels.get(one, {}).get("value", one) for one in value[key]] == [word]
            assert len(value) > 1
        elif expected.get(control.name) is not None:
            assert {key: value[key] for key in expected[control.name]} == expected[control.name]
        elif control.tag in {"Choices", "Taxonomy"}:
            assert len(value[control.type]) == 1
        if "text" in value and isinstance(value["text"], str):
            assert re.fullmatch(r"\S.{2,40}", value["text"])
