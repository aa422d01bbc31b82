"""The editor in its pages: nothing is lost, tasks follow each other, annotations are compared, all by keyboard."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Request, expect

from tests.e2e.pages import Studio

pytestmark = pytest.mark.e2e
CONFIG = (
    '<View><Relations><Relation value="knows"/></Relations>'
    '<Labels name="ner" toName="text"><Label value="Person"/><Label value="Place"/></Labels>'
    '<Text name="text" value="$text"/>'
    '<Choices name="mood" toName="text" required="true"><Choice value="Good"/><Choice value="Bad"/></Choices></View>'
)
TEXTS = ["Alice met Bob in Paris.", "Carol stayed in Rome.", "Nobody came."]
SECONDS = 20_000


def token(studio: Studio) -> dict[str, str]:
    """Return the header of a page's request that changes something."""
    [cookie] = [item for item in studio.page.context.cookies() if item["name"] == "csrftoken"]  # type: ignore[typeddict-item]
    return {"X-CSRFToken": cookie["value"], "Referer": studio.server.url}  # type: ignore[typeddict-item]


def send(studio: Studio, method: str, path: str, body: Any) -> Any:
    """Ask the API with the session of the page."""
    headers = token(studio) | {"Content-Type": "application/json"}
    answer = studio.page.request.fetch(studio.server.url + path, method=method, headers=headers, data=body)
    assert answer.ok, answer.text()
    return answer.json()


@pytest.fixture
def project(studio: Studio) -> int:
    """A project with three texts."""
    studio.become_owner()
    headers = token(studio) | {"Content-Type": "application/json"}
    made = studio.page.request.post(
        f"{studio.server.url}/api/projects/", headers=headers, data={"title": "Names", "label_config": CONFIG}
    ).json()
    studio.page.request.post(
        f"{studio.server.url}/api/projects/{made['id']}/import",
        headers=headers,
        data=[{"text": text} for text in TEXTS],
    )
    return int(made["id"])


def test_work_of_a_killed_tab_without_a_network_comes_back(studio: Studio, project: int) -> None:
    studio.label_all(project)
    page = studio.page
    expect(page.get_by_text(TEXTS[0])).to_be_visible()
    page.route("**/drafts*", lambda route: route.abort())
    page.get_by_role("checkbox", name="Good").check()
    expect(page.get_by_text("Offline – 1 change kept on this device")).to_be_visible(timeout=SECONDS)
    # The page is left without a chance to send anything.
    page.goto("about:blank")
    page.unroute("**/drafts*")
    studio.label_all(project)
    expect(page.get_by_text(TEXTS[0])).to_be_visible()
    expect(page.get_by_role("checkbox", name="Good")).to_be_checked()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(TEXTS[1])).to_be_visible()
    [task, *_] = studio.api(f"/api/tasks/?project={project}&fields=all")["tasks"]
    assert [item["value"] for item in task["annotations"][0]["result"]] == [{"choices": ["Good"]}]


def is_change(request: Request, annotation: int) -> bool:
    return request.method == "PATCH" and request.url.rstrip("/").endswith(f"/api/annotations/{annotation}")


def test_two_people_on_one_annotation_both_keep_their_work(studio: Studio, project: int) -> None:
    task = studio.api(f"/api/tasks/?project={project}")["tasks"][0]["id"]
    choice = {"id": "c", "from_name": "mood", "to_name": "text", "type": "choices"}
    made = send(
        studio, "POST", f"/api/tasks/{task}/annotations/", {"result": [{**choice, "value": {"choices": ["Good"]}}]}
    )
    page = studio.page
    studio.open(f"/projects/{project}/data/?task={task}&annotation={made['id']}")
    expect(page.get_by_role("checkbox", name="Good")).to_be_checked()
    theirs = [{**choice, "value": {"choices": ["Good"]}, "meta": {"text": ["sure"]}}]
    send(studio, "PATCH", f"/api/annotations/{made['id']}/", {"result": theirs})
    page.get_by_role("checkbox", name="Bad").check()
    page.get_by_role("button", name="Update").click()
    expect(page.get_by_role("dialog", name="Changed by somebody else")).to_be_visible()
    page.get_by_role("button", name="Look at both").click()
    region = page.get_by_role("region", name="Compare all")
    expect(region.get_by_text("other answers: mood")).to_be_visible()
    page.get_by_role("button", name="Decide").click()
    with page.expect_response(lambda answer: is_change(answer.request, made["id"])):
        page.get_by_role("button", name="Keep mine").click()
    expect(page.get_by_role("button", name="Update")).to_be_disabled()
    stored = studio.api(f"/api/annotations/{made['id']}/")
    assert [item["value"] for item in stored["result"]] == [{"choices": ["Bad"]}]
    versions = studio.api(f"/api/annotations/{made['id']}/versions/")
    assert len(versions) == 3


