"""Measure scrolling the task table in Chromium: frames a second, and how long rows in sight wait for their data.

python bench/table.py                        100 000 tasks on SQLite
python bench/table.py --tasks 1000000
python bench/table.py --keep FOLDER          a database that bench/data_manager.py filled and kept
python bench/table.py --save NAME            also write bench/baselines/NAME.json

Beside it the same wheel turns over a bare list without any content: what the browser itself can do here.
"""

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools"), str(ROOT / "bench")]

from data_manager import filled  # noqa: E402 -- the path is set above
from playwright.sync_api import CDPSession, Page, sync_playwright  # noqa: E402
from tests.faults.server import Server, environment_for  # noqa: E402

from system_deps import find  # noqa: E402

LEAST_FPS, MOST_WAIT_MS = 50.0, 150.0
JUMPS = 25
OWNER = ("bench@example.com", "correct horse 9")
# Turns the wheel by `step` pixels a frame for `ms`, and notes each frame's length.
TURN = """([selector, step, ms]) => new Promise((done) => {
  const box = document.querySelector(selector)
  const frames = []
  const began = performance.now()
  let last = began
  const frame = (now) => {
    frames.push(now - last)
    last = now
    box.scrollTop += step
    if (now - began < ms) requestAnimationFrame(frame)
    else done(frames.slice(1))
  }
  requestAnimationFrame(frame)
})"""
# Jumps to a place, and waits until every row in sight has its content.
JUMP = """(share) => new Promise((done) => {
  const box = document.querySelector('[role=grid]')
  box.scrollTop = share * (box.scrollHeight - box.clientHeight)
  const began = performance.now()
  const look = () => {
    const rows = [...box.querySelectorAll('[role=row][aria-rowindex]')].slice(1)
    const isThere = rows.length > 5 && rows.every((row) => row.querySelector('input[type=checkbox]'))
    if (isThere || performance.now() - began > 20000) done(performance.now() - began)
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(() => requestAnimationFrame(look))
})"""
BARE = """(rows) => {
  const body = `<div style="height:${rows * 40}px"></div>`
  document.body.innerHTML = `<div id="bare" style="height:800px;overflow:auto">${body}</div>`
}"""


def busy_ms(session: CDPSession) -> float:
    """Return how long the page's main thread has computed, whatever else the machine does."""
    told = session.send("Performance.getMetrics")["metrics"]
    return float({entry["name"]: entry["value"] for entry in told}["TaskDuration"]) * 1000


def rate(page: Page, selector: str, step: int) -> dict[str, float]:
    """Scroll for three seconds; return frames a second, the slowest twentieth of frames, and the work in each."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = busy_ms(session)
    frames: list[float] = page.evaluate(TURN, [selector, step, 3000])
    work = (busy_ms(session) - before) / len(frames)
    slow = sorted(frames)[int(len(frames) * 0.95)]
    fps = round(1000 / statistics.mean(frames), 1)
    return {"fps": fps, "p95_frame_ms": round(slow, 1), "work_ms": round(work, 1)}


def measure(page: Page, url: str, project: int, tasks: int) -> dict[str, Any]:
    """Return what scrolling slowly, quickly and by jumps feels like."""
    page.goto(f"{url}/user/login/")
    page.get_by_label("E-mail").fill(OWNER[0])
    page.locator("input[type=password]").fill(OWNER[1])
    page.keyboard.press("Enter")
    page.wait_for_url("**/projects/")
    page.goto(f"{url}/projects/{project}/data/")
    page.get_by_role("row").nth(5).wait_for()
    page.wait_for_load_state("networkidle")
    page.evaluate(JUMP, 0.5)
    figures: dict[str, Any] = {
        "slow": rate(page, "[role=grid]", 12),
        "quick": rate(page, "[role=grid]", 120),
    }
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/tasks/?" in request.url else None)
    waits = [float(page.evaluate(JUMP, (at * 37 % 97) / 97)) for at in range(1, JUMPS + 1)]
    figures["data_ms"] = {
        "p50": round(statistics.median(waits), 1),
        "p95": round(sorted(waits)[int(JUMPS * 0.95)], 1),
    }
    figures["requests_per_jump"] = round(len(asked) / JUMPS, 2)
    page.evaluate(BARE, min(tasks, 250_000))
    figures["bare"] = rate(page, "#bare", 120)
    return figures


def main() -> int:
    """Fill, measure, print, perhaps save; fails below the budget."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=100_000)
    parser.add_argument("--keep", default="")
    parser.add_argument("--save", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="postil-bench-") as name, sync_playwright() as playwright:
        variables = environment_for(Path(asked.keep or name).absolute())
        note = Path(asked.keep or name) / "bench.json"
        server = Server(variables)
        if note.exists():
            project, tasks = (json.loads(note.read_text())[key] for key in ("project", "tasks"))
        else:
            tasks = asked.tasks
            project, _ = filled(server, variables, tasks)
        with server.running():
            browser = playwright.chromium.launch(executable_path=find("chromium"), args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            figures = {"tasks": tasks, **measure(page, server.url, project, tasks)}
            browser.close()
    print(json.dumps(figures, indent=2))
    if asked.save:
        (ROOT / "bench" / "baselines" / f"{asked.save}.json").write_text(json.dumps(figures, indent=2) + "\n")
    is_smooth = min(figures["slow"]["fps"], figures["quick"]["fps"]) >= LEAST_FPS
    return 0 if is_smooth and figures["data_ms"]["p95"] <= MOST_WAIT_MS else 1


if __name__ == "__main__":
    sys.exit(main())
