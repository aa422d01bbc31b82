"""The label page stays light: what it fetches before a task is shown, as the server packs it."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import Studio

pytestmark = pytest.mark.e2e
APP = Path(__file__).resolve().parents[2] / "src/postil/web/static/app"
MOST_KB = 350
CONFIG = '<View><Text name="t" value="$text"/><Choices name="mood" toName="t"><Choice value="Good"/></Choices></View>'


def packed_size(name: str) -> int:
    """Return the size of a built file as it is sent: packed, where it gains from that."""
    packed = APP / f"{name}.br"
    return (packed if packed.exists() else APP / name).stat().st_size


def test_the_label_page_loads_only_what_the_config_names(studio: Studio) -> None:
    studio.become_owner()
    page = studio.page
    [cookie] = [item for item in page.context.cookies() if item.get("name") == "csrftoken"]
    headers = {"X-CSRFToken": str(cookie.get("value")), "Referer": studio.server.url}
    made = page.request.post(
        f"{studio.server.url}/api/projects/", headers=headers, data={"title": "Light", "label_config": CONFIG}
    ).json()
    address = f"{studio.server.url}/api/projects/{made['id']}/import"
    page.request.post(address, headers=headers, data=[{"text": "Alice met Bob"}])
    page.goto("about:blank")
    fetched: list[str] = []
    hosts: set[str] = set()
    base = f"{studio.server.url}/static/app/"
    page.on("request", lambda request: fetched.append(request.url) if request.url.startswith(base) else None)
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]) if "://" in request.url else None)
    studio.label_all(made["id"])
    expect(page.get_by_text("Alice met Bob")).to_be_visible()
    # No other host learns that somebody opened a task.
    assert hosts == {studio.server.url.removeprefix("http://")}
    names = {url.removeprefix(base).split("?")[0] for url in fetched}
    code = {name for name in names if name.endswith((".js", ".css"))}
    manifest: Any = json.loads((APP / ".vite/manifest.json").read_text())
    chunk = {source: entry["file"] for source, entry in manifest.items()}
    tags = {name for source, name in chunk.items() if source.startswith("src/editor/tags/")}
    named = {chunk["src/editor/tags/text/TextTag.tsx"], chunk["src/editor/tags/choices/parts.ts"]}
    assert code & tags == named
    assert sum(packed_size(name) for name in code) <= MOST_KB * 1024
