"""A real model server is asked while somebody draws on a picture: suggestions, accepting, rejecting, and failures."""

import re
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from werkzeug.serving import make_server

from postil_ml import Model, Prediction, find_control
from postil_ml.results import result
from postil_ml.server import create_app
from tests.e2e.pages import Studio
from tests.faults.server import Server, prepared_environment_for

pytestmark = pytest.mark.e2e
CONFIG = """<View>
  <RectangleLabels name="box" toName="image"><Label value="Car"/></RectangleLabels>
  <PolygonLabels name="area" toName="image"><Label value="Lake"/></PolygonLabels>
  <KeyPointLabels name="point" toName="image"><Label value="Wheel"/></KeyPointLabels>
  <BrushLabels name="mask" toName="image"><Label value="Sky"/></BrushLabels>
  <Image name="image" value="$image"/>
</View>"""
PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='800' height='400'%3E"
    "%3Crect width='800' height='400' fill='%23cde'/%3E%3C/svg%3E"
)
ASKED: list[list[dict[str, Any]]] = []


class Answering(Model):
    """Answers every question by two boxes on the left, or fails if it is about the far right; predicts nothing else."""

    def predict(self, tasks: Sequence[Any], context: dict[str, Any] | None) -> Sequence[Prediction]:
        if context is None:
            return [Prediction([], score=0) for _ in tasks]
        asked = context.get("result", [])
        ASKED.append(asked)
        if any(item["value"].get("x", 0) > 80 for item in asked):
            raise ValueError("out of sight")
        control = find_control(self.label_config, "RectangleLabels")
        size = {"y": 10, "width": 10, "height": 20, "rotation": 0, "rectanglelabels": ["Car"]}
        made = [result(control, {"x": x, **size}, score=0.8) for x in (5, 25)]
        return [Prediction(made, score=0.8) for _ in tasks]