def test_the_next_task_is_there_before_it_is_asked_for(studio: Studio, project: int) -> None:
    page = studio.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url.removeprefix(studio.server.url)}"))
    with page.expect_response(lambda answer: "/next/?after=" in answer.url):
        studio.label_all(project)
    expect(page.get_by_text(TEXTS[0])).to_be_visible()
    asked.clear()
    page.keyboard.press("3")
    with page.expect_response(lambda answer: "/next/?after=" in answer.url):
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text(TEXTS[1])).to_be_visible()
    assert [call for call in asked if call.endswith("/next/")] == []


def test_a_task_put_off_comes_back_last(studio: Studio, project: int) -> None:
    page = studio.page
    studio.label_all(project)
    expect(page.get_by_text(TEXTS[0])).to_be_visible()
    page.get_by_role("button", name="Next task").click()
    for text in TEXTS[1:]:
        expect(page.get_by_text(text)).to_be_visible()
        page.keyboard.press("4")
        page.keyboard.press("Control+Enter")
    expect(page.get_by_text(TEXTS[0])).to_be_visible()
    drafts = studio.api(f"/api/tasks/?project={project}&fields=all")["tasks"][0]["drafts"]
    assert [draft["was_postponed"] for draft in drafts] == [True]


def test_the_editor_is_accessible_in_every_state(studio: Studio, project: int) -> None:
    task = studio.api(f"/api/tasks/?project={project}")["tasks"][0]["id"]
    span = {"from_name": "ner", "to_name": "text", "type": "labels", "origin": "manual"}
    people = [
        span | {"id": "a", "value": {"start": 0, "end": 5, "text": "Alice", "labels": ["Person"]}},
        span | {"id": "b", "value": {"start": 10, "end": 13, "text": "Bob", "labels": ["Person"]}, "parentID": "a"},
        {"type": "relation", "from_id": "a", "to_id": "b", "direction": "right", "labels": ["knows"]},
    ]
    for result in (people, people[:1]):
        send(studio, "POST", f"/api/tasks/{task}/annotations/", {"result": result})
    page = studio.page
    studio.open(f"/projects/{project}/data/?task={task}")
    page.get_by_role("treeitem").first.click()
    problems = {"region": studio.accessibility_problems()}
    for tab in ("Links", "History"):
        page.get_by_role("tab", name=tab).click()
        problems[tab] = studio.accessibility_problems()
    for button in ("Settings", "Show hotkeys", "All commands"):
        page.get_by_role("button", name=button).click()
        page.get_by_role("dialog").wait_for()
        problems[button] = studio.accessibility_problems()
        page.keyboard.press("Escape")
    page.get_by_role("button", name="Compare all").click()
    page.get_by_role("region", name="Compare all").wait_for()
    problems["compare"] = studio.accessibility_problems()
    assert {state: found for state, found in problems.items() if found} == {}


def test_a_label_config_is_made_from_lists(studio: Studio, tmp_path: Path) -> None:
    studio.become_owner()
    page = studio.page
    studio.open("/projects/new/")
    page.get_by_label("Name").fill("Animals")
    page.get_by_role("button", name="Object Detection with Bounding Boxes", exact=True).click()
    page.get_by_role("button", name="Paste a list").click()
    page.get_by_role("textbox", name="Words, one a line").fill("Cat; #aa0000; c\nDog")
    page.get_by_role("button", name="Add", exact=True).click()
    preview = page.get_by_role("region", name="Preview")
    expect(preview.get_by_role("button", name="Cat")).to_be_visible()
    expect(preview.get_by_role("button", name="Dog")).to_be_visible()
    page.get_by_role("checkbox", name="sample tasks").uncheck()
    page.get_by_role("button", name="Create project").click()
    page.wait_for_url("**/import/")
    [made] = studio.api("/api/projects/")["results"]
    assert '<Label value="Cat" background="#aa0000" hotkey="c"/>' in made["label_config"]
    assert set(made["parsed_label_config"]["box"]["labels"]) >= {"Cat", "Dog"}