@pytest.fixture
def model(tmp_path: Path) -> Iterator[str]:
    """The address of a model server in this process."""
    ASKED.clear()
    server = make_server("127.0.0.1", 0, create_app(Answering, tmp_path / "model"), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server that may reach model servers on this machine."""
    made = Server({**prepared_environment_for(tmp_path / "data"), "POSTIL_ALLOWED_PRIVATE_HOSTS": "127.0.0.1"})
    with made.running():
        yield made


def send(studio: Studio, path: str, body: Any) -> Any:
    """Write with the session of the page."""
    cookies = {cookie.get("name"): cookie.get("value") for cookie in studio.page.context.cookies()}
    headers = {"X-CSRFToken": str(cookies["csrftoken"]), "Origin": studio.server.url}
    answer = studio.page.request.post(studio.server.url + path, data=body, headers=headers)
    assert answer.ok, answer.text()
    return answer.json()


class Canvas:
    """The picture of the open task; places are parts of its size."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.element = page.get_by_role("application")
        expect(self.element).to_be_visible()

    def place(self, x: float, y: float) -> tuple[float, float]:
        frame = self.element.bounding_box()
        assert frame is not None
        return frame["x"] + frame["width"] * x, frame["y"] + frame["height"] * y

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        mouse = self.page.mouse
        mouse.move(*self.place(*start))
        mouse.down()
        mouse.move(*self.place((start[0] + end[0]) / 2, (start[1] + end[1]) / 2))
        mouse.move(*self.place(*end))
        mouse.up()

    def click(self, x: float, y: float, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.down(key)
        self.page.mouse.click(*self.place(x, y))
        for key in keys:
            self.page.keyboard.up(key)

    def choose(self, tool: str, label: str) -> None:
        self.page.get_by_role("button", name=tool).click()
        self.page.get_by_role("group", name="Labels").get_by_text(label, exact=True).click()

    def suggestions(self) -> Locator:
        return self.page.get_by_role("group", name=re.compile(r"^Suggestion \d"))

    def regions(self) -> Locator:
        return self.page.get_by_role("treeitem")


@pytest.fixture
def canvas(studio: Studio, model: str) -> Canvas:
    """The only task of a project with an interactive model, opened with auto-annotation on."""
    studio.become_owner()
    project = send(studio, "/api/projects/", {"title": "Pictures", "label_config": CONFIG})["id"]
    send(studio, f"/api/projects/{project}/import", [{"image": PICTURE}])
    send(studio, "/api/ml/", {"url": model, "project": project, "title": "Boxes", "is_interactive": True})
    studio.open(f"/projects/{project}/data/?labeling=1")
    canvas = Canvas(studio.page)
    studio.page.get_by_role("checkbox", name=re.compile("^Auto-annotation")).check()
    ASKED.clear()
    return canvas


def test_suggestions_are_accepted_and_rejected_one_by_one_and_come_into_the_annotation(
    canvas: Canvas, studio: Studio
) -> None:
    page = canvas.page
    canvas.choose("Show the model a rectangle", "Car")
    canvas.drag((0.5, 0.5), (0.7, 0.8))
    expect(canvas.suggestions()).to_have_count(2)
    [[asked]] = ASKED
    assert (asked["type"], asked["value"]["rectanglelabels"]) == ("rectanglelabels", ["Car"])
    assert (round(asked["value"]["x"]), round(asked["value"]["width"])) == (50, 20)
    expect(canvas.regions()).to_have_count(0)
    canvas.suggestions().first.get_by_role("button", name="Reject").click()
    expect(canvas.suggestions()).to_have_count(1)
    canvas.suggestions().first.get_by_role("button", name="Accept").click()
    expect(canvas.regions()).to_have_count(1)
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_text(re.compile("no more tasks|nothing left|all done", re.I)).first).to_be_visible()
    [annotation] = studio.api("/api/tasks/1/annotations/")
    [kept] = annotation["result"]
    assert (kept["value"]["x"], kept["origin"], kept["score"]) == (25, "prediction", 0.8)


def test_keys_ask_accept_and_reject_all_and_take_prompts_back(canvas: Canvas) -> None:
    page = canvas.page
    canvas.choose("Show the model a point", "Wheel")
    asking = "**/interactive-annotating/"
    with page.expect_response(asking):
        canvas.click(0.5, 0.5)
    with page.expect_response(asking):
        canvas.click(0.6, 0.5, "Alt")
    assert [[item["is_positive"] for item in asked] for asked in ASKED] == [[True], [True, False]]
    with page.expect_response(asking):
        page.keyboard.press("Escape")
    expect(canvas.suggestions()).to_have_count(2)
    assert [[item["is_positive"] for item in asked] for asked in ASKED[2:]] == [[True]]
    page.keyboard.press("Alt+y")
    expect(canvas.regions()).to_have_count(2)
    page.keyboard.press("Control+z")
    expect(canvas.regions()).to_have_count(0)
    canvas.click(0.4, 0.5)
    expect(canvas.suggestions()).to_have_count(2)
    page.keyboard.press("Alt+n")
    expect(canvas.suggestions()).to_have_count(0)
    expect(canvas.regions()).to_have_count(0)


def test_polygons_ask_when_they_are_closed_and_strokes_when_the_brush_rests(canvas: Canvas) -> None:
    canvas.choose("Show the model a polygon", "Lake")
    for place in ((0.4, 0.4), (0.6, 0.4), (0.6, 0.7)):
        canvas.click(*place)
    assert ASKED == []
    canvas.click(0.4, 0.4)
    expect(canvas.suggestions()).to_have_count(2)
    [[asked]] = ASKED
    assert (asked["type"], len(asked["value"]["points"])) == ("polygonlabels", 3)
    canvas.page.get_by_role("button", name="Reject all").click()
    canvas.choose("Show the model a stroke", "Sky")
    canvas.drag((0.4, 0.3), (0.6, 0.3))
    canvas.drag((0.4, 0.6), (0.6, 0.6))
    assert len(ASKED) == 1
    expect(canvas.suggestions()).to_have_count(2)
    [painted] = ASKED[1]
    assert (len(ASKED), painted["type"], painted["value"]["format"]) == (2, "brushlabels", "rle")


def test_a_failure_is_shown_with_its_reason_and_can_be_tried_again(canvas: Canvas) -> None:
    page = canvas.page
    canvas.choose("Show the model a rectangle", "Car")
    canvas.drag((0.85, 0.5), (0.95, 0.8))
    said = page.get_by_role("status").filter(has_text="answered 500")
    expect(said).to_be_visible()
    with page.expect_response("**/interactive-annotating/"):
        said.get_by_role("button", name="Ask again").click()
    expect(said).to_be_visible()
    assert [[round(item["value"]["x"]) for item in asked] for asked in ASKED] == [[85], [85]]
    page.keyboard.press("Escape")
    expect(said).to_be_hidden()
    canvas.drag((0.5, 0.5), (0.6, 0.8))
    expect(canvas.suggestions()).to_have_count(2)
